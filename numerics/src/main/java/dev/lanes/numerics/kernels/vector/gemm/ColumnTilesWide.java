package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles two vectors wide whose left operand lies in columns: the elements of one step of k are adjacent, the steps {@code
 * aStep} apart. That is a transposed matrix, or the image in the gradient by the weights, read where it lies. The form is
 * that of {@link RowTilesWide}; the one check of the index that the variable step leaves in the loop costs nothing
 * measurable.
 */
final class ColumnTilesWide {
    private static final int NR = RowTilesWide.NR;

    private ColumnTilesWide() {}

    /**
     * Computes a tile of C: {@code c[i, j] = s[i, j] + a[p, i] * b[p, j]}, with fma for p ascending.
     *
     * @param rows rows of the tile, one of those that {@link TileRows} cuts into
     * @param aStep distance in a between the steps of k; the rows of the tile are adjacent
     * @param b a packed panel, {@code [k][NR]}
     * @param s what the sums begin from: c itself to add to it, or one row for all, such as the bias, with sRow 0
     * @param sRow distance in s between the rows of the tile
     * @param ldc distance in c between the rows of the tile
     */
    static void run(
            int rows,
            int k,
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            float[] s,
            int sAt,
            int sRow,
            float[] c,
            int cAt,
            int ldc) {
        switch (rows) {
            case 14 -> tile14(k, a, aAt, aStep, 7, b, bAt, s, sAt, sRow, c, cAt, ldc);
            case 8 -> tile8(k, a, aAt, aStep, b, bAt, s, sAt, sRow, c, cAt, ldc);
            case 7 -> tile7(k, a, aAt, aStep, b, bAt, s, sAt, sRow, c, cAt, ldc);
            default -> ColumnTilesSmall.run(rows, k, a, aAt, aStep, b, bAt, s, sAt, sRow, c, cAt, ldc);
        }
    }

    /**
     * The tile of 14 rows.
     *
     * @param half 7, in a variable: with one base for all rows C2 loads three of the last ones before it uses them, has no
     *     register for the third and keeps an accumulator on the stack, 18 cycles a step where 14 would do
     */
    private static void tile14(
            int k,
            float[] a,
            int aAt,
            int aStep,
            int half,
            float[] b,
            int bAt,
            float[] s,
            int sAt,
            int sRow,
            float[] c,
            int cAt,
            int ldc) {
        FloatVector c0a = FloatVector.fromArray(F, s, sAt);
        FloatVector c0b = FloatVector.fromArray(F, s, sAt + LANES);
        FloatVector c1a = FloatVector.fromArray(F, s, sAt + sRow);
        FloatVector c1b = FloatVector.fromArray(F, s, sAt + sRow + LANES);
        FloatVector c2a = FloatVector.fromArray(F, s, sAt + 2 * sRow);
        FloatVector c2b = FloatVector.fromArray(F, s, sAt + 2 * sRow + LANES);
        FloatVector c3a = FloatVector.fromArray(F, s, sAt + 3 * sRow);
        FloatVector c3b = FloatVector.fromArray(F, s, sAt + 3 * sRow + LANES);
        FloatVector c4a = FloatVector.fromArray(F, s, sAt + 4 * sRow);
        FloatVector c4b = FloatVector.fromArray(F, s, sAt + 4 * sRow + LANES);
        FloatVector c5a = FloatVector.fromArray(F, s, sAt + 5 * sRow);
        FloatVector c5b = FloatVector.fromArray(F, s, sAt + 5 * sRow + LANES);
        FloatVector c6a = FloatVector.fromArray(F, s, sAt + 6 * sRow);
        FloatVector c6b = FloatVector.fromArray(F, s, sAt + 6 * sRow + LANES);
        FloatVector c7a = FloatVector.fromArray(F, s, sAt + 7 * sRow);
        FloatVector c7b = FloatVector.fromArray(F, s, sAt + 7 * sRow + LANES);
        FloatVector c8a = FloatVector.fromArray(F, s, sAt + 8 * sRow);
        FloatVector c8b = FloatVector.fromArray(F, s, sAt + 8 * sRow + LANES);
        FloatVector c9a = FloatVector.fromArray(F, s, sAt + 9 * sRow);
        FloatVector c9b = FloatVector.fromArray(F, s, sAt + 9 * sRow + LANES);
        FloatVector c10a = FloatVector.fromArray(F, s, sAt + 10 * sRow);
        FloatVector c10b = FloatVector.fromArray(F, s, sAt + 10 * sRow + LANES);
        FloatVector c11a = FloatVector.fromArray(F, s, sAt + 11 * sRow);
        FloatVector c11b = FloatVector.fromArray(F, s, sAt + 11 * sRow + LANES);
        FloatVector c12a = FloatVector.fromArray(F, s, sAt + 12 * sRow);
        FloatVector c12b = FloatVector.fromArray(F, s, sAt + 12 * sRow + LANES);
        FloatVector c13a = FloatVector.fromArray(F, s, sAt + 13 * sRow);
        FloatVector c13b = FloatVector.fromArray(F, s, sAt + 13 * sRow + LANES);
        int at = aAt;
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * NR);
            FloatVector bb = FloatVector.fromArray(F, b, bAt + p * NR + LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[at]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            FloatVector a1 = FloatVector.broadcast(F, a[at + 1]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            FloatVector a2 = FloatVector.broadcast(F, a[at + 2]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
            FloatVector a3 = FloatVector.broadcast(F, a[at + 3]);
            c3a = a3.fma(ba, c3a);
            c3b = a3.fma(bb, c3b);
            FloatVector a4 = FloatVector.broadcast(F, a[at + 4]);
            c4a = a4.fma(ba, c4a);
            c4b = a4.fma(bb, c4b);
            FloatVector a5 = FloatVector.broadcast(F, a[at + 5]);
            c5a = a5.fma(ba, c5a);
            c5b = a5.fma(bb, c5b);
            FloatVector a6 = FloatVector.broadcast(F, a[at + 6]);
            c6a = a6.fma(ba, c6a);
            c6b = a6.fma(bb, c6b);
            FloatVector a7 = FloatVector.broadcast(F, a[at + half]);
            c7a = a7.fma(ba, c7a);
            c7b = a7.fma(bb, c7b);
            FloatVector a8 = FloatVector.broadcast(F, a[at + half + 1]);
            c8a = a8.fma(ba, c8a);
            c8b = a8.fma(bb, c8b);
            FloatVector a9 = FloatVector.broadcast(F, a[at + half + 2]);
            c9a = a9.fma(ba, c9a);
            c9b = a9.fma(bb, c9b);
            FloatVector a10 = FloatVector.broadcast(F, a[at + half + 3]);
            c10a = a10.fma(ba, c10a);
            c10b = a10.fma(bb, c10b);
            FloatVector a11 = FloatVector.broadcast(F, a[at + half + 4]);
            c11a = a11.fma(ba, c11a);
            c11b = a11.fma(bb, c11b);
            FloatVector a12 = FloatVector.broadcast(F, a[at + half + 5]);
            c12a = a12.fma(ba, c12a);
            c12b = a12.fma(bb, c12b);
            FloatVector a13 = FloatVector.broadcast(F, a[at + half + 6]);
            c13a = a13.fma(ba, c13a);
            c13b = a13.fma(bb, c13b);
            at += aStep;
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + LANES);
        c1a.intoArray(c, cAt + ldc);
        c1b.intoArray(c, cAt + ldc + LANES);
        c2a.intoArray(c, cAt + 2 * ldc);
        c2b.intoArray(c, cAt + 2 * ldc + LANES);
        c3a.intoArray(c, cAt + 3 * ldc);
        c3b.intoArray(c, cAt + 3 * ldc + LANES);
        c4a.intoArray(c, cAt + 4 * ldc);
        c4b.intoArray(c, cAt + 4 * ldc + LANES);
        c5a.intoArray(c, cAt + 5 * ldc);
        c5b.intoArray(c, cAt + 5 * ldc + LANES);
        c6a.intoArray(c, cAt + 6 * ldc);
        c6b.intoArray(c, cAt + 6 * ldc + LANES);
        c7a.intoArray(c, cAt + 7 * ldc);
        c7b.intoArray(c, cAt + 7 * ldc + LANES);
        c8a.intoArray(c, cAt + 8 * ldc);
        c8b.intoArray(c, cAt + 8 * ldc + LANES);
        c9a.intoArray(c, cAt + 9 * ldc);
        c9b.intoArray(c, cAt + 9 * ldc + LANES);
        c10a.intoArray(c, cAt + 10 * ldc);
        c10b.intoArray(c, cAt + 10 * ldc + LANES);
        c11a.intoArray(c, cAt + 11 * ldc);
        c11b.intoArray(c, cAt + 11 * ldc + LANES);
        c12a.intoArray(c, cAt + 12 * ldc);
        c12b.intoArray(c, cAt + 12 * ldc + LANES);
        c13a.intoArray(c, cAt + 13 * ldc);
        c13b.intoArray(c, cAt + 13 * ldc + LANES);
    }

    private static void tile8(
            int k,
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            float[] s,
            int sAt,
            int sRow,
            float[] c,
            int cAt,
            int ldc) {
        FloatVector c0a = FloatVector.fromArray(F, s, sAt);
        FloatVector c0b = FloatVector.fromArray(F, s, sAt + LANES);
        FloatVector c1a = FloatVector.fromArray(F, s, sAt + sRow);
        FloatVector c1b = FloatVector.fromArray(F, s, sAt + sRow + LANES);
        FloatVector c2a = FloatVector.fromArray(F, s, sAt + 2 * sRow);
        FloatVector c2b = FloatVector.fromArray(F, s, sAt + 2 * sRow + LANES);
        FloatVector c3a = FloatVector.fromArray(F, s, sAt + 3 * sRow);
        FloatVector c3b = FloatVector.fromArray(F, s, sAt + 3 * sRow + LANES);
        FloatVector c4a = FloatVector.fromArray(F, s, sAt + 4 * sRow);
        FloatVector c4b = FloatVector.fromArray(F, s, sAt + 4 * sRow + LANES);
        FloatVector c5a = FloatVector.fromArray(F, s, sAt + 5 * sRow);
        FloatVector c5b = FloatVector.fromArray(F, s, sAt + 5 * sRow + LANES);
        FloatVector c6a = FloatVector.fromArray(F, s, sAt + 6 * sRow);
        FloatVector c6b = FloatVector.fromArray(F, s, sAt + 6 * sRow + LANES);
        FloatVector c7a = FloatVector.fromArray(F, s, sAt + 7 * sRow);
        FloatVector c7b = FloatVector.fromArray(F, s, sAt + 7 * sRow + LANES);
        int at = aAt;
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * NR);
            FloatVector bb = FloatVector.fromArray(F, b, bAt + p * NR + LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[at]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            FloatVector a1 = FloatVector.broadcast(F, a[at + 1]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            FloatVector a2 = FloatVector.broadcast(F, a[at + 2]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
            FloatVector a3 = FloatVector.broadcast(F, a[at + 3]);
            c3a = a3.fma(ba, c3a);
            c3b = a3.fma(bb, c3b);
            FloatVector a4 = FloatVector.broadcast(F, a[at + 4]);
            c4a = a4.fma(ba, c4a);
            c4b = a4.fma(bb, c4b);
            FloatVector a5 = FloatVector.broadcast(F, a[at + 5]);
            c5a = a5.fma(ba, c5a);
            c5b = a5.fma(bb, c5b);
            FloatVector a6 = FloatVector.broadcast(F, a[at + 6]);
            c6a = a6.fma(ba, c6a);
            c6b = a6.fma(bb, c6b);
            FloatVector a7 = FloatVector.broadcast(F, a[at + 7]);
            c7a = a7.fma(ba, c7a);
            c7b = a7.fma(bb, c7b);
            at += aStep;
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + LANES);
        c1a.intoArray(c, cAt + ldc);
        c1b.intoArray(c, cAt + ldc + LANES);
        c2a.intoArray(c, cAt + 2 * ldc);
        c2b.intoArray(c, cAt + 2 * ldc + LANES);
        c3a.intoArray(c, cAt + 3 * ldc);
        c3b.intoArray(c, cAt + 3 * ldc + LANES);
        c4a.intoArray(c, cAt + 4 * ldc);
        c4b.intoArray(c, cAt + 4 * ldc + LANES);
        c5a.intoArray(c, cAt + 5 * ldc);
        c5b.intoArray(c, cAt + 5 * ldc + LANES);
        c6a.intoArray(c, cAt + 6 * ldc);
        c6b.intoArray(c, cAt + 6 * ldc + LANES);
        c7a.intoArray(c, cAt + 7 * ldc);
        c7b.intoArray(c, cAt + 7 * ldc + LANES);
    }

    private static void tile7(
            int k,
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            float[] s,
            int sAt,
            int sRow,
            float[] c,
            int cAt,
            int ldc) {
        FloatVector c0a = FloatVector.fromArray(F, s, sAt);
        FloatVector c0b = FloatVector.fromArray(F, s, sAt + LANES);
        FloatVector c1a = FloatVector.fromArray(F, s, sAt + sRow);
        FloatVector c1b = FloatVector.fromArray(F, s, sAt + sRow + LANES);
        FloatVector c2a = FloatVector.fromArray(F, s, sAt + 2 * sRow);
        FloatVector c2b = FloatVector.fromArray(F, s, sAt + 2 * sRow + LANES);
        FloatVector c3a = FloatVector.fromArray(F, s, sAt + 3 * sRow);
        FloatVector c3b = FloatVector.fromArray(F, s, sAt + 3 * sRow + LANES);
        FloatVector c4a = FloatVector.fromArray(F, s, sAt + 4 * sRow);
        FloatVector c4b = FloatVector.fromArray(F, s, sAt + 4 * sRow + LANES);
        FloatVector c5a = FloatVector.fromArray(F, s, sAt + 5 * sRow);
        FloatVector c5b = FloatVector.fromArray(F, s, sAt + 5 * sRow + LANES);
        FloatVector c6a = FloatVector.fromArray(F, s, sAt + 6 * sRow);
        FloatVector c6b = FloatVector.fromArray(F, s, sAt + 6 * sRow + LANES);
        int at = aAt;
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * NR);
            FloatVector bb = FloatVector.fromArray(F, b, bAt + p * NR + LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[at]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            FloatVector a1 = FloatVector.broadcast(F, a[at + 1]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            FloatVector a2 = FloatVector.broadcast(F, a[at + 2]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
            FloatVector a3 = FloatVector.broadcast(F, a[at + 3]);
            c3a = a3.fma(ba, c3a);
            c3b = a3.fma(bb, c3b);
            FloatVector a4 = FloatVector.broadcast(F, a[at + 4]);
            c4a = a4.fma(ba, c4a);
            c4b = a4.fma(bb, c4b);
            FloatVector a5 = FloatVector.broadcast(F, a[at + 5]);
            c5a = a5.fma(ba, c5a);
            c5b = a5.fma(bb, c5b);
            FloatVector a6 = FloatVector.broadcast(F, a[at + 6]);
            c6a = a6.fma(ba, c6a);
            c6b = a6.fma(bb, c6b);
            at += aStep;
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + LANES);
        c1a.intoArray(c, cAt + ldc);
        c1b.intoArray(c, cAt + ldc + LANES);
        c2a.intoArray(c, cAt + 2 * ldc);
        c2b.intoArray(c, cAt + 2 * ldc + LANES);
        c3a.intoArray(c, cAt + 3 * ldc);
        c3b.intoArray(c, cAt + 3 * ldc + LANES);
        c4a.intoArray(c, cAt + 4 * ldc);
        c4b.intoArray(c, cAt + 4 * ldc + LANES);
        c5a.intoArray(c, cAt + 5 * ldc);
        c5b.intoArray(c, cAt + 5 * ldc + LANES);
        c6a.intoArray(c, cAt + 6 * ldc);
        c6b.intoArray(c, cAt + 6 * ldc + LANES);
    }
}
