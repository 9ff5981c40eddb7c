package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * A part of an axis, from one index to before another; the gradient is 0 outside of it.
 *
 * <p><b>Shapes</b>: x any, y the same but for the axis, which has {@code to - from}.
 */
public final class SliceOp implements Op {
    private final int axis;
    private final int from;
    private final int to;

    /**
     * Makes the op.
     *
     * @param axis from 0, or from -1 for the last axis backwards
     * @throws IllegalArgumentException unless {@code 0 <= from <= to}
     */
    public SliceOp(int axis, int from, int to) {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("slice: from " + from + " to " + to + ", needs 0 <= from <= to");
        }
        this.axis = axis;
        this.from = from;
        this.to = to;
    }

    @Override
    public String name() {
        return "slice";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 1, 1);
        Shape x = inputs.getFirst();
        int along = OpChecks.axis(name(), axis, x);
        if (to > x.dim(along)) {
            throw new ShapeMismatchException(
                    name(), "input " + x + " has " + x.dim(along) + " along axis " + along + ", needs at least " + to);
        }
        int[] dims = new int[x.rank()];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = i == along ? to - from : x.dim(i);
        }
        return Shape.of(dims);
    }

    /** Returns how many values one index of the axis has. */
    private int unit(Shape shape) {
        int unit = 1;
        for (int i = OpChecks.axis(name(), axis, shape) + 1; i < shape.rank(); i++) {
            unit *= shape.dim(i);
        }
        return unit;
    }

    private void cut(Evaluation e, Tensor x, Tensor y) {
        if (y.elements() > 0) {
            int unit = unit(x.shape());
            int whole = x.shape().dim(OpChecks.axis(name(), axis, x.shape())) * unit;
            int part = (to - from) * unit;
            e.engine().images().copyColumns(x, whole, from * unit, y, part, 0, part);
        }
    }

    @Override
    public void forward(Evaluation e) {
        cut(e, e.input(0), e.output());
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (into.wants(0)) {
            Tensor dx = into.target(0).fill(0f);
            if (dOut.elements() > 0) {
                int unit = unit(dx.shape());
                int whole = dx.shape().dim(OpChecks.axis(name(), axis, dx.shape())) * unit;
                int part = (to - from) * unit;
                e.engine().images().copyColumns(dOut, part, 0, dx, whole, from * unit, part);
            }
        }
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        cut(e, in.get(0), dOut);
    }

    /** Linear: there is no second derivative. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {}

    /** Returns the part, as in {@code slice 2 to 5 of axis -1}. */
    @Override
    public String toString() {
        return name() + " " + from + " to " + to + " of axis " + axis;
    }
}
