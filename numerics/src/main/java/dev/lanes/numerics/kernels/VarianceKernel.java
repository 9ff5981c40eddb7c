package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.AxisGeometry;

/** {@code variance[o, i] = sum over l of (x[o, l, i] - mean[o, i])^2 / length}. */
public interface VarianceKernel extends Kernel<AxisGeometry> {
    /** Overwrites the variance, which must not overlap x or the mean. */
    void run(
            AxisGeometry g,
            float[] x,
            int xOffset,
            float[] mean,
            int meanOffset,
            float[] variance,
            int varianceOffset,
            Workspace workspace);
}
