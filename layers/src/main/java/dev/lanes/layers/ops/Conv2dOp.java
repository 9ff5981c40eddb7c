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
 * The 2-d convolution {@code y = conv(x, w) + b}, b added to every pixel; {@link Conv2dGeometry} has the formula.
 *
 * <p>Gradients: dx is the transposed convolution of dy with w, dw the correlation of x with dy, {@code db = sum over
 * images and pixels of dy}. <b>Shapes</b>: x {@code [batch, inH, inW, inC]}, w {@code [kH, kW, inC / groups, outC]}, b
 * {@code [outC]} or left out, y {@code [batch, outH, outW, outC]}. The batch may differ from call to call.
 */
public final class Conv2dOp implements Op {
    private final Window2d window;
    private final int groups;
    private final boolean same;
    private final Function<List<Shape>, Conv2dGeometry> geometry = this::geometry;

    /**
     * @param window size, stride, padding and dilation
     * @param groups into how many groups the channels are divided
     * @throws IllegalArgumentException if there is not at least one group
     */
    public Conv2dOp(Window2d window, int groups) {
        this(window, groups, false);
    }

    /**
     * @param same whether the padding is what makes {@code out = ceil(in / stride)}, whatever the window says
     * @throws IllegalArgumentException if there is not at least one group
     */
    public Conv2dOp(Window2d window, int groups, boolean same) {
        this.same = same;
        this.window = Objects.requireNonNull(window, "window");
        this.groups = groups;
        if (groups < 1) {
            throw new IllegalArgumentException("conv2d: groups must be at least 1, not " + groups);
        }
    }

    /** Returns size, stride, padding and dilation of the window. */
    public Window2d window() {
        return window;
    }

    /** Tells whether the padding follows from the image. */
    public boolean isSame() {
        return same;
    }

    /** Returns into how many groups the channels are divided. */
    public int groups() {
        return groups;
    }

    @Override
    public String name() {
        return "conv2d";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return geometry(inputs).outputShape();
    }

    /**
     * Returns the geometry for inputs of the given shapes.
     *
     * @throws ShapeMismatchException if they do not fit
     */
    public Conv2dGeometry geometry(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 2, 3);
        Shape x = inputs.get(0);
        Shape w = inputs.get(1);
        OpChecks.rank(name(), "input is", x, 4, "[batch, height, width, channels]");
        OpChecks.rank(name(), "weights are", w, 4, "[kH, kW, inC / groups, outC]");
        if (w.dim(0) != window.kH() || w.dim(1) != window.kW()) {
            throw new ShapeMismatchException(
                    name(), "weights " + w + " are " + w.dim(0) + "x" + w.dim(1) + ", the window is " + window);
        }
        long channels = (long) w.dim(2) * groups;
        if (x.dim(3) != channels) {
            String each = groups == 1 ? "" : " (" + groups + " groups x " + w.dim(2) + ")";
            throw new ShapeMismatchException(
                    name(),
                    "input has " + x.dim(3) + " channels, weights need " + channels + each + "; x=" + x + " w=" + w
                            + " groups=" + groups);
        }
        if (w.dim(3) % groups != 0) {
            throw new ShapeMismatchException(
                    name(),
                    "weights " + w + " have " + w.dim(3) + " output channels, needs a multiple of the " + groups
                            + " groups");
        }
        Window2d padded = same ? window.samePadding(x.dim(1), x.dim(2)) : window;
        OpChecks.fits(name(), x, padded);
        if (inputs.size() == 3) {
            ShapeMismatchException.require(name(), "bias", inputs.get(2), Shape.of(w.dim(3)));
        }
        return new Conv2dGeometry(x.dim(0), x.dim(1), x.dim(2), x.dim(3), w.dim(3), groups, padded);
    }

    @Override
    public void forward(Evaluation e) {
        Tensor bias = e.inputs() == 3 ? e.input(2) : null;
        e.engine().conv2d().forward(e.input(0), e.input(1), bias, geometry(e), e.output());
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        Conv2dOps conv2d = e.engine().conv2d();
        if (into.wants(0)) {
            conv2d.backwardInput(dOut, e.input(1), geometry(e), into.target(0));
        }
        if (into.wants(1)) {
            conv2d.backwardWeights(e.input(0), dOut, geometry(e), into.target(1));
        }
        if (e.inputs() == 3 && into.wants(2)) {
            e.engine().rows().sum(dOut, into.target(2));
        }
    }

    /** {@code dy = conv(dx, w) + conv(x, dw) + db}. */
    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        Conv2dOps conv2d = e.engine().conv2d();
        Tensor dBias = e.inputs() == 3 && in.has(2) ? in.get(2) : null;
        if (in.has(0)) {
            conv2d.forward(in.get(0), e.input(1), dBias, geometry(e), dOut);
            if (in.has(1)) {
                Tensor other = e.scratch(dOut.shape());
                conv2d.forward(e.input(0), in.get(1), null, geometry(e), other);
                e.engine().elementwise().add(dOut, other, dOut);
            }
        } else if (in.has(1)) {
            conv2d.forward(e.input(0), in.get(1), dBias, geometry(e), dOut);
        } else {
            e.engine().rows().addRow(dOut.fill(0f), dBias, dOut);
        }
    }

    /** Linear in x and in w: the gradient by the one changes with the other. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {
        Conv2dOps conv2d = e.engine().conv2d();
        if (in.has(1) && into.wants(0)) {
            conv2d.backwardInput(dOut, in.get(1), geometry(e), into.target(0));
        }
        if (in.has(0) && into.wants(1)) {
            conv2d.backwardWeights(in.get(0), dOut, geometry(e), into.target(1));
        }
    }

    private Conv2dGeometry geometry(Evaluation e) {
        return e.memo(Conv2dGeometry.class, geometry);
    }

    /** Returns window and groups, as in {@code conv2d k3x3 s1 p1 d1 g1}. */
    @Override
    public String toString() {
        return name() + " " + OpChecks.text(window, same) + " g" + groups;
    }
}
