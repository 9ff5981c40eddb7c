package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.UnaryFunction;
import java.util.List;
import java.util.Objects;

/**
 * A function of single elements, {@code y = f(x)}, with {@code dx = f'(x) * dy}: sigmoid, tanh, GELU and all others of
 * {@link UnaryFunction}, which has the formulas and says which side of a kink counts.
 *
 * <p><b>Shapes</b>: x and y alike, any.
 */
public final class ActivationOp implements Op {
    private final UnaryFunction f;

    /** Makes the op of a function. */
    public ActivationOp(UnaryFunction f) {
        this.f = Objects.requireNonNull(f, "f");
    }

    /** Returns the function. */
    public UnaryFunction function() {
        return f;
    }

    @Override
    public String name() {
        return f.kind().toString();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 1, 1);
        return inputs.getFirst();
    }

    @Override
    public void forward(Evaluation e) {
        e.engine().elementwise().apply(f, e.input(0), e.output());
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (into.wants(0)) {
            e.engine().elementwise().derivative(f, e.input(0), dOut, into.target(0));
        }
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        e.engine().elementwise().derivative(f, e.input(0), in.get(0), dOut);
    }

    /** {@code f''(x) * v * dy}. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {
        if (into.wants(0)) {
            Tensor dx = into.target(0);
            e.engine().elementwise().multiply(in.get(0), dOut, dx);
            e.engine().elementwise().secondDerivative(f, e.input(0), dx, dx);
        }
    }

    /** Returns the function, as in {@code leakyRelu(0.01)}. */
    @Override
    public String toString() {
        return f.toString();
    }
}
