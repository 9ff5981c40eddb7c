/** The vector backend: what it needs, and which kernels it puts into the table; a package for each family of them. */
package dev.lanes.numerics.kernels.vector;
