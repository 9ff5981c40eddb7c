package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.Conv2dBackwardInputKernel;
import dev.lanes.numerics.kernels.Workspace;

/**
 * The gradient of a convolution by its input as it is defined, summed in double: {@code dx[b, ih, iw, ci] = sum of
 * dy[b, oh, ow, co] * w[kh, kw, ci, co]} over every output that saw the pixel.
 */
final class ReferenceConv2dBackwardInput implements Conv2dBackwardInputKernel {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void run(
            Conv2dGeometry g,
            float[] dy,
            int dyOffset,
            float[] w,
            int wOffset,
            float[] dx,
            int dxOffset,
            Workspace workspace) {
        workspace.run(g.batch() * g.inH(), g.flops(), (row, worker) -> {
            for (int iw = 0; iw < g.inW(); iw++) {
                for (int ci = 0; ci < g.inC(); ci++) {
                    double sum = sum(g, dy, dyOffset, w, wOffset, row / g.inH(), row % g.inH(), iw, ci);
                    dx[dxOffset + (row * g.inW() + iw) * g.inC() + ci] = (float) sum;
                }
            }
        });
    }

    private static double sum(
            Conv2dGeometry g, float[] dy, int dyOffset, float[] w, int wOffset, int b, int ih, int iw, int ci) {
        Window2d window = g.window();
        int width = g.outCPerGroup();
        int group = ci / g.inCPerGroup();
        double sum = 0;
        for (int kh = 0; kh < window.kH(); kh++) {
            int oh = position(ih + window.padTop() - kh * window.dilationH(), window.strideH(), g.outH());
            for (int kw = 0; kw < window.kW() && oh >= 0; kw++) {
                int ow = position(iw + window.padLeft() - kw * window.dilationW(), window.strideW(), g.outW());
                if (ow < 0) {
                    continue;
                }
                int out = dyOffset + ((b * g.outH() + oh) * g.outW() + ow) * g.outC() + group * width;
                int tap = (kh * window.kW() + kw) * g.inCPerGroup() + ci % g.inCPerGroup();
                int weight = wOffset + tap * g.outC() + group * width;
                for (int co = 0; co < width; co++) {
                    sum += (double) dy[out + co] * w[weight + co];
                }
            }
        }
        return sum;
    }

    /** Returns the output whose window begins at {@code start} of the padded image, or -1 where none does. */
    private static int position(int start, int stride, int out) {
        return start >= 0 && start % stride == 0 && start / stride < out ? start / stride : -1;
    }
}
