package dev.lanes.numerics;

import dev.lanes.numerics.geometry.AxisGeometry;
import java.util.Arrays;

/** What a set of axes that are reduced says of the shape of the result, and of where its elements lie. */
final class Axes {
    private Axes() {}

    /**
     * Returns, for each axis of the shape, whether it is among those given.
     *
     * @throws IllegalArgumentException if one is not there, or is named twice
     */
    static boolean[] reduced(String op, Shape shape, int[] axes) {
        boolean[] reduced = new boolean[shape.rank()];
        for (int axis : axes) {
            int index = axis < 0 ? axis + shape.rank() : axis;
            if (index < 0 || index >= shape.rank()) {
                throw new IllegalArgumentException(
                        op + ": axis " + axis + " of an input " + shape + ", which has " + shape.rank());
            }
            if (reduced[index]) {
                throw new IllegalArgumentException(op + ": axis " + axis + " is named twice");
            }
            reduced[index] = true;
        }
        return reduced;
    }

    /** Throws unless a result has the axes that stay, with or without ones in the place of the others. */
    static void requireOutput(String op, String operand, Shape actual, Shape input, boolean[] reduced) {
        int[] kept = new int[input.rank()];
        int[] left = new int[input.rank()];
        int rank = 0;
        for (int axis = 0; axis < kept.length; axis++) {
            kept[axis] = reduced[axis] ? 1 : input.dim(axis);
            if (!reduced[axis]) {
                left[rank++] = input.dim(axis);
            }
        }
        Shape without = Shape.of(Arrays.copyOf(left, rank));
        if (!actual.equals(without) && !actual.equals(Shape.of(kept))) {
            ShapeMismatchException.require(op, operand, actual, without);
        }
    }

    /** Tells whether the axes that are reduced lie beside one another. */
    static boolean beside(boolean[] reduced) {
        int changes = 0;
        for (int axis = 0; axis < reduced.length; axis++) {
            changes += reduced[axis] != (axis > 0 && reduced[axis - 1]) ? 1 : 0;
        }
        return changes <= 2;
    }

    /** Returns the reduction as one along a single axis: where they lie if {@link #beside}, else behind the others. */
    static AxisGeometry geometry(Shape shape, boolean[] reduced) {
        boolean beside = beside(reduced);
        int outer = 1;
        int length = 1;
        int inner = 1;
        boolean behind = false;
        for (int axis = 0; axis < reduced.length; axis++) {
            if (reduced[axis]) {
                length *= shape.dim(axis);
                behind = beside;
            } else if (behind) {
                inner *= shape.dim(axis);
            } else {
                outer *= shape.dim(axis);
            }
        }
        return new AxisGeometry(outer, length, inner);
    }

    /** Returns the strides of a copy that has the reduced axes behind the others, by the axis of the original. */
    static int[] lastStrides(Shape shape, boolean[] reduced) {
        int[] strides = new int[reduced.length];
        int stride = 1;
        for (boolean now : new boolean[] {true, false}) {
            for (int axis = reduced.length - 1; axis >= 0; axis--) {
                if (reduced[axis] == now) {
                    strides[axis] = stride;
                    stride *= shape.dim(axis);
                }
            }
        }
        return strides;
    }
}
