package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Op;
import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.numerics.Shape;
import java.util.List;

/** A layer that is one op of one input and has no parameters. */
abstract class OpLayer implements Layer {
    private final Op op;

    OpLayer(Op op) {
        this.op = op;
    }

    @Override
    public Variable forward(Variable x, Pass pass) {
        return pass.tape().apply(op, x);
    }

    @Override
    public final List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public final Shape outputShape(Shape input) {
        return op.outputShape(List.of(input));
    }

    /** {@inheritDoc} One for each element of the output, unless a layer says otherwise. */
    @Override
    public long flops(Shape input) {
        return outputShape(input).elements();
    }
}
