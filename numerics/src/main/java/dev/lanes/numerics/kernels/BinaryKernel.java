package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.RowsGeometry;

/** A function of two arrays, element by element, or of an array and one row; y may be a, or a full-size b. */
public interface BinaryKernel extends Kernel<RowsGeometry> {
    /** Overwrites y. */
    void run(
            RowsGeometry g,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            float[] y,
            int yOffset,
            Workspace workspace);
}
