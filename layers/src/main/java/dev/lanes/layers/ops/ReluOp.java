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
 * The rectifier {@code y = max(x, 0)}, element by element.
 *
 * <p>Derivative {@code y > 0 ? 1 : 0}; at the kink, {@code x = 0}, it is 0. <b>Shapes</b>: x and y alike, any.
 */
public final class ReluOp implements Op {
    /** The op; it has no settings. */
    public static final ReluOp RELU = new ReluOp();

    private ReluOp() {}

    @Override
    public String name() {
        return "relu";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 1, 1);
        return inputs.getFirst();
    }

    @Override
    public void forward(Evaluation e) {
        e.engine().elementwise().relu(e.input(0), e.output());
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (into.wants(0)) {
            e.engine().elementwise().reluBackward(e.output(), dOut, into.target(0));
        }
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        e.engine().elementwise().reluBackward(e.output(), in.get(0), dOut);
    }

    /** Piecewise linear: there is no second derivative. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {}

    @Override
    public Variable gradient(Application a, int input, Variable dOut) {
        Tensor passes = Tensor.zeros(dOut.shape()).fill(1f);
        a.engine().elementwise().reluBackward(a.output().value(), passes, passes);
        return a.apply(MultiplyOp.MULTIPLY, a.constant(passes), dOut);
    }
}
