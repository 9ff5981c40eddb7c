package dev.lanes.numerics;

import dev.lanes.numerics.geometry.AxisGeometry;
import dev.lanes.numerics.kernels.ReduceKernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;

/**
 * The reductions of an {@link Engine} over chosen axes.
 *
 * <p><b>Shapes</b>: the output has the extents of the axes that stay, in their order; those that are reduced are left
 * out, or stand in it with extent 1. It must not overlap the input. Axes may be given in any order, a negative one
 * counts from the end; none at all copies. Axes beside one another are reduced where they lie; others cost a copy.
 *
 * <p>Sums run over a fixed tree, so that the bits depend neither on the threads nor on the vectors. The sum of nothing is
 * 0, its mean and variance NaN; a maximum of nothing is refused. A NaN anywhere in what is reduced is the result.
 *
 * <pre>{@code
 * int[] all = {0, 1, 2};                                     // of images [batch, height, width, channels]
 * engine.reduce().mean(images, all, mean);                   // mean [channels]
 * engine.reduce().variance(images, all, mean, variance);
 * }</pre>
 */
public final class ReduceOps {
    /** Index in the workspace of the copy for axes that do not lie beside one another; kernels use those below. */
    private static final int COPY = 8;

    private final Engine engine;

    ReduceOps(Engine engine) {
        this.engine = engine;
    }

    /** Computes {@code y = sum of x} over the axes; throws {@link ShapeMismatchException} if the output does not fit. */
    public void sum(Tensor x, int[] axes, Tensor y) {
        reduce("sum", Slot.REDUCE_SUM, x, axes, y);
    }

    /** Computes {@code y = mean of x} over the axes; throws {@link ShapeMismatchException} if the output does not fit. */
    public void mean(Tensor x, int[] axes, Tensor y) {
        reduce("mean", Slot.REDUCE_MEAN, x, axes, y);
    }

    /**
     * Computes {@code y = max of x} over the axes; throws {@link ShapeMismatchException} if the output does not fit or
     * there is nothing to take a maximum of.
     */
    public void max(Tensor x, int[] axes, Tensor y) {
        reduce("max", Slot.REDUCE_MAX, x, axes, y);
    }

    /**
     * Computes {@code variance = mean of (x - mean)^2} over the axes: that of the population, divided by the number of
     * values.
     *
     * @param mean what {@link #mean} gave for the same axes; it is read, and must not overlap the variance
     * @throws ShapeMismatchException if mean or variance does not fit
     */
    public void variance(Tensor x, int[] axes, Tensor mean, Tensor variance) {
        boolean[] reduced = Axes.reduced("variance", x.shape(), axes);
        Axes.requireOutput("variance", "mean", mean.shape(), x.shape(), reduced);
        Axes.requireOutput("variance", "output", variance.shape(), x.shape(), reduced);
        Checks.apart("variance", "output", variance, "input", x);
        Checks.apart("variance", "output", variance, "mean", mean);
        AxisGeometry g = Axes.geometry(x.shape(), reduced);
        Workspace workspace = engine.borrow();
        try {
            Tensor line = inLine(x, reduced, workspace);
            engine.kernels()
                    .choose(Slot.REDUCE_VARIANCE, g)
                    .run(
                            g,
                            line.array(),
                            line.offset(),
                            mean.array(),
                            mean.offset(),
                            variance.array(),
                            variance.offset(),
                            workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /**
     * Writes, for each stretch along an axis, the position of its first maximum, or of its first NaN if there is one.
     *
     * @param axis the axis; a negative one counts from the end
     * @param y receives one position for each element of the other axes, in their order, from index 0 on
     * @throws ShapeMismatchException if y has too few places, or the axis has none at all
     * @throws IndexOutOfBoundsException if there is no such axis
     */
    public void argMax(Tensor x, int axis, int[] y) {
        AxisGeometry g = AxisGeometry.of(x.shape(), axis);
        requireSome("argMax", x.shape(), g);
        if (y.length < g.lines()) {
            throw new ShapeMismatchException("argMax", y.length + " places for positions, needs " + g.lines());
        }
        Workspace workspace = engine.borrow();
        try {
            engine.kernels().choose(Slot.REDUCE_ARG_MAX, g).run(g, x.array(), x.offset(), y, workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    private void reduce(String op, Slot<AxisGeometry, ReduceKernel> slot, Tensor x, int[] axes, Tensor y) {
        boolean[] reduced = Axes.reduced(op, x.shape(), axes);
        Axes.requireOutput(op, "output", y.shape(), x.shape(), reduced);
        Checks.apart(op, "output", y, "input", x);
        AxisGeometry g = Axes.geometry(x.shape(), reduced);
        if (slot == Slot.REDUCE_MAX) {
            requireSome(op, x.shape(), g);
        }
        Workspace workspace = engine.borrow();
        try {
            Tensor line = inLine(x, reduced, workspace);
            engine.kernels().choose(slot, g).run(g, line.array(), line.offset(), y.array(), y.offset(), workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    private static void requireSome(String op, Shape shape, AxisGeometry g) {
        if (g.length() == 0 && g.lines() > 0) {
            throw new ShapeMismatchException(op, "there is no maximum of nothing; input is " + shape);
        }
    }

    /** Returns x itself, or a copy in which the reduced axes lie beside one another, behind the others. */
    private static Tensor inLine(Tensor x, boolean[] reduced, Workspace workspace) {
        if (Axes.beside(reduced)) {
            return x;
        }
        Shape shape = x.shape();
        float[] copy = workspace.floats(0, COPY, x.elements());
        int[] strides = Axes.lastStrides(shape, reduced);
        int[] index = new int[shape.rank()];
        int to = 0;
        for (int i = 0; i < x.elements(); i++) {
            copy[to] = x.array()[x.offset() + i];
            for (int axis = shape.rank() - 1; axis >= 0; axis--) {
                to += strides[axis];
                if (++index[axis] < shape.dim(axis)) {
                    break;
                }
                to -= strides[axis] * index[axis];
                index[axis] = 0;
            }
        }
        return Tensor.wrap(copy, 0, shape);
    }
}
