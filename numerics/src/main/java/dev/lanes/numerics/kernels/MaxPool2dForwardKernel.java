package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.Pool2dGeometry;

/** Maximum over a sliding window; padding takes no part. */
public interface MaxPool2dForwardKernel extends Kernel<Pool2dGeometry> {
    /**
     * Writes each window's maximum, and which tap it was.
     *
     * @param switches receives {@code kh * kW + kw} of the maximum's tap for every output element from index 0 on, the
     *     first tap on a tie, a NaN before any number; or null where nobody asks
     */
    void run(Pool2dGeometry g, float[] x, int xOffset, float[] y, int yOffset, int[] switches, Workspace workspace);
}
