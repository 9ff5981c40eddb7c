package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.RowsGeometry;

/** {@code y = fma(alpha, x, beta * y)}, element by element; with beta 0 what stood in y is not read. */
public interface AxpbyKernel extends Kernel<RowsGeometry> {
    /** Updates y. */
    void run(
            RowsGeometry g,
            float alpha,
            float[] x,
            int xOffset,
            float beta,
            float[] y,
            int yOffset,
            Workspace workspace);
}
