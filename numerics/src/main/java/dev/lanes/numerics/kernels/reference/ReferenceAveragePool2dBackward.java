package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.kernels.AveragePool2dKernel;
import dev.lanes.numerics.kernels.Workspace;

/** The gradient of average pooling as it is defined: each output's gradient is shared out among its pixels. */
final class ReferenceAveragePool2dBackward implements AveragePool2dKernel {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void run(
            Pool2dGeometry g,
            boolean countPadding,
            float[] dy,
            int dyOffset,
            float[] dx,
            int dxOffset,
            Workspace workspace) {
        int image = g.inH() * g.inW() * g.channels();
        workspace.run(g.batch(), g.flops(), (b, worker) -> {
            double[] sums = new double[image];
            for (int oh = 0; oh < g.outH(); oh++) {
                for (int ow = 0; ow < g.outW(); ow++) {
                    int at = dyOffset + ((b * g.outH() + oh) * g.outW() + ow) * g.channels();
                    share(g, countPadding, oh, ow, dy, at, sums);
                }
            }
            for (int i = 0; i < image; i++) {
                dx[dxOffset + b * image + i] = (float) sums[i];
            }
        });
    }

    private static void share(
            Pool2dGeometry g, boolean countPadding, int oh, int ow, float[] dy, int dyAt, double[] sums) {
        int taps = g.window().kH() * g.window().kW();
        int inside = 0;
        for (int tap = 0; tap < taps; tap++) {
            inside += ReferenceMaxPool2dForward.pixel(g, 0, 0, oh, ow, 0, tap) >= 0 ? 1 : 0;
        }
        for (int tap = 0; tap < taps; tap++) {
            int pixel = ReferenceMaxPool2dForward.pixel(g, 0, 0, oh, ow, 0, tap);
            for (int c = 0; c < g.channels() && pixel >= 0; c++) {
                sums[pixel + c] += (double) dy[dyAt + c] / (countPadding ? taps : inside);
            }
        }
    }
}
