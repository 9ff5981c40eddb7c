package dev.lanes.numerics.kernels.vector;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.Conv2dBackwardInputKernel;
import dev.lanes.numerics.kernels.Conv2dForwardKernel;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Workspace;
import java.util.List;

/**
 * The gradient by the input where the stride is 1: again a convolution, of dy with the window turned by 180 degrees and
 * its input and output channels exchanged (Dumoulin and Visin, A guide to convolution arithmetic, 2016).
 */
final class Conv2dBackwardInputFlipped implements Conv2dBackwardInputKernel {
    private final List<Conv2dForwardKernel> forwards;

    /** Takes the kernels to do it with, the last of which takes every geometry. */
    Conv2dBackwardInputFlipped(List<Conv2dForwardKernel> forwards) {
        this.forwards = forwards;
    }

    @Override
    public String name() {
        return "flipped";
    }

    @Override
    public boolean supports(Conv2dGeometry g) {
        Window2d w = g.window();
        return w.strideH() == 1
                && w.strideW() == 1
                && Math.max(w.padTop(), w.padBottom()) < w.extentH()
                && Math.max(w.padLeft(), w.padRight()) < w.extentW();
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
        float[] flipped = workspace.floats(0, 3, g.weightShape().elements());
        flip(g, w, wOffset, flipped);
        Conv2dGeometry turned = turned(g);
        int i = 0;
        while (!forwards.get(i).supports(turned)) {
            i++;
        }
        forwards.get(i).run(turned, dy, dyOffset, flipped, 0, dx, dxOffset, Epilogue.NONE, workspace);
    }

    private static Conv2dGeometry turned(Conv2dGeometry g) {
        Window2d w = g.window();
        Window2d turned = w.padding(
                w.extentH() - 1 - w.padTop(),
                w.extentH() - 1 - w.padBottom(),
                w.extentW() - 1 - w.padLeft(),
                w.extentW() - 1 - w.padRight());
        return new Conv2dGeometry(g.batch(), g.outH(), g.outW(), g.outC(), g.inC(), g.groups(), turned);
    }

    /** Writes {@code out[kh', kw', co, group * depth + ci] = w[kh, kw, ci, group * width + co]}, turned by 180 degrees. */
    private static void flip(Conv2dGeometry g, float[] w, int wOffset, float[] out) {
        int taps = g.window().kH() * g.window().kW();
        int depth = g.inCPerGroup();
        int width = g.outCPerGroup();
        for (int tap = 0; tap < taps; tap++) {
            int to = (taps - 1 - tap) * width * g.inC();
            for (int ci = 0; ci < depth; ci++) {
                int from = wOffset + (tap * depth + ci) * g.outC();
                for (int group = 0; group < g.groups(); group++) {
                    for (int co = 0; co < width; co++) {
                        out[to + co * g.inC() + group * depth + ci] = w[from + group * width + co];
                    }
                }
            }
        }
    }
}
