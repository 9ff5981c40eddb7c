package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.Conv2dForwardKernel;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Workspace;

/** Convolution as it is defined, summed in double. */
final class ReferenceConv2dForward implements Conv2dForwardKernel {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void run(
            Conv2dGeometry g,
            float[] x,
            int xOffset,
            float[] w,
            int wOffset,
            float[] y,
            int yOffset,
            Epilogue epilogue,
            Workspace workspace) {
        workspace.run(g.batch() * g.outH(), g.flops(), (row, worker) -> {
            for (int ow = 0; ow < g.outW(); ow++) {
                for (int co = 0; co < g.outC(); co++) {
                    double sum = sum(g, x, xOffset, w, wOffset, row / g.outH(), row % g.outH(), ow, co);
                    int at = yOffset + (row * g.outW() + ow) * g.outC() + co;
                    y[at] = ReferenceMath.finish(sum, epilogue, co, at);
                }
            }
        });
    }

    private static double sum(
            Conv2dGeometry g, float[] x, int xOffset, float[] w, int wOffset, int b, int oh, int ow, int co) {
        Window2d window = g.window();
        int depth = g.inCPerGroup();
        int firstChannel = co / g.outCPerGroup() * depth;
        double sum = 0;
        for (int kh = 0; kh < window.kH(); kh++) {
            int ih = oh * window.strideH() + kh * window.dilationH() - window.padTop();
            if (ih < 0 || ih >= g.inH()) {
                continue;
            }
            for (int kw = 0; kw < window.kW(); kw++) {
                int iw = ow * window.strideW() + kw * window.dilationW() - window.padLeft();
                if (iw < 0 || iw >= g.inW()) {
                    continue;
                }
                int pixel = xOffset + ((b * g.inH() + ih) * g.inW() + iw) * g.inC() + firstChannel;
                int tap = wOffset + (kh * window.kW() + kw) * depth * g.outC() + co;
                for (int ci = 0; ci < depth; ci++) {
                    sum += (double) x[pixel + ci] * w[tap + ci * g.outC()];
                }
            }
        }
        return sum;
    }
}
