package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.CopyGeometry;
import dev.lanes.numerics.kernels.CopyKernel;
import dev.lanes.numerics.kernels.Workspace;

/** Copies value by value. */
final class ReferenceCopy implements CopyKernel {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void run(CopyGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace) {
        for (int r = 0; r < g.rows(); r++) {
            for (int c = 0; c < g.columns(); c++) {
                y[yOffset + r * g.toStride() + c] = x[xOffset + r * g.fromStride() + c];
            }
        }
    }
}
