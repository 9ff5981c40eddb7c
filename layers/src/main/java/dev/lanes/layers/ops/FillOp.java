package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Application;
import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.List;
import java.util.Objects;

/**
 * One value everywhere, {@code y[...] = x}; the gradient is the sum of all. The counterpart of {@link SumOp}.
 *
 * <p><b>Shapes</b>: x of one element, y as given.
 */
public final class FillOp implements Op {
    private final Shape shape;

    /** Makes the op that fills a shape. */
    public FillOp(Shape shape) {
        this.shape = Objects.requireNonNull(shape, "shape");
    }

    @Override
    public String name() {
        return "fill";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 1, 1);
        if (inputs.getFirst().elements() != 1) {
            throw new ShapeMismatchException(name(), "input is " + inputs.getFirst() + ", needs a single value");
        }
        return shape;
    }

    @Override
    public void forward(Evaluation e) {
        e.output().fill(e.input(0).item());
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (into.wants(0)) {
            into.target(0).fill(SumOp.sum(dOut));
        }
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        dOut.fill(in.get(0).item());
    }

    /** Linear: there is no second derivative. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {}

    @Override
    public Variable gradient(Application a, int input, Variable dOut) {
        return a.apply(ReshapeOp.to(a.input(0).shape()), a.apply(SumOp.SUM, dOut));
    }

    /** Returns the shape, as in {@code fill [2, 3]}. */
    @Override
    public String toString() {
        return name() + " " + shape;
    }
}
