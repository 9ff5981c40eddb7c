package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.ops.ReshapeOp;
import dev.lanes.numerics.Shape;
import java.util.List;

/**
 * One row for each example, without a copy. <b>Shapes</b>: x {@code [batch, ...]}, y {@code [batch, product of the
 * rest]}; of images the order is row, column, channel.
 */
public final class Flatten implements Layer {
    /** Makes the layer; it has no settings. */
    public Flatten() {}

    @Override
    public Variable forward(Variable x, Pass pass) {
        return pass.tape().apply(ReshapeOp.FLATTEN, x);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Shape outputShape(Shape input) {
        return ReshapeOp.FLATTEN.outputShape(List.of(input));
    }

    @Override
    public long flops(Shape input) {
        return 0;
    }

    @Override
    public String toString() {
        return "Flatten";
    }
}
