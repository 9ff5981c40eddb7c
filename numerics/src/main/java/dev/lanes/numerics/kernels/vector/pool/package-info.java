/** Maximum and average pooling. */
package dev.lanes.numerics.kernels.vector.pool;
