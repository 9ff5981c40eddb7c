package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

/**
 * Cuts a number of rows into tiles. A tile costs its multiply-adds, at least as many as cover their latency, and a step's
 * loads of the panel; the cheapest cut of every number of rows is found once.
 */
public final class TileRows {
    /** Rows of the largest tile: 28 accumulators of 32 registers, or 12 of 16. */
    public static final int MAX = LANES >= 16 ? 14 : 6;

    private static final int[] SIZES = {14, 8, 7, 6, 4, 2, 1};
    private static final int LATENCY = 8;
    private static final int LOADS = 2;
    /** The first tile of the cheapest cut. */
    private static final int[] FIRST = cut(8 * MAX);

    private TileRows() {}

    /** Returns the rows of the next tile, where {@code left} rows are left. */
    static int next(int left) {
        return left < FIRST.length ? FIRST[left] : MAX;
    }

    private static int[] cut(int rows) {
        int[] first = new int[rows];
        int[] cost = new int[rows];
        for (int left = 1; left < rows; left++) {
            cost[left] = Integer.MAX_VALUE;
            for (int size : SIZES) {
                if (size <= MAX && size <= left) {
                    int total = Math.max(2 * size, LATENCY) + LOADS + cost[left - size];
                    if (total < cost[left]) {
                        cost[left] = total;
                        first[left] = size;
                    }
                }
            }
        }
        return first;
    }
}
