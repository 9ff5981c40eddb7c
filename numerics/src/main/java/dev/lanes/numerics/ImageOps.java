package dev.lanes.numerics;

import dev.lanes.numerics.geometry.CopyGeometry;
import dev.lanes.numerics.geometry.LrnGeometry;
import dev.lanes.numerics.geometry.Resample2dGeometry;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;

/**
 * What an {@link Engine} does with images beside convolving and pooling: changing their size, padding, cutting and
 * joining, and normalising across neighbouring channels.
 */
public final class ImageOps {
    private final Engine engine;

    ImageOps(Engine engine) {
        this.engine = engine;
    }

    /**
     * Maps images linearly along both axes: enlarges, reduces, pads or averages them, or carries gradients back, as the
     * geometry says. Overwrites y, which must not share memory with x.
     *
     * @throws ShapeMismatchException if an operand does not have the shape that the geometry gives
     */
    public void resample(Tensor x, Resample2dGeometry g, Tensor y) {
        String op = "resample2d";
        ShapeMismatchException.require(op, "input", x.shape(), g.inputShape(), g);
        ShapeMismatchException.require(op, "output", y.shape(), g.outputShape(), g);
        Checks.apart(op, "output", y, "input", x);
        Workspace workspace = engine.borrow();
        try {
            engine.kernels().choose(Slot.RESAMPLE2D, g).run(g, x.array(), x.offset(), y.array(), y.offset(), workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /**
     * Copies columns {@code from} to before {@code from + columns} of x, seen as rows of {@code xColumns}, to those from
     * {@code to} on of y, seen as rows of {@code yColumns}. The rest of y stays; y must not share memory with x.
     *
     * <p>To join or cut along an axis, a row is what one index of the axes before it has.
     *
     * @throws ShapeMismatchException if the tensors are not whole rows, not equally many, or too short
     */
    public void copyColumns(Tensor x, int xColumns, int from, Tensor y, int yColumns, int to, int columns) {
        String op = "copyColumns";
        boolean whole = xColumns > 0
                && yColumns > 0
                && x.elements() % xColumns == 0
                && y.elements() % yColumns == 0
                && x.elements() / xColumns == y.elements() / yColumns;
        if (!whole) {
            throw new ShapeMismatchException(
                    op,
                    "input " + x.shape() + " and output " + y.shape() + " are not as many rows of " + xColumns + " and "
                            + yColumns);
        }
        if (columns < 0 || from < 0 || to < 0 || from > xColumns - columns || to > yColumns - columns) {
            throw new ShapeMismatchException(
                    op,
                    columns + " columns from " + from + " of " + xColumns + " do not fit " + to + " and on of "
                            + yColumns);
        }
        Checks.apart(op, "output", y, "input", x);
        CopyGeometry g = new CopyGeometry(x.elements() / xColumns, columns, xColumns, yColumns);
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.COPY, g)
                    .run(g, x.array(), x.offset() + from, y.array(), y.offset() + to, workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /**
     * Computes the local response normalisation; {@link LrnGeometry} has the formula. Overwrites y, which may be x.
     *
     * @throws ShapeMismatchException if an operand does not have as many elements as the geometry says
     */
    public void lrn(Tensor x, LrnGeometry g, Tensor y) {
        elements("lrn", "input", x, g);
        elements("lrn", "output", y, g);
        Checks.apartOrSame("lrn", "output", y, "input", x);
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.LRN_FORWARD, g)
                    .run(g, x.array(), x.offset(), y.array(), y.offset(), workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /**
     * Computes the gradient of {@link #lrn} by its input. Overwrites dx, which may be dy and must not overlap x.
     *
     * @throws ShapeMismatchException if an operand does not have as many elements as the geometry says
     */
    public void lrnBackward(Tensor x, Tensor dy, LrnGeometry g, Tensor dx) {
        String op = "lrn.backward";
        elements(op, "input", x, g);
        elements(op, "output gradient", dy, g);
        elements(op, "input gradient", dx, g);
        Checks.apartOrSame(op, "input gradient", dx, "output gradient", dy);
        Checks.apart(op, "input gradient", dx, "input", x);
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.LRN_BACKWARD, g)
                    .run(g, x.array(), x.offset(), dy.array(), dy.offset(), dx.array(), dx.offset(), workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    private static void elements(String op, String what, Tensor t, LrnGeometry g) {
        if (t.elements() != g.elements()) {
            throw new ShapeMismatchException(
                    op,
                    what + " " + t.shape() + " has " + t.elements() + " elements, needs " + g.elements() + "; " + g);
        }
    }
}
