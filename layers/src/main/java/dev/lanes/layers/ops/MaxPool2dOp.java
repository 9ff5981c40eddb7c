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
 * The maximum of each window, channel by channel; padding takes no part.
 *
 * <p>The derivative passes to the pixel that won, which is remembered as a switch for each output; of equal pixels the
 * first in row-major order wins. <b>Shapes</b>: x {@code [batch, inH, inW, channels]}, y {@code [batch, outH, outW,
 * channels]}.
 */
public final class MaxPool2dOp implements Op {
    private static final int SWITCHES = 0;

    private final Window2d window;
    private final boolean same;
    private final Switches switches;
    private final Function<List<Shape>, Pool2dGeometry> geometry = this::geometry;

    /**
     * @param window size, stride, padding and dilation
     */
    public MaxPool2dOp(Window2d window) {
        this(window, false);
    }

    /**
     * @param same whether the padding is what makes {@code out = ceil(in / stride)}, whatever the window says
     */
    public MaxPool2dOp(Window2d window, boolean same) {
        this(window, same, null);
    }

    private MaxPool2dOp(Window2d window, boolean same, Switches switches) {
        this.window = Objects.requireNonNull(window, "window");
        this.same = same;
        this.switches = switches;
    }

    /** Returns this op with a place where it leaves its switches each time it is applied. */
    public MaxPool2dOp into(Switches place) {
        return new MaxPool2dOp(window, same, Objects.requireNonNull(place, "place"));
    }

    /** Returns size, stride, padding and dilation of the window. */
    public Window2d window() {
        return window;
    }

    @Override
    public String name() {
        return "maxPool2d";
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
        Pool2dGeometry g = geometry(e);
        boolean wanted = e.isDifferentiable() || switches != null;
        int[] taps = wanted ? e.saveInts(SWITCHES, e.output().elements()) : null;
        e.engine().pool2d().max(e.input(0), g, e.output(), taps);
        if (switches != null) {
            switches.take(g, taps);
        }
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (into.wants(0)) {
            e.engine().pool2d().maxBackward(dOut, e.savedInts(SWITCHES), geometry(e), into.target(0));
        }
    }

    /** Reads the tangent of each pixel that won. */
    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        MaxUnpool2dOp.gather(geometry(e), e.savedInts(SWITCHES), in.get(0), dOut);
    }

    /** Piecewise linear: there is no second derivative. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {}

    private Pool2dGeometry geometry(Evaluation e) {
        return e.memo(Pool2dGeometry.class, geometry);
    }

    /** Returns the window, as in {@code maxPool2d k2x2 s2 p0 d1}. */
    @Override
    public String toString() {
        return name() + " " + OpChecks.text(window, same);
    }
}
