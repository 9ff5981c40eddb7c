/** Functions of single elements, sums of tensors, the steps of optimisers, and the loops that are made of them. */
package dev.lanes.numerics.kernels.vector.elementwise;
