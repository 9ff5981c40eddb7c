package dev.lanes.numerics;

import dev.lanes.numerics.geometry.RowsGeometry;

/** The checks that the groups of operations share. */
final class Checks {
    private Checks() {}

    /** Throws if an output shares memory with an input that is still read while the output is written. */
    static void apart(String operation, String outName, Tensor out, String inName, Tensor in) {
        if (out.array() == in.array()
                && out.offset() < in.offset() + in.elements()
                && in.offset() < out.offset() + out.elements()) {
            throw new IllegalArgumentException(
                    operation + ": " + outName + " must not share memory with " + inName + ", which is still read");
        }
    }

    /** Throws if an output overlaps an input without being exactly it: then elements would be read after a write. */
    static void apartOrSame(String operation, String outName, Tensor out, String inName, Tensor in) {
        if (out.offset() != in.offset() || out.elements() != in.elements()) {
            apart(operation, outName, out, inName, in);
        }
    }

    /** Returns the shape as rows along its last axis; a scalar is one row of one. */
    static RowsGeometry rows(Shape shape) {
        if (shape.rank() == 0) {
            return new RowsGeometry(1, 1);
        }
        int columns = shape.dim(-1);
        int rows = 1;
        for (int axis = 0; axis < shape.rank() - 1; axis++) {
            rows *= shape.dim(axis);
        }
        return new RowsGeometry(columns == 0 ? 0 : rows, columns);
    }
}
