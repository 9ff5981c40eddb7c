package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.Conv2dBackwardWeightsKernel;
import dev.lanes.numerics.kernels.Workspace;

/**
 * The gradient of a convolution by its weights as it is defined, summed in double: {@code dw[kh, kw, ci, co] = sum of
 * x[b, ih, iw, ci] * dy[b, oh, ow, co]} over every output of every image.
 */
final class ReferenceConv2dBackwardWeights implements Conv2dBackwardWeightsKernel {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void run(
            Conv2dGeometry g,
            float[] x,
            int xOffset,
            float[] dy,
            int dyOffset,
            float[] dw,
            int dwOffset,
            Workspace workspace) {
        workspace.run(g.reductionLength(), g.flops(), (tap, worker) -> {
            int ci = tap % g.inCPerGroup();
            int kw = tap / g.inCPerGroup() % g.window().kW();
            int kh = tap / g.inCPerGroup() / g.window().kW();
            for (int co = 0; co < g.outC(); co++) {
                dw[dwOffset + tap * g.outC() + co] = (float) sum(g, x, xOffset, dy, dyOffset, kh, kw, ci, co);
            }
        });
    }

    private static double sum(
            Conv2dGeometry g, float[] x, int xOffset, float[] dy, int dyOffset, int kh, int kw, int ci, int co) {
        Window2d window = g.window();
        int channel = co / g.outCPerGroup() * g.inCPerGroup() + ci;
        double sum = 0;
        for (int b = 0; b < g.batch(); b++) {
            for (int oh = 0; oh < g.outH(); oh++) {
                int ih = oh * window.strideH() + kh * window.dilationH() - window.padTop();
                if (ih < 0 || ih >= g.inH()) {
                    continue;
                }
                for (int ow = 0; ow < g.outW(); ow++) {
                    int iw = ow * window.strideW() + kw * window.dilationW() - window.padLeft();
                    if (iw >= 0 && iw < g.inW()) {
                        sum += (double) x[xOffset + ((b * g.inH() + ih) * g.inW() + iw) * g.inC() + channel]
                                * dy[dyOffset + ((b * g.outH() + oh) * g.outW() + ow) * g.outC() + co];
                    }
                }
            }
        }
        return sum;
    }
}
