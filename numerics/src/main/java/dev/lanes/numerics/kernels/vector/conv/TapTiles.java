package dev.lanes.numerics.kernels.vector.conv;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles of a gradient by the weights: some taps of the window times one or two vectors of channels of output, summed along
 * the pixels. Each tap is a view of {@link PixelPlanes} of its own, so any of them make a tile.
 *
 * <p>The form is that of {@link dev.lanes.numerics.kernels.vector.gemm.RowTilesWide}. 13 and 9 taps cut windows of 3x3 and 5x5 of one or three channels well.
 */
final class TapTiles {
    /** Taps of the tiles two vectors wide, in the order of preference: for 32 registers, or for 16. */
    private static final int[] WIDE = LANES >= 16 ? new int[] {13, 9} : new int[] {6};

    /** Taps of the tiles one vector wide. */
    private static final int[] NARROW = {13, 9};

    private TapTiles() {}

    /** Returns the taps of the tiles that leave the least of them idle. */
    static int taps(int k, boolean wide) {
        int[] sizes = wide ? WIDE : NARROW;
        int best = sizes[0];
        for (int size : sizes) {
            if (Math.ceilDiv(k, size) * size < Math.ceilDiv(k, best) * best) {
                best = size;
            }
        }
        return best;
    }

    /**
     * Adds a stretch of pixels to a tile: {@code c[r, j] = fma(x[xAt + taps[tap + r] + i], dy[i * pitch + j], c[r, j])} for
     * i ascending.
     *
     * @param size taps of the tile, one of those that {@link #taps} returns
     * @param wide whether the tile has two vectors of channels
     * @param n pixels
     * @param pitch distance in dy between them
     * @param c {@code [size][channels]} without gaps
     */
    static void run(
            int size,
            boolean wide,
            int n,
            float[] x,
            int xAt,
            int[] taps,
            int tap,
            float[] dy,
            int dyAt,
            int pitch,
            float[] c,
            int cAt) {
        switch (wide ? 2 * size : size) {
            case 26 -> tile13x2(n, x, xAt, taps, tap, dy, dyAt, pitch, c, cAt);
            case 18 -> tile9x2(n, x, xAt, taps, tap, dy, dyAt, pitch, c, cAt);
            case 12 -> tile6x2(n, x, xAt, taps, tap, dy, dyAt, pitch, c, cAt);
            case 13 -> TapTilesNarrow.tile13x1(n, x, xAt, taps, tap, dy, dyAt, pitch, c, cAt);
            case 9 -> TapTilesNarrow.tile9x1(n, x, xAt, taps, tap, dy, dyAt, pitch, c, cAt);
            default -> throw new IllegalArgumentException("no tile of " + size + " taps");
        }
    }

    private static void tile13x2(
            int n, float[] x, int xAt, int[] taps, int tap, float[] dy, int dyAt, int pitch, float[] c, int cAt) {
        int t0 = xAt + taps[tap];
        int t1 = xAt + taps[tap + 1];
        int t2 = xAt + taps[tap + 2];
        int t3 = xAt + taps[tap + 3];
        int t4 = xAt + taps[tap + 4];
        int t5 = xAt + taps[tap + 5];
        int t6 = xAt + taps[tap + 6];
        int t7 = xAt + taps[tap + 7];
        int t8 = xAt + taps[tap + 8];
        int t9 = xAt + taps[tap + 9];
        int t10 = xAt + taps[tap + 10];
        int t11 = xAt + taps[tap + 11];
        int t12 = xAt + taps[tap + 12];
        FloatVector c0a = FloatVector.fromArray(F, c, cAt);
        FloatVector c0b = FloatVector.fromArray(F, c, cAt + LANES);
        FloatVector c1a = FloatVector.fromArray(F, c, cAt + 2 * LANES);
        FloatVector c1b = FloatVector.fromArray(F, c, cAt + 3 * LANES);
        FloatVector c2a = FloatVector.fromArray(F, c, cAt + 4 * LANES);
        FloatVector c2b = FloatVector.fromArray(F, c, cAt + 5 * LANES);
        FloatVector c3a = FloatVector.fromArray(F, c, cAt + 6 * LANES);
        FloatVector c3b = FloatVector.fromArray(F, c, cAt + 7 * LANES);
        FloatVector c4a = FloatVector.fromArray(F, c, cAt + 8 * LANES);
        FloatVector c4b = FloatVector.fromArray(F, c, cAt + 9 * LANES);
        FloatVector c5a = FloatVector.fromArray(F, c, cAt + 10 * LANES);
        FloatVector c5b = FloatVector.fromArray(F, c, cAt + 11 * LANES);
        FloatVector c6a = FloatVector.fromArray(F, c, cAt + 12 * LANES);
        FloatVector c6b = FloatVector.fromArray(F, c, cAt + 13 * LANES);
        FloatVector c7a = FloatVector.fromArray(F, c, cAt + 14 * LANES);
        FloatVector c7b = FloatVector.fromArray(F, c, cAt + 15 * LANES);
        FloatVector c8a = FloatVector.fromArray(F, c, cAt + 16 * LANES);
        FloatVector c8b = FloatVector.fromArray(F, c, cAt + 17 * LANES);
        FloatVector c9a = FloatVector.fromArray(F, c, cAt + 18 * LANES);
        FloatVector c9b = FloatVector.fromArray(F, c, cAt + 19 * LANES);
        FloatVector c10a = FloatVector.fromArray(F, c, cAt + 20 * LANES);
        FloatVector c10b = FloatVector.fromArray(F, c, cAt + 21 * LANES);
        FloatVector c11a = FloatVector.fromArray(F, c, cAt + 22 * LANES);
        FloatVector c11b = FloatVector.fromArray(F, c, cAt + 23 * LANES);
        FloatVector c12a = FloatVector.fromArray(F, c, cAt + 24 * LANES);
        FloatVector c12b = FloatVector.fromArray(F, c, cAt + 25 * LANES);
        int at = dyAt;
        for (int i = 0; i < n; i++) {
            FloatVector da = FloatVector.fromArray(F, dy, at);
            FloatVector db = FloatVector.fromArray(F, dy, at + LANES);
            FloatVector x0 = FloatVector.broadcast(F, x[t0 + i]);
            c0a = x0.fma(da, c0a);
            c0b = x0.fma(db, c0b);
            FloatVector x1 = FloatVector.broadcast(F, x[t1 + i]);
            c1a = x1.fma(da, c1a);
            c1b = x1.fma(db, c1b);
            FloatVector x2 = FloatVector.broadcast(F, x[t2 + i]);
            c2a = x2.fma(da, c2a);
            c2b = x2.fma(db, c2b);
            FloatVector x3 = FloatVector.broadcast(F, x[t3 + i]);
            c3a = x3.fma(da, c3a);
            c3b = x3.fma(db, c3b);
            FloatVector x4 = FloatVector.broadcast(F, x[t4 + i]);
            c4a = x4.fma(da, c4a);
            c4b = x4.fma(db, c4b);
            FloatVector x5 = FloatVector.broadcast(F, x[t5 + i]);
            c5a = x5.fma(da, c5a);
            c5b = x5.fma(db, c5b);
            FloatVector x6 = FloatVector.broadcast(F, x[t6 + i]);
            c6a = x6.fma(da, c6a);
            c6b = x6.fma(db, c6b);
            FloatVector x7 = FloatVector.broadcast(F, x[t7 + i]);
            c7a = x7.fma(da, c7a);
            c7b = x7.fma(db, c7b);
            FloatVector x8 = FloatVector.broadcast(F, x[t8 + i]);
            c8a = x8.fma(da, c8a);
            c8b = x8.fma(db, c8b);
            FloatVector x9 = FloatVector.broadcast(F, x[t9 + i]);
            c9a = x9.fma(da, c9a);
            c9b = x9.fma(db, c9b);
            FloatVector x10 = FloatVector.broadcast(F, x[t10 + i]);
            c10a = x10.fma(da, c10a);
            c10b = x10.fma(db, c10b);
            FloatVector x11 = FloatVector.broadcast(F, x[t11 + i]);
            c11a = x11.fma(da, c11a);
            c11b = x11.fma(db, c11b);
            FloatVector x12 = FloatVector.broadcast(F, x[t12 + i]);
            c12a = x12.fma(da, c12a);
            c12b = x12.fma(db, c12b);
            at += pitch;
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + LANES);
        c1a.intoArray(c, cAt + 2 * LANES);
        c1b.intoArray(c, cAt + 3 * LANES);
        c2a.intoArray(c, cAt + 4 * LANES);
        c2b.intoArray(c, cAt + 5 * LANES);
        c3a.intoArray(c, cAt + 6 * LANES);
        c3b.intoArray(c, cAt + 7 * LANES);
        c4a.intoArray(c, cAt + 8 * LANES);
        c4b.intoArray(c, cAt + 9 * LANES);
        c5a.intoArray(c, cAt + 10 * LANES);
        c5b.intoArray(c, cAt + 11 * LANES);
        c6a.intoArray(c, cAt + 12 * LANES);
        c6b.intoArray(c, cAt + 13 * LANES);
        c7a.intoArray(c, cAt + 14 * LANES);
        c7b.intoArray(c, cAt + 15 * LANES);
        c8a.intoArray(c, cAt + 16 * LANES);
        c8b.intoArray(c, cAt + 17 * LANES);
        c9a.intoArray(c, cAt + 18 * LANES);
        c9b.intoArray(c, cAt + 19 * LANES);
        c10a.intoArray(c, cAt + 20 * LANES);
        c10b.intoArray(c, cAt + 21 * LANES);
        c11a.intoArray(c, cAt + 22 * LANES);
        c11b.intoArray(c, cAt + 23 * LANES);
        c12a.intoArray(c, cAt + 24 * LANES);
        c12b.intoArray(c, cAt + 25 * LANES);
    }

    private static void tile9x2(
            int n, float[] x, int xAt, int[] taps, int tap, float[] dy, int dyAt, int pitch, float[] c, int cAt) {
        int t0 = xAt + taps[tap];
        int t1 = xAt + taps[tap + 1];
        int t2 = xAt + taps[tap + 2];
        int t3 = xAt + taps[tap + 3];
        int t4 = xAt + taps[tap + 4];
        int t5 = xAt + taps[tap + 5];
        int t6 = xAt + taps[tap + 6];
        int t7 = xAt + taps[tap + 7];
        int t8 = xAt + taps[tap + 8];
        FloatVector c0a = FloatVector.fromArray(F, c, cAt);
        FloatVector c0b = FloatVector.fromArray(F, c, cAt + LANES);
        FloatVector c1a = FloatVector.fromArray(F, c, cAt + 2 * LANES);
        FloatVector c1b = FloatVector.fromArray(F, c, cAt + 3 * LANES);
        FloatVector c2a = FloatVector.fromArray(F, c, cAt + 4 * LANES);
        FloatVector c2b = FloatVector.fromArray(F, c, cAt + 5 * LANES);
        FloatVector c3a = FloatVector.fromArray(F, c, cAt + 6 * LANES);
        FloatVector c3b = FloatVector.fromArray(F, c, cAt + 7 * LANES);
        FloatVector c4a = FloatVector.fromArray(F, c, cAt + 8 * LANES);
        FloatVector c4b = FloatVector.fromArray(F, c, cAt + 9 * LANES);
        FloatVector c5a = FloatVector.fromArray(F, c, cAt + 10 * LANES);
        FloatVector c5b = FloatVector.fromArray(F, c, cAt + 11 * LANES);
        FloatVector c6a = FloatVector.fromArray(F, c, cAt + 12 * LANES);
        FloatVector c6b = FloatVector.fromArray(F, c, cAt + 13 * LANES);
        FloatVector c7a = FloatVector.fromArray(F, c, cAt + 14 * LANES);
        FloatVector c7b = FloatVector.fromArray(F, c, cAt + 15 * LANES);
        FloatVector c8a = FloatVector.fromArray(F, c, cAt + 16 * LANES);
        FloatVector c8b = FloatVector.fromArray(F, c, cAt + 17 * LANES);
        int at = dyAt;
        for (int i = 0; i < n; i++) {
            FloatVector da = FloatVector.fromArray(F, dy, at);
            FloatVector db = FloatVector.fromArray(F, dy, at + LANES);
            FloatVector x0 = FloatVector.broadcast(F, x[t0 + i]);
            c0a = x0.fma(da, c0a);
            c0b = x0.fma(db, c0b);
            FloatVector x1 = FloatVector.broadcast(F, x[t1 + i]);
            c1a = x1.fma(da, c1a);
            c1b = x1.fma(db, c1b);
            FloatVector x2 = FloatVector.broadcast(F, x[t2 + i]);
            c2a = x2.fma(da, c2a);
            c2b = x2.fma(db, c2b);
            FloatVector x3 = FloatVector.broadcast(F, x[t3 + i]);
            c3a = x3.fma(da, c3a);
            c3b = x3.fma(db, c3b);
            FloatVector x4 = FloatVector.broadcast(F, x[t4 + i]);
            c4a = x4.fma(da, c4a);
            c4b = x4.fma(db, c4b);
            FloatVector x5 = FloatVector.broadcast(F, x[t5 + i]);
            c5a = x5.fma(da, c5a);
            c5b = x5.fma(db, c5b);
            FloatVector x6 = FloatVector.broadcast(F, x[t6 + i]);
            c6a = x6.fma(da, c6a);
            c6b = x6.fma(db, c6b);
            FloatVector x7 = FloatVector.broadcast(F, x[t7 + i]);
            c7a = x7.fma(da, c7a);
            c7b = x7.fma(db, c7b);
            FloatVector x8 = FloatVector.broadcast(F, x[t8 + i]);
            c8a = x8.fma(da, c8a);
            c8b = x8.fma(db, c8b);
            at += pitch;
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + LANES);
        c1a.intoArray(c, cAt + 2 * LANES);
        c1b.intoArray(c, cAt + 3 * LANES);
        c2a.intoArray(c, cAt + 4 * LANES);
        c2b.intoArray(c, cAt + 5 * LANES);
        c3a.intoArray(c, cAt + 6 * LANES);
        c3b.intoArray(c, cAt + 7 * LANES);
        c4a.intoArray(c, cAt + 8 * LANES);
        c4b.intoArray(c, cAt + 9 * LANES);
        c5a.intoArray(c, cAt + 10 * LANES);
        c5b.intoArray(c, cAt + 11 * LANES);
        c6a.intoArray(c, cAt + 12 * LANES);
        c6b.intoArray(c, cAt + 13 * LANES);
        c7a.intoArray(c, cAt + 14 * LANES);
        c7b.intoArray(c, cAt + 15 * LANES);
        c8a.intoArray(c, cAt + 16 * LANES);
        c8b.intoArray(c, cAt + 17 * LANES);
    }

    private static void tile6x2(
            int n, float[] x, int xAt, int[] taps, int tap, float[] dy, int dyAt, int pitch, float[] c, int cAt) {
        int t0 = xAt + taps[tap];
        int t1 = xAt + taps[tap + 1];
        int t2 = xAt + taps[tap + 2];
        int t3 = xAt + taps[tap + 3];
        int t4 = xAt + taps[tap + 4];
        int t5 = xAt + taps[tap + 5];
        FloatVector c0a = FloatVector.fromArray(F, c, cAt);
        FloatVector c0b = FloatVector.fromArray(F, c, cAt + LANES);
        FloatVector c1a = FloatVector.fromArray(F, c, cAt + 2 * LANES);
        FloatVector c1b = FloatVector.fromArray(F, c, cAt + 3 * LANES);
        FloatVector c2a = FloatVector.fromArray(F, c, cAt + 4 * LANES);
        FloatVector c2b = FloatVector.fromArray(F, c, cAt + 5 * LANES);
        FloatVector c3a = FloatVector.fromArray(F, c, cAt + 6 * LANES);
        FloatVector c3b = FloatVector.fromArray(F, c, cAt + 7 * LANES);
        FloatVector c4a = FloatVector.fromArray(F, c, cAt + 8 * LANES);
        FloatVector c4b = FloatVector.fromArray(F, c, cAt + 9 * LANES);
        FloatVector c5a = FloatVector.fromArray(F, c, cAt + 10 * LANES);
        FloatVector c5b = FloatVector.fromArray(F, c, cAt + 11 * LANES);
        int at = dyAt;
        for (int i = 0; i < n; i++) {
            FloatVector da = FloatVector.fromArray(F, dy, at);
            FloatVector db = FloatVector.fromArray(F, dy, at + LANES);
            FloatVector x0 = FloatVector.broadcast(F, x[t0 + i]);
            c0a = x0.fma(da, c0a);
            c0b = x0.fma(db, c0b);
            FloatVector x1 = FloatVector.broadcast(F, x[t1 + i]);
            c1a = x1.fma(da, c1a);
            c1b = x1.fma(db, c1b);
            FloatVector x2 = FloatVector.broadcast(F, x[t2 + i]);
            c2a = x2.fma(da, c2a);
            c2b = x2.fma(db, c2b);
            FloatVector x3 = FloatVector.broadcast(F, x[t3 + i]);
            c3a = x3.fma(da, c3a);
            c3b = x3.fma(db, c3b);
            FloatVector x4 = FloatVector.broadcast(F, x[t4 + i]);
            c4a = x4.fma(da, c4a);
            c4b = x4.fma(db, c4b);
            FloatVector x5 = FloatVector.broadcast(F, x[t5 + i]);
            c5a = x5.fma(da, c5a);
            c5b = x5.fma(db, c5b);
            at += pitch;
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + LANES);
        c1a.intoArray(c, cAt + 2 * LANES);
        c1b.intoArray(c, cAt + 3 * LANES);
        c2a.intoArray(c, cAt + 4 * LANES);
        c2b.intoArray(c, cAt + 5 * LANES);
        c3a.intoArray(c, cAt + 6 * LANES);
        c3b.intoArray(c, cAt + 7 * LANES);
        c4a.intoArray(c, cAt + 8 * LANES);
        c4b.intoArray(c, cAt + 9 * LANES);
        c5a.intoArray(c, cAt + 10 * LANES);
        c5b.intoArray(c, cAt + 11 * LANES);
    }
}
