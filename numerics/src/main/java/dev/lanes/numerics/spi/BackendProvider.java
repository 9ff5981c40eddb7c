package dev.lanes.numerics.spi;

import dev.lanes.numerics.kernels.KernelTable;

/**
 * A supplier of kernels, found by {@link java.util.ServiceLoader}.
 *
 * <p>A backend is a kernel table that begins as another backend's, and has slots overwritten by what it is better at:
 * {@code vector} begins as {@code reference}, {@code openblas} begins as {@code vector} and overwrites the matrix
 * product alone.
 */
public interface BackendProvider {
    /** Returns the name that users ask for: lower case, unique. */
    String name();

    /** Returns the name of the backend whose table this one begins with; where that is unusable, the reference. */
    String base();

    /** Tells whether the backend can be used here; cheap, never throws, and the same answer each time. */
    Probe probe();

    /** Adds this backend's kernels to the table of one engine; called only where the probe said usable. */
    Installed install(KernelTable.Builder table, int threads);

    /**
     * What an engine keeps of an installed backend.
     *
     * @param vectorBits the width of its vectors in bits; 0 where it has none of its own
     * @param deterministic whether its results have the same bits for every thread count and vector width
     * @param release frees what was taken; called once, when the engine is closed
     */
    record Installed(int vectorBits, boolean deterministic, Runnable release) {}
}
