package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * The maxima over {@code outH x outW} parts of an image of whatever size, from {@code floor(o * in / out)} to before
 * {@code ceil((o + 1) * in / out)} along each axis. The gradient passes to the pixel that won; of equal pixels the first
 * in row-major order wins, a NaN over numbers.
 *
 * <p><b>Shapes</b>: x {@code [batch, inH, inW, channels]}, y {@code [batch, outH, outW, channels]}.
 */
public final class AdaptiveMaxPool2dOp implements Op {
    private static final int WINNERS = 0;

    private final int outH;
    private final int outW;

    /** Makes the op; throws {@link IllegalArgumentException} if an extent is below 1. */
    public AdaptiveMaxPool2dOp(int outH, int outW) {
        if (outH < 1 || outW < 1) {
            throw new IllegalArgumentException(
                    "adaptiveMaxPool2d: " + outH + "x" + outW + " parts, needs at least 1x1");
        }
        this.outH = outH;
        this.outW = outW;
    }

    @Override
    public String name() {
        return "adaptiveMaxPool2d";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 1, 1);
        Shape x = inputs.getFirst();
        OpChecks.rank(name(), "input is", x, 4, "[batch, height, width, channels]");
        if (x.dim(1) < 1 || x.dim(2) < 1) {
            throw new ShapeMismatchException(name(), "input " + x + " has no pixels");
        }
        return Shape.of(x.dim(0), outH, outW, x.dim(3));
    }

    @Override
    public void forward(Evaluation e) {
        Tensor x = e.input(0);
        int inH = x.shape().dim(1);
        int inW = x.shape().dim(2);
        int channels = x.shape().dim(3);
        int[] winners = e.saveInts(WINNERS, e.output().elements());
        int at = 0;
        for (int b = 0; b < x.shape().dim(0); b++) {
            for (int oh = 0; oh < outH; oh++) {
                for (int ow = 0; ow < outW; ow++, at += channels) {
                    for (int h = first(oh, inH, outH); h < end(oh, inH, outH); h++) {
                        for (int w = first(ow, inW, outW); w < end(ow, inW, outW); w++) {
                            boolean begin = h == first(oh, inH, outH) && w == first(ow, inW, outW);
                            compare(x, ((b * inH + h) * inW + w) * channels, e.output(), winners, at, begin);
                        }
                    }
                }
            }
        }
    }

    private static int first(int o, int in, int out) {
        return (int) ((long) o * in / out);
    }

    private static int end(int o, int in, int out) {
        return (int) Math.ceilDiv((o + 1L) * in, (long) out);
    }

    /** Lets one pixel compete with the best before it, channel by channel. */
    private void compare(Tensor x, int pixel, Tensor y, int[] winners, int at, boolean begin) {
        for (int c = 0; c < x.shape().dim(3); c++) {
            float candidate = x.array()[x.offset() + pixel + c];
            float best = y.array()[y.offset() + at + c];
            if (begin || candidate > best || (Float.isNaN(candidate) && !Float.isNaN(best))) {
                y.array()[y.offset() + at + c] = candidate;
                winners[at + c] = pixel + c;
            }
        }
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (into.wants(0)) {
            Tensor dx = into.target(0).fill(0f);
            int[] winners = e.savedInts(WINNERS);
            for (int i = 0; i < dOut.elements(); i++) {
                dx.array()[dx.offset() + winners[i]] += dOut.array()[dOut.offset() + i];
            }
        }
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        int[] winners = e.savedInts(WINNERS);
        Tensor v = in.get(0);
        for (int i = 0; i < dOut.elements(); i++) {
            dOut.array()[dOut.offset() + i] = v.array()[v.offset() + winners[i]];
        }
    }

    /** Piecewise linear: there is no second derivative. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {}

    /** Returns the parts, as in {@code adaptiveMaxPool2d 6x6}. */
    @Override
    public String toString() {
        return name() + " " + outH + "x" + outW;
    }
}
