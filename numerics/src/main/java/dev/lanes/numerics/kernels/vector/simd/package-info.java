/** What every vector kernel shares: the width of the vectors, and what ends a product or convolution. */
package dev.lanes.numerics.kernels.vector.simd;
