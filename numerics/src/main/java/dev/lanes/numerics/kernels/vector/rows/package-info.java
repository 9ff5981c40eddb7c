/** Reductions, softmax, normalisation and what else goes along rows or columns. */
package dev.lanes.numerics.kernels.vector.rows;
