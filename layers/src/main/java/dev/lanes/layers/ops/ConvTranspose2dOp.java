package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.numerics.Conv2dOps;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The transposed 2-d convolution {@code y = convT(x, w) + b}: every pixel of x spreads over a window of y, which is how a
 * convolution of the same window carries gradients back. {@code outH = (inH - 1) * strideH - padTop - padBottom + extentH
 * + outputPaddingH}, the width likewise.
 *
 * <p>Gradients: dx is the convolution of dy with w, dw the correlation of dy with x, {@code db = sum over images and
 * pixels of dy}. <b>Shapes</b>: x {@code [batch, inH, inW, inC]}, w {@code [kH, kW, outC / groups, inC]}, b {@code [outC]}
 * or left out, y {@code [batch, outH, outW, outC]}.
 */
public final class ConvTranspose2dOp implements Op {
    private final Window2d window;
    private final int groups;
    private final int extraH;
    private final int extraW;
    private final Function<List<Shape>, Conv2dGeometry> geometry = this::geometry;

    /**
     * Makes the op.
     *
     * @param window size, stride, padding (which is cut off) and dilation
     * @param groups into how many groups the channels are divided
     * @param extraH lines of output padding below, fewer than the stride
     * @param extraW columns of output padding to the right, fewer than the stride
     * @throws IllegalArgumentException if there is not at least one group, or the output padding does not fit
     */
    public ConvTranspose2dOp(Window2d window, int groups, int extraH, int extraW) {
        this.window = Objects.requireNonNull(window, "window");
        if (groups < 1) {
            throw new IllegalArgumentException("convTranspose2d: groups must be at least 1, not " + groups);
        }
        if (extraH < 0 || extraW < 0 || extraH >= window.strideH() || extraW >= window.strideW()) {
            throw new IllegalArgumentException("convTranspose2d: output padding " + extraH + "x" + extraW
                    + " must be at least 0 and below the stride " + window.strideH() + "x" + window.strideW());
        }
        this.groups = groups;
        this.extraH = extraH;
        this.extraW = extraW;
    }

    /** Returns size, stride, padding and dilation of the window. */
    public Window2d window() {
        return window;
    }

    /** Returns into how many groups the channels are divided. */
    public int groups() {
        return groups;
    }

    @Override
    public String name() {
        return "convTranspose2d";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return geometry(inputs).inputShape();
    }

    /**
     * Returns the geometry of the convolution that this is the transpose of, for inputs of the given shapes.
     *
     * @throws ShapeMismatchException if they do not fit
     */
    public Conv2dGeometry geometry(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 2, 3);
        Shape x = inputs.get(0);
        Shape w = inputs.get(1);
        OpChecks.rank(name(), "input is", x, 4, "[batch, height, width, channels]");
        OpChecks.rank(name(), "weights are", w, 4, "[kH, kW, outC / groups, inC]");
        if (w.dim(0) != window.kH() || w.dim(1) != window.kW()) {
            throw new ShapeMismatchException(
                    name(), "weights " + w + " are " + w.dim(0) + "x" + w.dim(1) + ", the window is " + window);
        }
        if (x.dim(3) != w.dim(3) || w.dim(3) % groups != 0) {
            throw new ShapeMismatchException(
                    name(),
                    "input has " + x.dim(3) + " channels, weights need " + w.dim(3) + ", a multiple of the groups; x="
                            + x + " w=" + w + " groups=" + groups);
        }
        int outC = Math.multiplyExact(w.dim(2), groups);
        if (inputs.size() == 3) {
            ShapeMismatchException.require(name(), "bias", inputs.get(2), Shape.of(outC));
        }
        try {
            return Conv2dGeometry.transposed(
                    x.dim(0), x.dim(1), x.dim(2), x.dim(3), outC, groups, window, extraH, extraW);
        } catch (IllegalArgumentException e) {
            throw new ShapeMismatchException(name(), "input " + x + ": " + e.getMessage());
        }
    }

    private Conv2dGeometry memo(Evaluation e) {
        return e.memo(Conv2dGeometry.class, geometry);
    }

    @Override
    public void forward(Evaluation e) {
        Tensor bias = e.inputs() == 3 ? e.input(2) : null;
        e.engine().conv2d().transposed(e.input(0), e.input(1), bias, memo(e), e.output());
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        Conv2dOps conv2d = e.engine().conv2d();
        if (into.wants(0)) {
            conv2d.forward(dOut, e.input(1), null, memo(e), into.target(0));
        }
        if (into.wants(1)) {
            conv2d.backwardWeights(dOut, e.input(0), memo(e), into.target(1));
        }
        if (e.inputs() == 3 && into.wants(2)) {
            e.engine().rows().sum(dOut, into.target(2));
        }
    }

    /** {@code dy = convT(dx, w) + convT(x, dw) + db}. */
    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        Conv2dOps conv2d = e.engine().conv2d();
        if (in.has(0)) {
            conv2d.transposed(in.get(0), e.input(1), null, memo(e), dOut);
        } else {
            dOut.fill(0f);
        }
        if (in.has(1)) {
            Tensor other = e.scratch(dOut.shape());
            conv2d.transposed(e.input(0), in.get(1), null, memo(e), other);
            e.engine().elementwise().add(dOut, other, dOut);
        }
        if (e.inputs() == 3 && in.has(2)) {
            e.engine().rows().addRow(dOut, in.get(2), dOut);
        }
    }

    /** Linear in x and in w: the gradient by the one changes with the other. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {
        Conv2dOps conv2d = e.engine().conv2d();
        if (in.has(1) && into.wants(0)) {
            conv2d.forward(dOut, in.get(1), null, memo(e), into.target(0));
        }
        if (in.has(0) && into.wants(1)) {
            conv2d.backwardWeights(dOut, in.get(0), memo(e), into.target(1));
        }
    }

    /** Returns window, groups and output padding, as in {@code convTranspose2d k3x3 s2 p1 d1 g1 op1x1}. */
    @Override
    public String toString() {
        return name() + " " + window + " g" + groups
                + (extraH == 0 && extraW == 0 ? "" : " op" + extraH + "x" + extraW);
    }
}
