package dev.lanes.numerics.kernels.vector.simd;

/**
 * Short rows taken several at a time, so that a loop over them is long and ends with a whole vector. How many depends on
 * the extents alone, never on the width of the vectors, so that sums in such rows have the same bits everywhere.
 */
public final class Folding {
    private static final int LONG_ENOUGH = 512;
    private static final int WIDEST = 16;
    private static final int MOST = 128;

    private Folding() {}

    /** Returns how many rows of {@code columns} to take at a time, a power of 2 up to 128 and to the number of rows. */
    public static int factor(int rows, int columns) {
        int factor = 1;
        while (columns < LONG_ENOUGH
                && factor < MOST
                && 2 * factor <= rows
                && (factor * columns < LONG_ENOUGH || factor * columns % WIDEST != 0)) {
            factor *= 2;
        }
        return factor;
    }

    /** Writes a row {@code factor} times. */
    public static void repeat(float[] row, int at, int columns, int factor, float[] y) {
        for (int i = 0; i < factor; i++) {
            System.arraycopy(row, at, y, i * columns, columns);
        }
    }
}
