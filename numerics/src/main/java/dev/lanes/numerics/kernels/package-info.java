/** The operations as kernels see them, and the table that chooses among those. */
package dev.lanes.numerics.kernels;
