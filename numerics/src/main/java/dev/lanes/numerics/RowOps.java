package dev.lanes.numerics;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.Slot;
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
        RowsGeometry g = Checks.rows(x.shape());
        ShapeMismatchException.require("addRow", "row", row.shape(), Shape.of(g.columns()));
        ShapeMismatchException.require("addRow", "output", y.shape(), x.shape());
        Checks.apartOrSame("addRow", "output", y, "input", x);
        Checks.apart("addRow", "output", y, "row", row);
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.ADD_ROW, g)
                    .run(g, x.array(), x.offset(), row.array(), row.offset(), y.array(), y.offset(), workspace);
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
        RowsGeometry g = Checks.rows(x.shape());
        ShapeMismatchException.require("sumRows", "output", y.shape(), Shape.of(g.columns()));
        Checks.apart("sumRows", "output", y, "input", x);
        Workspace workspace = engine.borrow();
        try {
            engine.kernels().choose(Slot.SUM_ROWS, g).run(g, x.array(), x.offset(), y.array(), y.offset(), workspace);
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
        RowsGeometry g = Checks.rows(x.shape());
        ShapeMismatchException.require("softmax", "output", y.shape(), x.shape());
        Checks.apartOrSame("softmax", "output", y, "input", x);
        if (logSumExp != null && logSumExp.length < g.rows()) {
            throw new ShapeMismatchException(
                    "softmax", logSumExp.length + " places for log-sum-exp, needs " + g.rows());
        }
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.SOFTMAX, g)
                    .run(g, x.array(), x.offset(), y.array(), y.offset(), logSumExp, workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }
}
