package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.RowsGeometry;

/** {@code y = fma(a, b, c)}, element by element, or with rows for b and c; y may be any operand of full size. */
public interface TernaryKernel extends Kernel<RowsGeometry> {
    /** Overwrites y. */
    void run(
            RowsGeometry g,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            float[] c,
            int cOffset,
            float[] y,
            int yOffset,
            Workspace workspace);
}
