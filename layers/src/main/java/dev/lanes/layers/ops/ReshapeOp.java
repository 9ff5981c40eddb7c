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
 * The same values under another shape, {@code y = x}; nothing is copied, forwards or backwards.
 *
 * <p><b>Shapes</b>: x any, y of as many elements.
 */
public final class ReshapeOp implements Op {
    /** Makes one row of each example: x {@code [batch, ...]}, y {@code [batch, product of the rest]}. */
    public static final ReshapeOp FLATTEN = new ReshapeOp(null);

    private final Shape shape;

    private ReshapeOp(Shape shape) {
        this.shape = shape;
    }

    /** Returns the op that gives its input the given shape. */
    public static ReshapeOp to(Shape shape) {
        return new ReshapeOp(shape);
    }

    @Override
    public String name() {
        return shape == null ? "flatten" : "reshape";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 1, 1);
        Shape x = inputs.getFirst();
        if (shape != null) {
            if (x.elements() != shape.elements()) {
                throw new ShapeMismatchException(
                        name(),
                        "input " + x + " has " + x.elements() + " elements, " + shape + " needs " + shape.elements());
            }
            return shape;
        }
        if (x.rank() == 0) {
            throw new ShapeMismatchException(name(), "input is " + x + ", needs [batch, ...]");
        }
        int columns = 1;
        for (int axis = 1; axis < x.rank(); axis++) {
            columns *= x.dim(axis);
        }
        return Shape.of(x.dim(0), columns);
    }

    @Override
    public void forward(Evaluation e) {
        e.outputIs(e.input(0));
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (into.wants(0)) {
            into.pass(0, e.view(dOut, e.input(0).shape()));
        }
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        dOut.copyFrom(in.get(0).reshape(dOut.shape()));
    }

    /** Linear: there is no second derivative. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {}

    @Override
    public Variable gradient(Application a, int input, Variable dOut) {
        return a.apply(to(a.input(0).shape()), dOut);
    }
}
