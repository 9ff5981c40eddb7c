package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.CopyGeometry;

/** Copies stretches from one regular distance to another, which is what concatenating and cutting come to. */
public interface CopyKernel extends Kernel<CopyGeometry> {
    /** Overwrites the stretches of y and nothing between them; y does not overlap x. */
    void run(CopyGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace);
}
