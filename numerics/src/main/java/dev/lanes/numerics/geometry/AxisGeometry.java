package dev.lanes.numerics.geometry;

import dev.lanes.numerics.Shape;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The extent of an operation along one axis of a tensor, which counts as {@code [outer, length, inner]}: softmax, sums,
 * maxima. Neighbours on the axis are {@code inner} elements apart. Immutable, safe for any thread.
 *
 * <p>Text form: {@code o64 l1000 i1}; {@link #parse} reads it.
 *
 * @param outer the product of the extents before the axis
 * @param length the extent of the axis
 * @param inner the product of the extents behind it
 */
public record AxisGeometry(int outer, int length, int inner) {
    private static final Pattern TEXT = Pattern.compile("o(?<o>\\d+) l(?<l>\\d+) i(?<i>\\d+)");

    /**
     * Checks the sizes; any may be 0.
     *
     * @throws IllegalArgumentException if a size is negative or the product does not fit one Java array
     */
    public AxisGeometry {
        long most = Integer.MAX_VALUE - 8L;
        if (outer < 0 || length < 0 || inner < 0 || product(outer, length, inner) > most) {
            throw new IllegalArgumentException("outer " + outer + ", length " + length + " and inner " + inner
                    + " must not be negative and their product must fit one Java array");
        }
    }

    private static long product(long outer, long length, long inner) {
        long two = outer * length; // below 2^62; the third may be 0, or overflow
        return two == 0 || inner == 0 ? 0 : two > Integer.MAX_VALUE ? Long.MAX_VALUE : two * inner;
    }

    /**
     * Returns a shape seen along an axis; a negative axis counts from the end.
     *
     * @throws IndexOutOfBoundsException if there is no such axis
     */
    public static AxisGeometry of(Shape shape, int axis) {
        int length = shape.dim(axis);
        int from = axis < 0 ? axis + shape.rank() : axis;
        return between(shape, from, length, from + 1);
    }

    /**
     * Returns a shape whose axes from {@code from} (inclusive) to {@code to} (exclusive) count as one; an empty range is
     * an axis of extent 1.
     *
     * @throws IndexOutOfBoundsException if the range is not inside the axes
     */
    public static AxisGeometry of(Shape shape, int from, int to) {
        Objects.checkFromToIndex(from, to, shape.rank());
        int length = 1;
        for (int axis = from; axis < to; axis++) {
            length *= shape.dim(axis);
        }
        return between(shape, from, length, to);
    }

    private static AxisGeometry between(Shape shape, int from, int length, int to) {
        int outer = 1;
        for (int axis = 0; axis < from; axis++) {
            outer *= shape.dim(axis);
        }
        int inner = 1;
        for (int axis = to; axis < shape.rank(); axis++) {
            inner *= shape.dim(axis);
        }
        return new AxisGeometry(outer, length, inner);
    }

    /** Returns the geometry that a text form describes; throws as the constructor does. */
    public static AxisGeometry parse(String text) {
        Matcher t = GeometryText.match(TEXT, text, "o64 l1000 i1");
        return new AxisGeometry(GeometryText.number(t, "o"), GeometryText.number(t, "l"), GeometryText.number(t, "i"));
    }

    /** Returns {@code outer * length * inner}. */
    public int elements() {
        return outer * length * inner;
    }

    /** Returns {@code outer * inner}: how many stretches along the axis there are, and elements in a reduced output. */
    public int lines() {
        return outer * inner;
    }

    /** Returns the text form, as in {@code o64 l1000 i1}. */
    @Override
    public String toString() {
        return "o" + outer + " l" + length + " i" + inner;
    }
}
