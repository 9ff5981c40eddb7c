/** What families of vector kernels share: the width of the vectors, sums over a fixed tree, and what ends a product or convolution. */
package dev.lanes.numerics.kernels.vector.simd;
