/** Convolutions and their gradients. */
package dev.lanes.numerics.kernels.vector.conv;
