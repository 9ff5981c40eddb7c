package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.DropoutKernel;
import dev.lanes.numerics.kernels.Workspace;

/** Dropout, element by element. */
final class ReferenceDropout implements DropoutKernel {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void run(
            RowsGeometry g,
            float[] x,
            int xOffset,
            long seed,
            int threshold,
            float scale,
            float[] y,
            int yOffset,
            Workspace workspace) {
        for (int i = 0; i < g.elements(); i++) {
            boolean keep = DropoutKernel.hash(seed, i) >>> SHIFT >= threshold;
            y[yOffset + i] = keep ? x[xOffset + i] * scale : 0f;
        }
    }
}
