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
 * Tensors one behind the other along an axis; each gradient is its part of dy.
 *
 * <p><b>Shapes</b>: one input or more that differ along the axis alone; y has the sum of their lengths there.
 */
public final class ConcatOp implements Op {
    /** Along the last axis, which of images is that of the channels. */
    public static final ConcatOp CHANNELS = new ConcatOp(-1);

    private final int axis;

    /**
     * Makes the op.
     *
     * @param axis from 0, or from -1 for the last axis backwards
     */
    public ConcatOp(int axis) {
        this.axis = axis;
    }

    @Override
    public String name() {
        return "concat";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.isEmpty()) {
            throw new ShapeMismatchException(name(), "there are 0 inputs, needs at least 1");
        }
        Shape first = inputs.getFirst();
        int along = OpChecks.axis(name(), axis, first);
        int[] dims = new int[first.rank()];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = first.dim(i);
        }
        for (int k = 1; k < inputs.size(); k++) {
            Shape other = inputs.get(k);
            boolean fits = other.rank() == dims.length;
            for (int i = 0; fits && i < dims.length; i++) {
                fits = i == along || other.dim(i) == dims[i];
            }
            if (!fits) {
                throw new ShapeMismatchException(
                        name(), "input " + k + " is " + other + ", needs " + first + " but for axis " + along);
            }
            dims[along] = Math.addExact(dims[along], other.dim(along));
        }
        return Shape.of(dims);
    }

    /** Returns how many values stand one behind the other for each index of the axes before the axis. */
    private int stretch(Shape shape) {
        int stretch = 1;
        for (int i = OpChecks.axis(name(), axis, shape); i < shape.rank(); i++) {
            stretch *= shape.dim(i);
        }
        return stretch;
    }

    @Override
    public void forward(Evaluation e) {
        int whole = stretch(e.output().shape());
        int at = 0;
        for (int i = 0; i < e.inputs(); i++) {
            int part = stretch(e.input(i).shape());
            if (e.input(i).elements() > 0) {
                e.engine().images().copyColumns(e.input(i), part, 0, e.output(), whole, at, part);
            }
            at += part;
        }
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        int whole = stretch(dOut.shape());
        int at = 0;
        for (int i = 0; i < e.inputs(); i++) {
            int part = stretch(e.input(i).shape());
            if (into.wants(i)) {
                Tensor dx = into.target(i);
                if (dx.elements() > 0) {
                    e.engine().images().copyColumns(dOut, whole, at, dx, part, 0, part);
                }
            }
            at += part;
        }
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        dOut.fill(0f);
        int whole = stretch(dOut.shape());
        int at = 0;
        for (int i = 0; i < e.inputs(); i++) {
            int part = stretch(e.input(i).shape());
            if (in.has(i) && e.input(i).elements() > 0) {
                e.engine().images().copyColumns(in.get(i), part, 0, dOut, whole, at, part);
            }
            at += part;
        }
    }

    /** Linear: there is no second derivative. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {}

    /** Returns the axis, as in {@code concat along -1}. */
    @Override
    public String toString() {
        return name() + " along " + axis;
    }
}
