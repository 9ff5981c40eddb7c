/** Matrix products, and the tiles and panels that convolutions use as well. */
package dev.lanes.numerics.kernels.vector.gemm;
