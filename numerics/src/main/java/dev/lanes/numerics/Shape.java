package dev.lanes.numerics;

import dev.lanes.numerics.geometry.AxisGeometry;
import dev.lanes.numerics.geometry.RowsGeometry;
import java.util.Arrays;

/**
 * The extents of a tensor, outermost axis first: {@code [batch, height, width, channels]} for images.
 *
 * <p>A shape has zero or more axes, each of extent zero or more; {@code Shape.of()} is the shape of a scalar. The
 * product of the extents fits an {@code int}, because a tensor lives in one Java array. Immutable, safe for any thread.
 *
 * <pre>{@code
 * Shape images = Shape.of(64, 28, 28, 1);
 * images.elements();      // 50176
 * images.dim(-1);         // 1, counted from the end
 * images.withDim(0, 32);  // [32, 28, 28, 1]
 * }</pre>
 */
public final class Shape {
    private final int[] dims;
    private final int elements;

    /** What calls of the engine ask for again and again; made when first wanted, by several threads alike. */
    private RowsGeometry rows;

    private RowsGeometry flat;
    private AxisGeometry overRows;
    private AxisGeometry alongRows;

    private Shape(int[] dims) {
        long product = 1;
        boolean empty = false;
        for (int dim : dims) {
            if (dim < 0) {
                throw new IllegalArgumentException("shape " + Arrays.toString(dims) + " has a negative extent");
            }
            empty |= dim == 0;
        }
        for (int dim : dims) {
            product = empty ? 0 : product * dim;
            if (product > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("shape " + Arrays.toString(dims)
                        + " has more elements than one Java array can hold (" + (Integer.MAX_VALUE - 8) + ")");
            }
        }
        this.dims = dims;
        this.elements = (int) product;
    }

    /**
     * Makes a shape of the given extents, outermost first.
     *
     * @throws IllegalArgumentException if an extent is negative or the product does not fit one Java array
     */
    public static Shape of(int... dims) {
        return new Shape(dims.clone());
    }

    /** Returns the number of axes; 0 for a scalar. */
    public int rank() {
        return dims.length;
    }

    /** Returns the number of elements: the product of the extents; 1 for a scalar. */
    public int elements() {
        return elements;
    }

    /**
     * Returns the extent of an axis; a negative axis counts from the end.
     *
     * @throws IndexOutOfBoundsException if there is no such axis
     */
    public int dim(int axis) {
        return dims[index(axis)];
    }

    /** Returns this shape with the extent of one axis replaced; a negative axis counts from the end. */
    public Shape withDim(int axis, int extent) {
        int[] copy = dims.clone();
        copy[index(axis)] = extent;
        return new Shape(copy);
    }

    /** Tells whether this is the shape {@code [d0]}, without making that. */
    boolean is(int d0) {
        return dims.length == 1 && dims[0] == d0;
    }

    /** Tells whether this is the shape {@code [d0, d1]}, without making that. */
    boolean is(int d0, int d1) {
        return dims.length == 2 && dims[0] == d0 && dims[1] == d1;
    }

    /** Tells whether this is the shape {@code [d0, d1, d2, d3]}, without making that. */
    boolean is(int d0, int d1, int d2, int d3) {
        return dims.length == 4 && dims[0] == d0 && dims[1] == d1 && dims[2] == d2 && dims[3] == d3;
    }

    /** Returns this as rows along the last axis; a scalar is one row of one. */
    RowsGeometry rows() {
        RowsGeometry known = rows;
        if (known == null) {
            int columns = dims.length == 0 ? 1 : dims[dims.length - 1];
            known = new RowsGeometry(columns == 0 ? 0 : elements / columns, columns);
            rows = known;
        }
        return known;
    }

    /** Returns this as one row. */
    RowsGeometry flat() {
        RowsGeometry known = flat;
        if (known == null) {
            known = new RowsGeometry(1, elements);
            flat = known;
        }
        return known;
    }

    /** Returns this as rows that are reduced to one. */
    AxisGeometry overRows() {
        AxisGeometry known = overRows;
        if (known == null) {
            known = new AxisGeometry(1, rows().rows(), rows().columns());
            overRows = known;
        }
        return known;
    }

    /** Returns this as rows each of which is reduced to a value. */
    AxisGeometry alongRows() {
        AxisGeometry known = alongRows;
        if (known == null) {
            known = new AxisGeometry(rows().rows(), rows().columns(), 1);
            alongRows = known;
        }
        return known;
    }

    /** Returns the extents as a fresh array. */
    public int[] toArray() {
        return dims.clone();
    }

    private int index(int axis) {
        int index = axis < 0 ? axis + dims.length : axis;
        if (index < 0 || index >= dims.length) {
            throw new IndexOutOfBoundsException("axis " + axis + " of shape " + this);
        }
        return index;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Shape shape && Arrays.equals(dims, shape.dims));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** Returns the extents in brackets, as in {@code [64, 28, 28, 1]}. */
    @Override
    public String toString() {
        return Arrays.toString(dims);
    }
}
