package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.RowsGeometry;

/** A function of one array, element by element; y may be x. */
public interface UnaryKernel extends Kernel<RowsGeometry> {
    /** Overwrites y. */
    void run(RowsGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace);
}
