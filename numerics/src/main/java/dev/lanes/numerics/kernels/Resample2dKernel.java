package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.Resample2dGeometry;

/** A linear map of images along both axes; {@link Resample2dGeometry} has the formula. */
public interface Resample2dKernel extends Kernel<Resample2dGeometry> {
    /** Overwrites y, which does not overlap x. */
    void run(Resample2dGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace);
}
