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
 * The sum {@code y = a + b}, as at the end of a residual block. Both gradients are dy itself, which is not copied.
 *
 * <p><b>Shapes</b>: a, b and y alike, any.
 */
public final class AddOp implements Op {
    /** The op; it has no settings. */
    public static final AddOp ADD = new AddOp();

    private AddOp() {}

    @Override
    public String name() {
        return "add";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 2, 2);
        ShapeMismatchException.require(name(), "second operand", inputs.get(1), inputs.get(0));
        return inputs.getFirst();
    }

    @Override
    public void forward(Evaluation e) {
        e.engine().elementwise().add(e.input(0), e.input(1), e.output());
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        for (int i = 0; i < 2; i++) {
            if (into.wants(i)) {
                into.pass(i, dOut);
            }
        }
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        if (in.has(0) && in.has(1)) {
            e.engine().elementwise().add(in.get(0), in.get(1), dOut);
        } else {
            dOut.copyFrom(in.get(in.has(0) ? 0 : 1));
        }
    }

    /** Linear: there is no second derivative. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {}

    @Override
    public Variable gradient(Application a, int input, Variable dOut) {
        return dOut;
    }
}
