package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.MaxPool2dForwardKernel;
import dev.lanes.numerics.kernels.Workspace;

/** Maximum pooling as it is defined: the first of equal taps wins, and a NaN wins over every number. */
final class ReferenceMaxPool2dForward implements MaxPool2dForwardKernel {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void run(
            Pool2dGeometry g, float[] x, int xOffset, float[] y, int yOffset, int[] switches, Workspace workspace) {
        workspace.run(g.batch() * g.outH(), g.flops(), (row, worker) -> {
            for (int ow = 0; ow < g.outW(); ow++) {
                for (int c = 0; c < g.channels(); c++) {
                    int tap = winner(g, x, xOffset, row / g.outH(), row % g.outH(), ow, c);
                    int at = (row * g.outW() + ow) * g.channels() + c;
                    y[yOffset + at] = x[pixel(g, xOffset, row / g.outH(), row % g.outH(), ow, c, tap)];
                    if (switches != null) {
                        switches[at] = tap;
                    }
                }
            }
        });
    }

    private static int winner(Pool2dGeometry g, float[] x, int xOffset, int b, int oh, int ow, int c) {
        int best = -1;
        float maximum = Float.NEGATIVE_INFINITY;
        for (int tap = 0; tap < g.window().kH() * g.window().kW(); tap++) {
            int at = pixel(g, xOffset, b, oh, ow, c, tap);
            if (at >= 0 && (best < 0 || x[at] > maximum || (Float.isNaN(x[at]) && !Float.isNaN(maximum)))) {
                best = tap;
                maximum = x[at];
            }
        }
        return best;
    }

    /** Returns the index in x of the pixel under a tap, or -1 where the tap lies in the padding. */
    static int pixel(Pool2dGeometry g, int xOffset, int b, int oh, int ow, int c, int tap) {
        Window2d window = g.window();
        int ih = oh * window.strideH() + tap / window.kW() * window.dilationH() - window.padTop();
        int iw = ow * window.strideW() + tap % window.kW() * window.dilationW() - window.padLeft();
        boolean inside = ih >= 0 && ih < g.inH() && iw >= 0 && iw < g.inW();
        return inside ? xOffset + ((b * g.inH() + ih) * g.inW() + iw) * g.channels() + c : -1;
    }
}
