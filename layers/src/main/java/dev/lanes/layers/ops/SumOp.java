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
 * The sum of all elements, {@code y = sum of x}, in double and in row-major order; the gradient is the same everywhere.
 *
 * <p><b>Shapes</b>: x any, y a scalar {@code []}.
 */
public final class SumOp implements Op {
    /** The op; it has no settings. */
    public static final SumOp SUM = new SumOp();

    private static final Shape SCALAR = Shape.of();

    private SumOp() {}

    @Override
    public String name() {
        return "sum";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 1, 1);
        return SCALAR;
    }

    @Override
    public void forward(Evaluation e) {
        e.output().fill(sum(e.input(0)));
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (into.wants(0)) {
            into.target(0).fill(dOut.item());
        }
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        dOut.fill(sum(in.get(0)));
    }

    /** Linear: there is no second derivative. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {}

    @Override
    public Variable gradient(Application a, int input, Variable dOut) {
        return a.apply(new FillOp(a.input(0).shape()), dOut);
    }

    static float sum(Tensor x) {
        double sum = 0;
        for (int i = x.offset(); i < x.offset() + x.elements(); i++) {
            sum += x.array()[i];
        }
        return (float) sum;
    }
}
