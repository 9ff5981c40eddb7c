package dev.lanes.layers.ops;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import java.util.List;

/** The checks that several ops share. */
final class OpChecks {
    private OpChecks() {}

    /** Throws unless the number of inputs is within bounds. */
    static void inputs(String op, List<Shape> inputs, int least, int most) {
        if (inputs.size() < least || inputs.size() > most) {
            throw new ShapeMismatchException(
                    op,
                    "there are " + inputs.size() + " inputs, needs " + (least == most ? least : least + " to " + most));
        }
    }

    /** Throws unless a shape has as many axes as a pattern such as {@code [batch, in]} names. */
    static void rank(String op, String operandIs, Shape shape, int rank, String pattern) {
        if (shape.rank() != rank) {
            throw new ShapeMismatchException(op, operandIs + " " + shape + ", needs " + pattern);
        }
    }

    /** Throws unless a window fits at least once on an image {@code [batch, height, width, channels]}. */
    static void fits(String op, Shape x, Window2d window) {
        if (window.outH(x.dim(1)) < 1 || window.outW(x.dim(2)) < 1) {
            throw new ShapeMismatchException(
                    op,
                    "input " + x + " is " + x.dim(1) + "x" + x.dim(2) + ", window " + window + " needs at least "
                            + Math.max(1, window.extentH() - window.padTop() - window.padBottom()) + "x"
                            + Math.max(1, window.extentW() - window.padLeft() - window.padRight()));
        }
    }

    /** Returns the geometry of a pooling, or throws; {@code same} is padding that makes {@code out = ceil(in / stride)}. */
    static Pool2dGeometry pool(String op, List<Shape> inputs, Window2d window, boolean same) {
        inputs(op, inputs, 1, 1);
        Shape x = inputs.getFirst();
        rank(op, "input is", x, 4, "[batch, height, width, channels]");
        Window2d w = same ? window.samePadding(x.dim(1), x.dim(2)) : window;
        fits(op, x, w);
        return new Pool2dGeometry(x.dim(0), x.dim(1), x.dim(2), x.dim(3), w);
    }

    /** Returns a window's text, with {@code same} in the place of padding that depends on the image. */
    static String text(Window2d window, boolean same) {
        String text = window.toString();
        return same ? text.replaceFirst(" p[0-9x,]+", " same") : text;
    }

    /** Returns an axis counted from 0, where it may be given from -1 for the last backwards, or throws. */
    static int axis(String op, int axis, Shape shape) {
        if (axis < -shape.rank() || axis >= shape.rank()) {
            throw new ShapeMismatchException(op, "input is " + shape + ", has no axis " + axis);
        }
        return axis < 0 ? axis + shape.rank() : axis;
    }
}
