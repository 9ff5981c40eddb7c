package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.simd.Simd.D;
import static dev.lanes.numerics.kernels.vector.simd.Simd.DOUBLES;

import jdk.incubator.vector.DoubleVector;

/** The tiles of {@link RowTilesWide} in double precision: as many vectors, of half as many lanes. */
final class DoubleTiles {
    /** Columns of a tile. */
    static final int NR = 2 * DOUBLES;

    private DoubleTiles() {}

    /**
     * Adds a product to a tile of C: {@code c[i, j] = fma(a[i, p], b[p, j], c[i, j])} for p ascending.
     *
     * @param rows rows of the tile, one of those that {@link TileRows} cuts into
     * @param aRow distance in a between the rows of the tile; along k its elements are adjacent
     * @param b a packed panel, {@code [k][NR]}
     * @param ldc distance in c between the rows of the tile
     */
    static void run(int rows, int k, double[] a, int aAt, int aRow, double[] b, int bAt, double[] c, int cAt, int ldc) {
        switch (rows) {
            case 14 -> tile14(k, a, aAt, aRow, b, bAt, c, cAt, ldc);
            case 8 -> tile8(k, a, aAt, aRow, b, bAt, c, cAt, ldc);
            case 7 -> tile7(k, a, aAt, aRow, b, bAt, c, cAt, ldc);
            case 6 -> tile6(k, a, aAt, aRow, b, bAt, c, cAt, ldc);
            case 4 -> tile4(k, a, aAt, aRow, b, bAt, c, cAt, ldc);
            case 2 -> tile2(k, a, aAt, aRow, b, bAt, c, cAt, ldc);
            case 1 -> tile1(k, a, aAt, aRow, b, bAt, c, cAt, ldc);
            default -> throw new IllegalArgumentException("no tile of " + rows + " rows");
        }
    }

    private static void tile14(
            int k, double[] a, int aAt, int aRow, double[] b, int bAt, double[] c, int cAt, int ldc) {
        DoubleVector c0a = DoubleVector.fromArray(D, c, cAt);
        DoubleVector c0b = DoubleVector.fromArray(D, c, cAt + DOUBLES);
        DoubleVector c1a = DoubleVector.fromArray(D, c, cAt + ldc);
        DoubleVector c1b = DoubleVector.fromArray(D, c, cAt + ldc + DOUBLES);
        DoubleVector c2a = DoubleVector.fromArray(D, c, cAt + 2 * ldc);
        DoubleVector c2b = DoubleVector.fromArray(D, c, cAt + 2 * ldc + DOUBLES);
        DoubleVector c3a = DoubleVector.fromArray(D, c, cAt + 3 * ldc);
        DoubleVector c3b = DoubleVector.fromArray(D, c, cAt + 3 * ldc + DOUBLES);
        DoubleVector c4a = DoubleVector.fromArray(D, c, cAt + 4 * ldc);
        DoubleVector c4b = DoubleVector.fromArray(D, c, cAt + 4 * ldc + DOUBLES);
        DoubleVector c5a = DoubleVector.fromArray(D, c, cAt + 5 * ldc);
        DoubleVector c5b = DoubleVector.fromArray(D, c, cAt + 5 * ldc + DOUBLES);
        DoubleVector c6a = DoubleVector.fromArray(D, c, cAt + 6 * ldc);
        DoubleVector c6b = DoubleVector.fromArray(D, c, cAt + 6 * ldc + DOUBLES);
        DoubleVector c7a = DoubleVector.fromArray(D, c, cAt + 7 * ldc);
        DoubleVector c7b = DoubleVector.fromArray(D, c, cAt + 7 * ldc + DOUBLES);
        DoubleVector c8a = DoubleVector.fromArray(D, c, cAt + 8 * ldc);
        DoubleVector c8b = DoubleVector.fromArray(D, c, cAt + 8 * ldc + DOUBLES);
        DoubleVector c9a = DoubleVector.fromArray(D, c, cAt + 9 * ldc);
        DoubleVector c9b = DoubleVector.fromArray(D, c, cAt + 9 * ldc + DOUBLES);
        DoubleVector c10a = DoubleVector.fromArray(D, c, cAt + 10 * ldc);
        DoubleVector c10b = DoubleVector.fromArray(D, c, cAt + 10 * ldc + DOUBLES);
        DoubleVector c11a = DoubleVector.fromArray(D, c, cAt + 11 * ldc);
        DoubleVector c11b = DoubleVector.fromArray(D, c, cAt + 11 * ldc + DOUBLES);
        DoubleVector c12a = DoubleVector.fromArray(D, c, cAt + 12 * ldc);
        DoubleVector c12b = DoubleVector.fromArray(D, c, cAt + 12 * ldc + DOUBLES);
        DoubleVector c13a = DoubleVector.fromArray(D, c, cAt + 13 * ldc);
        DoubleVector c13b = DoubleVector.fromArray(D, c, cAt + 13 * ldc + DOUBLES);
        for (int p = 0; p < k; p++) {
            DoubleVector ba = DoubleVector.fromArray(D, b, bAt + p * NR);
            DoubleVector bb = DoubleVector.fromArray(D, b, bAt + p * NR + DOUBLES);
            DoubleVector a0 = DoubleVector.broadcast(D, a[aAt + p]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            DoubleVector a1 = DoubleVector.broadcast(D, a[aAt + p + aRow]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            DoubleVector a2 = DoubleVector.broadcast(D, a[aAt + p + 2 * aRow]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
            DoubleVector a3 = DoubleVector.broadcast(D, a[aAt + p + 3 * aRow]);
            c3a = a3.fma(ba, c3a);
            c3b = a3.fma(bb, c3b);
            DoubleVector a4 = DoubleVector.broadcast(D, a[aAt + p + 4 * aRow]);
            c4a = a4.fma(ba, c4a);
            c4b = a4.fma(bb, c4b);
            DoubleVector a5 = DoubleVector.broadcast(D, a[aAt + p + 5 * aRow]);
            c5a = a5.fma(ba, c5a);
            c5b = a5.fma(bb, c5b);
            DoubleVector a6 = DoubleVector.broadcast(D, a[aAt + p + 6 * aRow]);
            c6a = a6.fma(ba, c6a);
            c6b = a6.fma(bb, c6b);
            DoubleVector a7 = DoubleVector.broadcast(D, a[aAt + p + 7 * aRow]);
            c7a = a7.fma(ba, c7a);
            c7b = a7.fma(bb, c7b);
            DoubleVector a8 = DoubleVector.broadcast(D, a[aAt + p + 8 * aRow]);
            c8a = a8.fma(ba, c8a);
            c8b = a8.fma(bb, c8b);
            DoubleVector a9 = DoubleVector.broadcast(D, a[aAt + p + 9 * aRow]);
            c9a = a9.fma(ba, c9a);
            c9b = a9.fma(bb, c9b);
            DoubleVector a10 = DoubleVector.broadcast(D, a[aAt + p + 10 * aRow]);
            c10a = a10.fma(ba, c10a);
            c10b = a10.fma(bb, c10b);
            DoubleVector a11 = DoubleVector.broadcast(D, a[aAt + p + 11 * aRow]);
            c11a = a11.fma(ba, c11a);
            c11b = a11.fma(bb, c11b);
            DoubleVector a12 = DoubleVector.broadcast(D, a[aAt + p + 12 * aRow]);
            c12a = a12.fma(ba, c12a);
            c12b = a12.fma(bb, c12b);
            DoubleVector a13 = DoubleVector.broadcast(D, a[aAt + p + 13 * aRow]);
            c13a = a13.fma(ba, c13a);
            c13b = a13.fma(bb, c13b);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + DOUBLES);
        c1a.intoArray(c, cAt + ldc);
        c1b.intoArray(c, cAt + ldc + DOUBLES);
        c2a.intoArray(c, cAt + 2 * ldc);
        c2b.intoArray(c, cAt + 2 * ldc + DOUBLES);
        c3a.intoArray(c, cAt + 3 * ldc);
        c3b.intoArray(c, cAt + 3 * ldc + DOUBLES);
        c4a.intoArray(c, cAt + 4 * ldc);
        c4b.intoArray(c, cAt + 4 * ldc + DOUBLES);
        c5a.intoArray(c, cAt + 5 * ldc);
        c5b.intoArray(c, cAt + 5 * ldc + DOUBLES);
        c6a.intoArray(c, cAt + 6 * ldc);
        c6b.intoArray(c, cAt + 6 * ldc + DOUBLES);
        c7a.intoArray(c, cAt + 7 * ldc);
        c7b.intoArray(c, cAt + 7 * ldc + DOUBLES);
        c8a.intoArray(c, cAt + 8 * ldc);
        c8b.intoArray(c, cAt + 8 * ldc + DOUBLES);
        c9a.intoArray(c, cAt + 9 * ldc);
        c9b.intoArray(c, cAt + 9 * ldc + DOUBLES);
        c10a.intoArray(c, cAt + 10 * ldc);
        c10b.intoArray(c, cAt + 10 * ldc + DOUBLES);
        c11a.intoArray(c, cAt + 11 * ldc);
        c11b.intoArray(c, cAt + 11 * ldc + DOUBLES);
        c12a.intoArray(c, cAt + 12 * ldc);
        c12b.intoArray(c, cAt + 12 * ldc + DOUBLES);
        c13a.intoArray(c, cAt + 13 * ldc);
        c13b.intoArray(c, cAt + 13 * ldc + DOUBLES);
    }

    private static void tile8(int k, double[] a, int aAt, int aRow, double[] b, int bAt, double[] c, int cAt, int ldc) {
        DoubleVector c0a = DoubleVector.fromArray(D, c, cAt);
        DoubleVector c0b = DoubleVector.fromArray(D, c, cAt + DOUBLES);
        DoubleVector c1a = DoubleVector.fromArray(D, c, cAt + ldc);
        DoubleVector c1b = DoubleVector.fromArray(D, c, cAt + ldc + DOUBLES);
        DoubleVector c2a = DoubleVector.fromArray(D, c, cAt + 2 * ldc);
        DoubleVector c2b = DoubleVector.fromArray(D, c, cAt + 2 * ldc + DOUBLES);
        DoubleVector c3a = DoubleVector.fromArray(D, c, cAt + 3 * ldc);
        DoubleVector c3b = DoubleVector.fromArray(D, c, cAt + 3 * ldc + DOUBLES);
        DoubleVector c4a = DoubleVector.fromArray(D, c, cAt + 4 * ldc);
        DoubleVector c4b = DoubleVector.fromArray(D, c, cAt + 4 * ldc + DOUBLES);
        DoubleVector c5a = DoubleVector.fromArray(D, c, cAt + 5 * ldc);
        DoubleVector c5b = DoubleVector.fromArray(D, c, cAt + 5 * ldc + DOUBLES);
        DoubleVector c6a = DoubleVector.fromArray(D, c, cAt + 6 * ldc);
        DoubleVector c6b = DoubleVector.fromArray(D, c, cAt + 6 * ldc + DOUBLES);
        DoubleVector c7a = DoubleVector.fromArray(D, c, cAt + 7 * ldc);
        DoubleVector c7b = DoubleVector.fromArray(D, c, cAt + 7 * ldc + DOUBLES);
        for (int p = 0; p < k; p++) {
            DoubleVector ba = DoubleVector.fromArray(D, b, bAt + p * NR);
            DoubleVector bb = DoubleVector.fromArray(D, b, bAt + p * NR + DOUBLES);
            DoubleVector a0 = DoubleVector.broadcast(D, a[aAt + p]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            DoubleVector a1 = DoubleVector.broadcast(D, a[aAt + p + aRow]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            DoubleVector a2 = DoubleVector.broadcast(D, a[aAt + p + 2 * aRow]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
            DoubleVector a3 = DoubleVector.broadcast(D, a[aAt + p + 3 * aRow]);
            c3a = a3.fma(ba, c3a);
            c3b = a3.fma(bb, c3b);
            DoubleVector a4 = DoubleVector.broadcast(D, a[aAt + p + 4 * aRow]);
            c4a = a4.fma(ba, c4a);
            c4b = a4.fma(bb, c4b);
            DoubleVector a5 = DoubleVector.broadcast(D, a[aAt + p + 5 * aRow]);
            c5a = a5.fma(ba, c5a);
            c5b = a5.fma(bb, c5b);
            DoubleVector a6 = DoubleVector.broadcast(D, a[aAt + p + 6 * aRow]);
            c6a = a6.fma(ba, c6a);
            c6b = a6.fma(bb, c6b);
            DoubleVector a7 = DoubleVector.broadcast(D, a[aAt + p + 7 * aRow]);
            c7a = a7.fma(ba, c7a);
            c7b = a7.fma(bb, c7b);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + DOUBLES);
        c1a.intoArray(c, cAt + ldc);
        c1b.intoArray(c, cAt + ldc + DOUBLES);
        c2a.intoArray(c, cAt + 2 * ldc);
        c2b.intoArray(c, cAt + 2 * ldc + DOUBLES);
        c3a.intoArray(c, cAt + 3 * ldc);
        c3b.intoArray(c, cAt + 3 * ldc + DOUBLES);
        c4a.intoArray(c, cAt + 4 * ldc);
        c4b.intoArray(c, cAt + 4 * ldc + DOUBLES);
        c5a.intoArray(c, cAt + 5 * ldc);
        c5b.intoArray(c, cAt + 5 * ldc + DOUBLES);
        c6a.intoArray(c, cAt + 6 * ldc);
        c6b.intoArray(c, cAt + 6 * ldc + DOUBLES);
        c7a.intoArray(c, cAt + 7 * ldc);
        c7b.intoArray(c, cAt + 7 * ldc + DOUBLES);
    }

    private static void tile7(int k, double[] a, int aAt, int aRow, double[] b, int bAt, double[] c, int cAt, int ldc) {
        DoubleVector c0a = DoubleVector.fromArray(D, c, cAt);
        DoubleVector c0b = DoubleVector.fromArray(D, c, cAt + DOUBLES);
        DoubleVector c1a = DoubleVector.fromArray(D, c, cAt + ldc);
        DoubleVector c1b = DoubleVector.fromArray(D, c, cAt + ldc + DOUBLES);
        DoubleVector c2a = DoubleVector.fromArray(D, c, cAt + 2 * ldc);
        DoubleVector c2b = DoubleVector.fromArray(D, c, cAt + 2 * ldc + DOUBLES);
        DoubleVector c3a = DoubleVector.fromArray(D, c, cAt + 3 * ldc);
        DoubleVector c3b = DoubleVector.fromArray(D, c, cAt + 3 * ldc + DOUBLES);
        DoubleVector c4a = DoubleVector.fromArray(D, c, cAt + 4 * ldc);
        DoubleVector c4b = DoubleVector.fromArray(D, c, cAt + 4 * ldc + DOUBLES);
        DoubleVector c5a = DoubleVector.fromArray(D, c, cAt + 5 * ldc);
        DoubleVector c5b = DoubleVector.fromArray(D, c, cAt + 5 * ldc + DOUBLES);
        DoubleVector c6a = DoubleVector.fromArray(D, c, cAt + 6 * ldc);
        DoubleVector c6b = DoubleVector.fromArray(D, c, cAt + 6 * ldc + DOUBLES);
        for (int p = 0; p < k; p++) {
            DoubleVector ba = DoubleVector.fromArray(D, b, bAt + p * NR);
            DoubleVector bb = DoubleVector.fromArray(D, b, bAt + p * NR + DOUBLES);
            DoubleVector a0 = DoubleVector.broadcast(D, a[aAt + p]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            DoubleVector a1 = DoubleVector.broadcast(D, a[aAt + p + aRow]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            DoubleVector a2 = DoubleVector.broadcast(D, a[aAt + p + 2 * aRow]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
            DoubleVector a3 = DoubleVector.broadcast(D, a[aAt + p + 3 * aRow]);
            c3a = a3.fma(ba, c3a);
            c3b = a3.fma(bb, c3b);
            DoubleVector a4 = DoubleVector.broadcast(D, a[aAt + p + 4 * aRow]);
            c4a = a4.fma(ba, c4a);
            c4b = a4.fma(bb, c4b);
            DoubleVector a5 = DoubleVector.broadcast(D, a[aAt + p + 5 * aRow]);
            c5a = a5.fma(ba, c5a);
            c5b = a5.fma(bb, c5b);
            DoubleVector a6 = DoubleVector.broadcast(D, a[aAt + p + 6 * aRow]);
            c6a = a6.fma(ba, c6a);
            c6b = a6.fma(bb, c6b);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + DOUBLES);
        c1a.intoArray(c, cAt + ldc);
        c1b.intoArray(c, cAt + ldc + DOUBLES);
        c2a.intoArray(c, cAt + 2 * ldc);
        c2b.intoArray(c, cAt + 2 * ldc + DOUBLES);
        c3a.intoArray(c, cAt + 3 * ldc);
        c3b.intoArray(c, cAt + 3 * ldc + DOUBLES);
        c4a.intoArray(c, cAt + 4 * ldc);
        c4b.intoArray(c, cAt + 4 * ldc + DOUBLES);
        c5a.intoArray(c, cAt + 5 * ldc);
        c5b.intoArray(c, cAt + 5 * ldc + DOUBLES);
        c6a.intoArray(c, cAt + 6 * ldc);
        c6b.intoArray(c, cAt + 6 * ldc + DOUBLES);
    }

    private static void tile6(int k, double[] a, int aAt, int aRow, double[] b, int bAt, double[] c, int cAt, int ldc) {
        DoubleVector c0a = DoubleVector.fromArray(D, c, cAt);
        DoubleVector c0b = DoubleVector.fromArray(D, c, cAt + DOUBLES);
        DoubleVector c1a = DoubleVector.fromArray(D, c, cAt + ldc);
        DoubleVector c1b = DoubleVector.fromArray(D, c, cAt + ldc + DOUBLES);
        DoubleVector c2a = DoubleVector.fromArray(D, c, cAt + 2 * ldc);
        DoubleVector c2b = DoubleVector.fromArray(D, c, cAt + 2 * ldc + DOUBLES);
        DoubleVector c3a = DoubleVector.fromArray(D, c, cAt + 3 * ldc);
        DoubleVector c3b = DoubleVector.fromArray(D, c, cAt + 3 * ldc + DOUBLES);
        DoubleVector c4a = DoubleVector.fromArray(D, c, cAt + 4 * ldc);
        DoubleVector c4b = DoubleVector.fromArray(D, c, cAt + 4 * ldc + DOUBLES);
        DoubleVector c5a = DoubleVector.fromArray(D, c, cAt + 5 * ldc);
        DoubleVector c5b = DoubleVector.fromArray(D, c, cAt + 5 * ldc + DOUBLES);
        for (int p = 0; p < k; p++) {
            DoubleVector ba = DoubleVector.fromArray(D, b, bAt + p * NR);
            DoubleVector bb = DoubleVector.fromArray(D, b, bAt + p * NR + DOUBLES);
            DoubleVector a0 = DoubleVector.broadcast(D, a[aAt + p]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            DoubleVector a1 = DoubleVector.broadcast(D, a[aAt + p + aRow]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            DoubleVector a2 = DoubleVector.broadcast(D, a[aAt + p + 2 * aRow]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
            DoubleVector a3 = DoubleVector.broadcast(D, a[aAt + p + 3 * aRow]);
            c3a = a3.fma(ba, c3a);
            c3b = a3.fma(bb, c3b);
            DoubleVector a4 = DoubleVector.broadcast(D, a[aAt + p + 4 * aRow]);
            c4a = a4.fma(ba, c4a);
            c4b = a4.fma(bb, c4b);
            DoubleVector a5 = DoubleVector.broadcast(D, a[aAt + p + 5 * aRow]);
            c5a = a5.fma(ba, c5a);
            c5b = a5.fma(bb, c5b);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + DOUBLES);
        c1a.intoArray(c, cAt + ldc);
        c1b.intoArray(c, cAt + ldc + DOUBLES);
        c2a.intoArray(c, cAt + 2 * ldc);
        c2b.intoArray(c, cAt + 2 * ldc + DOUBLES);
        c3a.intoArray(c, cAt + 3 * ldc);
        c3b.intoArray(c, cAt + 3 * ldc + DOUBLES);
        c4a.intoArray(c, cAt + 4 * ldc);
        c4b.intoArray(c, cAt + 4 * ldc + DOUBLES);
        c5a.intoArray(c, cAt + 5 * ldc);
        c5b.intoArray(c, cAt + 5 * ldc + DOUBLES);
    }

    private static void tile4(int k, double[] a, int aAt, int aRow, double[] b, int bAt, double[] c, int cAt, int ldc) {
        DoubleVector c0a = DoubleVector.fromArray(D, c, cAt);
        DoubleVector c0b = DoubleVector.fromArray(D, c, cAt + DOUBLES);
        DoubleVector c1a = DoubleVector.fromArray(D, c, cAt + ldc);
        DoubleVector c1b = DoubleVector.fromArray(D, c, cAt + ldc + DOUBLES);
        DoubleVector c2a = DoubleVector.fromArray(D, c, cAt + 2 * ldc);
        DoubleVector c2b = DoubleVector.fromArray(D, c, cAt + 2 * ldc + DOUBLES);
        DoubleVector c3a = DoubleVector.fromArray(D, c, cAt + 3 * ldc);
        DoubleVector c3b = DoubleVector.fromArray(D, c, cAt + 3 * ldc + DOUBLES);
        for (int p = 0; p < k; p++) {
            DoubleVector ba = DoubleVector.fromArray(D, b, bAt + p * NR);
            DoubleVector bb = DoubleVector.fromArray(D, b, bAt + p * NR + DOUBLES);
            DoubleVector a0 = DoubleVector.broadcast(D, a[aAt + p]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            DoubleVector a1 = DoubleVector.broadcast(D, a[aAt + p + aRow]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            DoubleVector a2 = DoubleVector.broadcast(D, a[aAt + p + 2 * aRow]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
            DoubleVector a3 = DoubleVector.broadcast(D, a[aAt + p + 3 * aRow]);
            c3a = a3.fma(ba, c3a);
            c3b = a3.fma(bb, c3b);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + DOUBLES);
        c1a.intoArray(c, cAt + ldc);
        c1b.intoArray(c, cAt + ldc + DOUBLES);
        c2a.intoArray(c, cAt + 2 * ldc);
        c2b.intoArray(c, cAt + 2 * ldc + DOUBLES);
        c3a.intoArray(c, cAt + 3 * ldc);
        c3b.intoArray(c, cAt + 3 * ldc + DOUBLES);
    }

    private static void tile2(int k, double[] a, int aAt, int aRow, double[] b, int bAt, double[] c, int cAt, int ldc) {
        DoubleVector c0a = DoubleVector.fromArray(D, c, cAt);
        DoubleVector c0b = DoubleVector.fromArray(D, c, cAt + DOUBLES);
        DoubleVector c1a = DoubleVector.fromArray(D, c, cAt + ldc);
        DoubleVector c1b = DoubleVector.fromArray(D, c, cAt + ldc + DOUBLES);
        for (int p = 0; p < k; p++) {
            DoubleVector ba = DoubleVector.fromArray(D, b, bAt + p * NR);
            DoubleVector bb = DoubleVector.fromArray(D, b, bAt + p * NR + DOUBLES);
            DoubleVector a0 = DoubleVector.broadcast(D, a[aAt + p]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            DoubleVector a1 = DoubleVector.broadcast(D, a[aAt + p + aRow]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + DOUBLES);
        c1a.intoArray(c, cAt + ldc);
        c1b.intoArray(c, cAt + ldc + DOUBLES);
    }

    private static void tile1(int k, double[] a, int aAt, int aRow, double[] b, int bAt, double[] c, int cAt, int ldc) {
        DoubleVector c0a = DoubleVector.fromArray(D, c, cAt);
        DoubleVector c0b = DoubleVector.fromArray(D, c, cAt + DOUBLES);
        for (int p = 0; p < k; p++) {
            DoubleVector ba = DoubleVector.fromArray(D, b, bAt + p * NR);
            DoubleVector bb = DoubleVector.fromArray(D, b, bAt + p * NR + DOUBLES);
            DoubleVector a0 = DoubleVector.broadcast(D, a[aAt + p]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + DOUBLES);
    }
}
