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

/**
 * The product {@code y = a * b}, element by element; {@code da = b * dy}, {@code db = a * dy}.
 *
 * <p><b>Shapes</b>: a, b and y alike, any.
 */
public final class MultiplyOp implements Op {
    /** The op; it has no settings. */
    public static final MultiplyOp MULTIPLY = new MultiplyOp();

    private MultiplyOp() {}

    @Override
    public String name() {
        return "multiply";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 2, 2);
        ShapeMismatchException.require(name(), "second operand", inputs.get(1), inputs.get(0));
        return inputs.getFirst();
    }

    @Override
    public void forward(Evaluation e) {
        e.engine().elementwise().multiply(e.input(0), e.input(1), e.output());
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        for (int i = 0; i < 2; i++) {
            if (into.wants(i)) {
                e.engine().elementwise().multiply(e.input(1 - i), dOut, into.target(i));
            }
        }
    }

    /** {@code dy = da b + a db}. */
    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        int first = in.has(0) ? 0 : 1;
        e.engine().elementwise().multiply(in.get(first), e.input(1 - first), dOut);
        if (first == 0 && in.has(1)) {
            Tensor other = e.scratch(dOut.shape());
            e.engine().elementwise().multiply(in.get(1), e.input(0), other);
            e.engine().elementwise().add(dOut, other, dOut);
        }
    }

    /** Linear in a and in b: the gradient by the one changes with the other. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {
        for (int i = 0; i < 2; i++) {
            if (in.has(1 - i) && into.wants(i)) {
                e.engine().elementwise().multiply(in.get(1 - i), dOut, into.target(i));
            }
        }
    }

    @Override
    public Variable gradient(Application a, int input, Variable dOut) {
        return a.apply(MULTIPLY, a.input(1 - input), dOut);
    }
}
