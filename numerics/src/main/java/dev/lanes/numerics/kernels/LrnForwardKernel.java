package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.LrnGeometry;

/** Local response normalisation; {@link LrnGeometry} has the formula. */
public interface LrnForwardKernel extends Kernel<LrnGeometry> {
    /** Overwrites y, which may be x. */
    void run(LrnGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace);
}
