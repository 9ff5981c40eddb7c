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
 * The average or the maximum of each channel over the whole image, of whatever size. Of equal pixels the first wins.
 *
 * <p><b>Shapes</b>: x {@code [batch, height, width, channels]}, y {@code [batch, channels]}.
 */
public final class GlobalPool2dOp implements Op {
    /** The average. */
    public static final GlobalPool2dOp AVERAGE = new GlobalPool2dOp("globalAvgPool2d");
    /** The maximum. */
    public static final GlobalPool2dOp MAX = new GlobalPool2dOp("globalMaxPool2d");

    private static final int SWITCHES = 0;

    private final String name;

    private GlobalPool2dOp(String name) {
        this.name = name;
    }

    private boolean isMax() {
        return this == MAX;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 1, 1);
        Shape x = inputs.getFirst();
        OpChecks.rank(name(), "input is", x, 4, "[batch, height, width, channels]");
        if (x.dim(1) < 1 || x.dim(2) < 1 || x.dim(3) < 1) {
            throw new ShapeMismatchException(name(), "input " + x + " has no pixels");
        }
        return Shape.of(x.dim(0), x.dim(3));
    }

    @Override
    public void forward(Evaluation e) {
        if (isMax()) {
            int[] switches =
                    e.isDifferentiable() ? e.saveInts(SWITCHES, e.output().elements()) : null;
            e.engine().pool2d().globalMax(e.input(0), e.output(), switches);
        } else {
            e.engine().pool2d().globalAverage(e.input(0), e.output());
        }
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (!into.wants(0)) {
            return;
        }
        if (isMax()) {
            e.engine().pool2d().globalMaxBackward(dOut, e.savedInts(SWITCHES), into.target(0));
        } else {
            e.engine().pool2d().globalAverageBackward(dOut, into.target(0));
        }
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        Tensor dx = in.get(0);
        if (!isMax()) {
            e.engine().pool2d().globalAverage(dx, dOut);
            return;
        }
        int channels = dx.shape().dim(3);
        int pixels = dx.shape().dim(1) * dx.shape().dim(2);
        int[] switches = e.savedInts(SWITCHES);
        for (int i = 0; i < dOut.elements(); i++) {
            int pixel = (i / channels * pixels + switches[i]) * channels + i % channels;
            dOut.array()[dOut.offset() + i] = dx.array()[dx.offset() + pixel];
        }
    }

    /** Piecewise linear: there is no second derivative. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {}

    @Override
    public String toString() {
        return name;
    }
}
