package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.RowsGeometry;

/**
 * {@code y[i] = keep(seed, i) ? x[i] * scale : 0}, where keep is a fixed function of a seed and the place alone, so that
 * nothing need be remembered to do the same again.
 *
 * <p>An element is kept if the upper 24 bits of {@link #hash} are not below the threshold.
 */
public interface DropoutKernel extends Kernel<RowsGeometry> {
    /** The first factor of {@link #hash}. */
    int FIRST = 0x21f0aaad;
    /** The second factor of {@link #hash}. */
    int SECOND = 0x735a2d97;
    /** How far {@link #hash} is shifted for the comparison with the threshold. */
    int SHIFT = 8;

    /**
     * Overwrites y, which may be x.
     *
     * @param threshold how many of the 2^24 outcomes drop an element
     */
    void run(
            RowsGeometry g,
            float[] x,
            int xOffset,
            long seed,
            int threshold,
            float scale,
            float[] y,
            int yOffset,
            Workspace workspace);

    /** Returns 32 bits that look random, of a seed and a place: a permutation of the place, twice, with both halves. */
    static int hash(long seed, int place) {
        return mix(mix(place + (int) seed) ^ (int) (seed >>> 32));
    }

    /** Returns a permutation of all integers whose every output bit depends on every input bit (C. Wellons, 2018). */
    private static int mix(int value) {
        int h = value;
        h = (h ^ (h >>> 16)) * FIRST;
        h = (h ^ (h >>> 15)) * SECOND;
        return h ^ (h >>> 15);
    }
}
