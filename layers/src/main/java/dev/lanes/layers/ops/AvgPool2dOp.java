package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The average of each window, channel by channel. Padding counts as zeros, or not at all: then each window is divided by
 * the number of its pixels inside the image. The gradient is shared out among the pixels that were averaged.
 *
 * <p><b>Shapes</b>: x {@code [batch, inH, inW, channels]}, y {@code [batch, outH, outW, channels]}.
 */
public final class AvgPool2dOp implements Op {
    private final Window2d window;
    private final boolean countPadding;
    private final boolean same;
    private final Function<List<Shape>, Pool2dGeometry> geometry = this::geometry;

    /**
     * Makes the op.
     *
     * @param window size, stride, padding and dilation
     * @param countPadding whether pixels of the padding count, as zeros
     */
    public AvgPool2dOp(Window2d window, boolean countPadding) {
        this(window, countPadding, false);
    }

    /**
     * Makes the op.
     *
     * @param same whether the padding is what makes {@code out = ceil(in / stride)}, whatever the window says
     */
    public AvgPool2dOp(Window2d window, boolean countPadding, boolean same) {
        this.window = Objects.requireNonNull(window, "window");
        this.countPadding = countPadding;
        this.same = same;
    }

    @Override
    public String name() {
        return "avgPool2d";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return geometry(inputs).outputShape();
    }

    /**
     * Returns the geometry for an input of the given shape.
     *
     * @throws ShapeMismatchException if it does not fit
     */
    public Pool2dGeometry geometry(List<Shape> inputs) {
        return OpChecks.pool(name(), inputs, window, same);
    }

    @Override
    public void forward(Evaluation e) {
        e.engine().pool2d().average(e.input(0), memo(e), countPadding, e.output());
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (into.wants(0)) {
            e.engine().pool2d().averageBackward(dOut, memo(e), countPadding, into.target(0));
        }
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        e.engine().pool2d().average(in.get(0), memo(e), countPadding, dOut);
    }

    /** Linear: there is no second derivative. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {}

    private Pool2dGeometry memo(Evaluation e) {
        return e.memo(Pool2dGeometry.class, geometry);
    }

    /** Returns the window, as in {@code avgPool2d k2x2 s2 p0 d1}. */
    @Override
    public String toString() {
        return name() + " " + OpChecks.text(window, same) + (countPadding ? " padding counts" : "");
    }
}
