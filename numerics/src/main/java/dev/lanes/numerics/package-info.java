/** Tensors and the checked engine, in groups of operations; the first of the three rings. */
package dev.lanes.numerics;
