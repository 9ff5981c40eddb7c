package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.ops.ReshapeOp;
import dev.lanes.numerics.Shape;
import java.util.List;
import java.util.Objects;

/**
 * Each example under another shape, without a copy; see {@link ReshapeOp}. <b>Shapes</b>: x {@code [batch, ...]}, y {@code
 * [batch, example...]} with as many elements.
 */
public final class Reshape implements Layer {
    private final Shape example;

    /** Makes a layer that gives every example the given shape. */
    public Reshape(Shape example) {
        this.example = Objects.requireNonNull(example, "example");
    }

    private ReshapeOp op(Shape x) {
        int[] dims = new int[example.rank() + 1];
        dims[0] = x.rank() == 0 ? 1 : x.dim(0);
        for (int i = 0; i < example.rank(); i++) {
            dims[i + 1] = example.dim(i);
        }
        return ReshapeOp.to(Shape.of(dims));
    }

    @Override
    public Variable forward(Variable x, Pass pass) {
        return pass.tape().apply(op(x.shape()), x);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Shape outputShape(Shape input) {
        return op(input).outputShape(List.of(input));
    }

    @Override
    public long flops(Shape input) {
        return 0;
    }

    /** Returns the shape of an example, as in {@code Reshape [7, 7, 16]}. */
    @Override
    public String toString() {
        return "Reshape " + example;
    }
}
