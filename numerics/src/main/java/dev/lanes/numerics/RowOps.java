package dev.lanes.numerics;

import dev.lanes.numerics.geometry.AxisGeometry;
import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.BinaryKernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.SoftmaxBackwardKernel;
import dev.lanes.numerics.kernels.SoftmaxKernel;
import dev.lanes.numerics.kernels.Workspace;

/** The operations of an {@link Engine} along rows: a tensor {@code [..., columns]} counts as rows of its last axis. */
public final class RowOps {
    private final Engine engine;

    RowOps(Engine engine) {
        this.engine = engine;
    }

    /**
     * Computes {@code y[r, c] = x[r, c] + row[c]}.
     *
     * <p><b>Shapes</b>: x and y {@code [..., columns]}, row {@code [columns]}. y may be x; it must not overlap the row.
     *
     * @throws ShapeMismatchException if the operands do not fit
     */
    public void addRow(Tensor x, Tensor row, Tensor y) {
        withRow("addRow", Slot.ADD_ROW, x, row, y);
    }

    /**
     * Computes {@code y[r, c] = x[r, c] * scale[c]}.
     *
     * <p><b>Shapes</b>: x and y {@code [..., columns]}, scale {@code [columns]}. y may be x; it must not overlap the
     * scale.
     *
     * @throws ShapeMismatchException if the operands do not fit
     */
    public void multiplyRow(Tensor x, Tensor scale, Tensor y) {
        withRow("multiplyRow", Slot.MULTIPLY_ROW, x, scale, y);
    }

    private void withRow(String op, Slot<RowsGeometry, BinaryKernel> slot, Tensor x, Tensor row, Tensor y) {
        RowsGeometry g = x.shape().rows();
        Checks.vector(op, "row", row, g.columns());
        ShapeMismatchException.require(op, "output", y.shape(), x.shape());
        Checks.apartOrSame(op, "output", y, "input", x);
        Checks.apart(op, "output", y, "row", row);
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(slot, g)
                    .run(g, x.array(), x.offset(), row.array(), row.offset(), y.array(), y.offset(), workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /**
     * Computes {@code y[r, c] = x[r, c] * scale[c] + shift[c]} with one rounding.
     *
     * <p><b>Shapes</b>: x and y {@code [..., columns]}, scale and shift {@code [columns]}. y may be x; it must overlap
     * neither scale nor shift.
     *
     * @throws ShapeMismatchException if the operands do not fit
     */
    public void scaleShift(Tensor x, Tensor scale, Tensor shift, Tensor y) {
        RowsGeometry g = x.shape().rows();
        Checks.vector("scaleShift", "scale", scale, g.columns());
        Checks.vector("scaleShift", "shift", shift, g.columns());
        ShapeMismatchException.require("scaleShift", "output", y.shape(), x.shape());
        Checks.apartOrSame("scaleShift", "output", y, "input", x);
        Checks.apart("scaleShift", "output", y, "scale", scale);
        Checks.apart("scaleShift", "output", y, "shift", shift);
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.SCALE_SHIFT, g)
                    .run(
                            g,
                            x.array(),
                            x.offset(),
                            scale.array(),
                            scale.offset(),
                            shift.array(),
                            shift.offset(),
                            y.array(),
                            y.offset(),
                            workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /**
     * Computes {@code y[c] = sum over r of x[r, c]}: the gradient of a bias.
     *
     * <p><b>Shapes</b>: x {@code [..., columns]}, y {@code [columns]}. Overwrites y, which must not overlap x.
     *
     * @throws ShapeMismatchException if the operands do not fit
     */
    public void sum(Tensor x, Tensor y) {
        AxisGeometry g = x.shape().overRows();
        Checks.vector("sumRows", "output", y, g.inner());
        Checks.apart("sumRows", "output", y, "input", x);
        Workspace workspace = engine.borrow();
        try {
            engine.kernels().choose(Slot.REDUCE_SUM, g).run(g, x.array(), x.offset(), y.array(), y.offset(), workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /**
     * Computes the softmax of each row, {@code y[r, c] = exp(x[r, c]) / sum over i of exp(x[r, i])}, without overflow.
     *
     * <p><b>Shapes</b>: x and y {@code [..., columns]}; y may be x.
     *
     * @param logSumExp receives {@code log(sum over i of exp(x[r, i]))} for each row, or null where it is not wanted
     * @throws ShapeMismatchException if the shapes differ or there are fewer places than rows
     */
    public void softmax(Tensor x, Tensor y, float[] logSumExp) {
        softmax("softmax", Slot.SOFTMAX, x.shape().alongRows(), x, y, logSumExp);
    }

    /**
     * Computes the softmax along an axis, {@code y = exp(x) / sum of exp(x) along the axis}, without overflow.
     *
     * <p><b>Shapes</b>: x and y alike, of any rank above 0; y may be x.
     *
     * @param axis the axis along which the values of y sum to 1; a negative one counts from the end
     * @throws ShapeMismatchException if the shapes differ
     * @throws IndexOutOfBoundsException if there is no such axis
     */
    public void softmax(Tensor x, int axis, Tensor y) {
        softmax("softmax", Slot.SOFTMAX, AxisGeometry.of(x.shape(), axis), x, y, null);
    }

    /**
     * Computes the logarithm of the softmax along an axis, {@code y = x - log(sum of exp(x) along the axis)}, without
     * overflow and without the logarithm of a small number.
     *
     * <p><b>Shapes</b>: x and y alike, of any rank above 0; y may be x.
     *
     * @param axis the axis; a negative one counts from the end
     * @throws ShapeMismatchException if the shapes differ
     * @throws IndexOutOfBoundsException if there is no such axis
     */
    public void logSoftmax(Tensor x, int axis, Tensor y) {
        softmax("logSoftmax", Slot.LOG_SOFTMAX, AxisGeometry.of(x.shape(), axis), x, y, null);
    }

    /**
     * Computes {@code dx = y * (dy - sum of dy * y along the axis)}, the gradient of {@link #softmax(Tensor, int,
     * Tensor)}.
     *
     * <p><b>Shapes</b>: y, dy and dx alike; dx may be y or dy.
     *
     * @param y the output of the softmax
     * @param dy the gradient by it
     * @param axis the axis; a negative one counts from the end
     * @throws ShapeMismatchException if the shapes differ
     * @throws IndexOutOfBoundsException if there is no such axis
     */
    public void softmaxBackward(Tensor y, Tensor dy, int axis, Tensor dx) {
        softmaxBackward("softmax.backward", Slot.SOFTMAX_BACKWARD, y, dy, axis, dx);
    }

    /**
     * Computes {@code dx = dy - exp(y) * sum of dy along the axis}, the gradient of {@link #logSoftmax}.
     *
     * <p><b>Shapes</b>: y, dy and dx alike; dx may be y or dy.
     *
     * @param y the output of the logarithm of the softmax
     * @param dy the gradient by it
     * @param axis the axis; a negative one counts from the end
     * @throws ShapeMismatchException if the shapes differ
     * @throws IndexOutOfBoundsException if there is no such axis
     */
    public void logSoftmaxBackward(Tensor y, Tensor dy, int axis, Tensor dx) {
        softmaxBackward("logSoftmax.backward", Slot.LOG_SOFTMAX_BACKWARD, y, dy, axis, dx);
    }

    private void softmax(
            String op, Slot<AxisGeometry, SoftmaxKernel> slot, AxisGeometry g, Tensor x, Tensor y, float[] logSumExp) {
        ShapeMismatchException.require(op, "output", y.shape(), x.shape());
        Checks.apartOrSame(op, "output", y, "input", x);
        if (logSumExp != null && logSumExp.length < g.lines()) {
            throw new ShapeMismatchException(op, logSumExp.length + " places for log-sum-exp, needs " + g.lines());
        }
        Workspace workspace = engine.borrow();
        try {
            engine.kernels().choose(slot, g).run(g, x.array(), x.offset(), y.array(), y.offset(), logSumExp, workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    private void softmaxBackward(
            String op, Slot<AxisGeometry, SoftmaxBackwardKernel> slot, Tensor y, Tensor dy, int axis, Tensor dx) {
        ShapeMismatchException.require(op, "output gradient", dy.shape(), y.shape());
        ShapeMismatchException.require(op, "input gradient", dx.shape(), y.shape());
        Checks.apartOrSame(op, "input gradient", dx, "output", y);
        Checks.apartOrSame(op, "input gradient", dx, "output gradient", dy);
        AxisGeometry g = AxisGeometry.of(y.shape(), axis);
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(slot, g)
                    .run(g, y.array(), y.offset(), dy.array(), dy.offset(), dx.array(), dx.offset(), workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }
}
