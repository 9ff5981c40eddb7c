package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.kernels.AveragePool2dKernel;
import dev.lanes.numerics.kernels.Workspace;

/** Average pooling as it is defined, summed in double. */
final class ReferenceAveragePool2dForward implements AveragePool2dKernel {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void run(
            Pool2dGeometry g,
            boolean countPadding,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            Workspace workspace) {
        int taps = g.window().kH() * g.window().kW();
        workspace.run(g.batch() * g.outH(), g.flops(), (row, worker) -> {
            for (int ow = 0; ow < g.outW(); ow++) {
                for (int c = 0; c < g.channels(); c++) {
                    double sum = 0;
                    int inside = 0;
                    for (int tap = 0; tap < taps; tap++) {
                        int at =
                                ReferenceMaxPool2dForward.pixel(g, xOffset, row / g.outH(), row % g.outH(), ow, c, tap);
                        if (at >= 0) {
                            sum += x[at];
                            inside++;
                        }
                    }
                    y[yOffset + (row * g.outW() + ow) * g.channels() + c] =
                            (float) (sum / (countPadding ? taps : inside));
                }
            }
        });
    }
}
