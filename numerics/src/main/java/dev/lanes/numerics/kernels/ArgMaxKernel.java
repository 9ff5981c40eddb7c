package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.AxisGeometry;

/** Where along an axis the maximum stands. */
public interface ArgMaxKernel extends Kernel<AxisGeometry> {
    /**
     * Writes, for each stretch along the axis, the position of its first maximum, or of its first NaN if there is one.
     *
     * @param y receives {@code outer * inner} positions from index 0 on
     */
    void run(AxisGeometry g, float[] x, int xOffset, int[] y, Workspace workspace);
}
