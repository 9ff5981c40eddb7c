package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Application;
import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * The product with a number, {@code y = factor * x}.
 *
 * <p><b>Shapes</b>: x and y alike, any.
 */
public final class ScaleOp implements Op {
    private final float factor;

    /** Makes the op of a factor. */
    public ScaleOp(float factor) {
        this.factor = factor;
    }

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 1, 1);
        return inputs.getFirst();
    }

    @Override
    public void forward(Evaluation e) {
        e.engine().elementwise().axpby(factor, e.input(0), 0f, e.output());
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (into.wants(0)) {
            e.engine().elementwise().axpby(factor, dOut, 0f, into.target(0));
        }
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        e.engine().elementwise().axpby(factor, in.get(0), 0f, dOut);
    }

    /** Linear: there is no second derivative. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {}

    @Override
    public Variable gradient(Application a, int input, Variable dOut) {
        return a.apply(this, dOut);
    }

    /** Returns the factor, as in {@code scale by 0.5}. */
    @Override
    public String toString() {
        return name() + " by " + factor;
    }
}
