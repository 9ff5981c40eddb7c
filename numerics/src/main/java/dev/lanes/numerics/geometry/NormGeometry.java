package dev.lanes.numerics.geometry;

import dev.lanes.numerics.Shape;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The extent of a normalisation of {@code x [batch, rows, columns]}: the columns of each image are cut into {@code
 * groups} of neighbours, and every group of every image has a mean and a variance of its own, over {@code rows * columns
 * / groups} values.
 *
 * <p>All the usual ones are cases of it: batch normalisation takes the whole batch as one image with a group for each
 * channel, instance normalisation does so image by image, layer normalisation has one row and one group, group
 * normalisation some groups of channels. Immutable, safe for any thread.
 *
 * <p>Text form: {@code b64 r784 c32 g8}; {@link #parse} reads it.
 */
public record NormGeometry(int batch, int rows, int columns, int groups) {
    private static final Pattern TEXT = Pattern.compile("b(?<b>\\d+) r(?<r>\\d+) c(?<c>\\d+) g(?<g>\\d+)");

    /**
     * Checks the sizes; the batch may be 0.
     *
     * @throws IllegalArgumentException if a size is below 1 (the batch below 0), the groups do not divide the columns, or
     *     the whole does not fit one Java array
     */
    public NormGeometry {
        if (batch < 0 || rows < 1 || columns < 1) {
            throw new IllegalArgumentException("normalise: batch " + batch + " must not be negative; rows " + rows
                    + " and columns " + columns + " must be at least 1");
        }
        if (groups < 1 || columns % groups != 0) {
            throw new IllegalArgumentException("normalise: " + groups + " groups must divide " + columns + " columns");
        }
        Shape.of(batch, rows, columns);
    }

    /** Returns the geometry that a text form describes; throws as the constructor does. */
    public static NormGeometry parse(String text) {
        Matcher t = GeometryText.match(TEXT, text, "b64 r784 c32 g8");
        return new NormGeometry(
                GeometryText.number(t, "b"),
                GeometryText.number(t, "r"),
                GeometryText.number(t, "c"),
                GeometryText.number(t, "g"));
    }

    /** Returns the number of values, {@code batch * rows * columns}. */
    public int elements() {
        return batch * rows * columns;
    }

    /** Returns the number of columns of a group. */
    public int groupColumns() {
        return columns / groups;
    }

    /** Returns how many values share a mean and a variance. */
    public int count() {
        return rows * groupColumns();
    }

    /** Returns how many means there are, and as many variances. */
    public int statistics() {
        return batch * groups;
    }

    /** Returns the text form, as in {@code b64 r784 c32 g8}. */
    @Override
    public String toString() {
        return "b" + batch + " r" + rows + " c" + columns + " g" + groups;
    }
}
