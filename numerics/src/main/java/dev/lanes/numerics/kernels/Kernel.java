package dev.lanes.numerics.kernels;

/**
 * One algorithm for one operation: the inner ring of the library.
 *
 * <p>Kernels trust their arguments (the facade has checked them; they only {@code assert}), allocate nothing, choose
 * nothing, and keep no state between calls, so one instance serves every thread. They work on {@code float[]} with
 * offsets and know no tensor. Work is split by tile, never by thread count, so that the bits do not depend on it.
 *
 * @param <G> the geometry that describes a problem of this operation
 */
public interface Kernel<G> {
    /** Returns the name of the algorithm, unique within its {@link Slot}: {@code reference}, {@code blocked}. */
    String name();

    /** Tells whether this algorithm can do the problem; the first in the table that can is used. */
    default boolean supports(G geometry) {
        return true;
    }
}
