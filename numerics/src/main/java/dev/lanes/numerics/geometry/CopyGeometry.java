package dev.lanes.numerics.geometry;

/**
 * The extent of a copy of {@code rows} stretches of {@code columns} values, {@code fromStride} apart where they come from
 * and {@code toStride} apart where they go. Immutable, safe for any thread.
 */
public record CopyGeometry(int rows, int columns, int fromStride, int toStride) {
    /**
     * Checks the sizes; there may be no rows or columns.
     *
     * @throws IllegalArgumentException if a size is negative, or the stretches overlap
     */
    public CopyGeometry {
        if (rows < 0 || columns < 0 || columns > fromStride || columns > toStride) {
            throw new IllegalArgumentException("copy: rows " + rows + " and columns " + columns
                    + " must not be negative, columns at most the strides " + fromStride + " and " + toStride);
        }
    }

    /** Returns the extents, as in {@code r64 c16 from 16 to 48}. */
    @Override
    public String toString() {
        return "r" + rows + " c" + columns + " from " + fromStride + " to " + toStride;
    }
}
