package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.AxisTaps;
import dev.lanes.numerics.geometry.Resample2dGeometry;
import dev.lanes.numerics.kernels.Resample2dKernel;
import dev.lanes.numerics.kernels.Workspace;

/** The sum over the taps of both axes, in double. */
final class ReferenceResample2d implements Resample2dKernel {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void run(Resample2dGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace) {
        AxisTaps rows = g.rows();
        AxisTaps columns = g.columns();
        int at = yOffset;
        for (int b = 0; b < g.batch(); b++) {
            for (int oh = 0; oh < rows.out(); oh++) {
                for (int ow = 0; ow < columns.out(); ow++) {
                    for (int c = 0; c < g.channels(); c++) {
                        double sum = 0;
                        for (int s = rows.first(oh); s < rows.first(oh + 1); s++) {
                            for (int t = columns.first(ow); t < columns.first(ow + 1); t++) {
                                int pixel = (b * rows.in() + rows.index(s)) * columns.in() + columns.index(t);
                                double weight = (double) rows.weight(s) * columns.weight(t);
                                sum += weight * x[xOffset + pixel * g.channels() + c];
                            }
                        }
                        y[at++] = (float) sum;
                    }
                }
            }
        }
    }
}
