package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.ops.ReluOp;
import dev.lanes.numerics.Shape;
import java.util.List;

/** The rectifier {@code y = max(x, 0)}; see {@link ReluOp}. <b>Shapes</b>: x and y alike, any. */
public final class ReLU implements Layer {
    /** Makes the layer; it has no settings. */
    public ReLU() {}

    @Override
    public Variable forward(Variable x, Pass pass) {
        return pass.tape().apply(ReluOp.RELU, x);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public long flops(Shape input) {
        return input.elements();
    }

    @Override
    public String toString() {
        return "ReLU";
    }
}
