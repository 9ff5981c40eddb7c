package dev.lanes.numerics.geometry;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The extent of an operation on {@code [rows, columns]} without gaps: elementwise functions, a vector added to every
 * row, sums over rows, softmax of each row. Immutable, safe for any thread.
 *
 * <p>Text form: {@code r64 c1000}; {@link #parse} reads it.
 */
public record RowsGeometry(int rows, int columns) {
    private static final Pattern TEXT = Pattern.compile("r(?<r>\\d+) c(?<c>\\d+)");

    /**
     * Checks the sizes; either may be 0.
     *
     * @throws IllegalArgumentException if a size is negative or their product does not fit one Java array
     */
    public RowsGeometry {
        if (rows < 0 || columns < 0 || (long) rows * columns > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("rows " + rows + " and columns " + columns
                    + " must not be negative and their product must fit one Java array");
        }
    }

    /** Returns the geometry that a text form describes; throws as the constructor does. */
    public static RowsGeometry parse(String text) {
        Matcher t = GeometryText.match(TEXT, text, "r64 c1000");
        return new RowsGeometry(GeometryText.number(t, "r"), GeometryText.number(t, "c"));
    }

    /** Returns {@code rows * columns}. */
    public int elements() {
        return rows * columns;
    }

    /** Returns the text form, as in {@code r64 c1000}. */
    @Override
    public String toString() {
        return "r" + rows + " c" + columns;
    }
}
