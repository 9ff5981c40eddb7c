package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.AxisGeometry;

/** One number for each stretch along an axis: {@code y[o, i] = f(x[o, 0, i], x[o, 1, i], ...)}. */
public interface ReduceKernel extends Kernel<AxisGeometry> {
    /** Overwrites y, which must not overlap x. */
    void run(AxisGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace);
}
