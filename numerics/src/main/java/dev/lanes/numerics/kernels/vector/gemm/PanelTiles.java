package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * The inner loops of products whose operands are both packed: tiles over a panel of {@link RowPanels} and one of {@link
 * Panels}, for vectors of which the processor does two a cycle, so that every instruction beside the multiply-adds counts.
 *
 * <p>Five rows of two vectors are ten accumulators; with the two vectors of B and the values of A they fill 16 registers
 * without a spill, where a tile of six spills as soon as C2 loads two values of A ahead. Both panels have the same distance
 * between their steps, so one index serves both: 23 instructions for ten multiply-adds, where a tile of six rows read in
 * place takes 34 for twelve.
 */
final class PanelTiles {
    /** Rows of the largest tile two vectors wide. */
    static final int WIDE_ROWS = 5;
    /** Rows of the largest tile one vector wide. */
    static final int NARROW_ROWS = 8;

    private static final int NR = RowTilesWide.NR;

    private PanelTiles() {}

    /**
     * Computes a tile of C as {@link RowTilesWide#run} does.
     *
     * @param wide whether b is two vectors wide, or one
     * @param a a panel of {@link RowPanels}, from the tile's first row on
     */
    static void run(
            boolean wide,
            int rows,
            int k,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] s,
            int sAt,
            int sRow,
            float[] c,
            int cAt,
            int ldc) {
        if (wide) {
            switch (rows) {
                case 5 -> wide5(k, a, aAt, b, bAt, s, sAt, sRow, c, cAt, ldc);
                case 4 -> wide4(k, a, aAt, b, bAt, s, sAt, sRow, c, cAt, ldc);
                case 3 -> wide3(k, a, aAt, b, bAt, s, sAt, sRow, c, cAt, ldc);
                case 2 -> wide2(k, a, aAt, b, bAt, s, sAt, sRow, c, cAt, ldc);
                case 1 -> wide1(k, a, aAt, b, bAt, s, sAt, sRow, c, cAt, ldc);
                default -> throw new IllegalArgumentException("no tile of " + rows + " rows");
            }
        } else {
            switch (rows) {
                case 8 -> narrow8(k, a, aAt, b, bAt, s, sAt, sRow, c, cAt, ldc);
                case 7 -> narrow7(k, a, aAt, b, bAt, s, sAt, sRow, c, cAt, ldc);
                case 6 -> narrow6(k, a, aAt, b, bAt, s, sAt, sRow, c, cAt, ldc);
                case 5 -> narrow5(k, a, aAt, b, bAt, s, sAt, sRow, c, cAt, ldc);
                case 4 -> narrow4(k, a, aAt, b, bAt, s, sAt, sRow, c, cAt, ldc);
                case 3 -> narrow3(k, a, aAt, b, bAt, s, sAt, sRow, c, cAt, ldc);
                case 2 -> narrow2(k, a, aAt, b, bAt, s, sAt, sRow, c, cAt, ldc);
                case 1 -> narrow1(k, a, aAt, b, bAt, s, sAt, sRow, c, cAt, ldc);
                default -> throw new IllegalArgumentException("no tile of " + rows + " rows");
            }
        }
    }

    private static void wide5(
            int k, float[] a, int aAt, float[] b, int bAt, float[] s, int sAt, int sRow, float[] c, int cAt, int ldc) {
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
        int d = aAt - bAt - 1;
        int end = bAt + k * NR;
        for (int q = bAt; q < end; q += NR) {
            int e = q + d;
            FloatVector ba = FloatVector.fromArray(F, b, q);
            FloatVector bb = FloatVector.fromArray(F, b, q + LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[e + 1]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            FloatVector a1 = FloatVector.broadcast(F, a[e + 2]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            FloatVector a2 = FloatVector.broadcast(F, a[e + 3]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
            FloatVector a3 = FloatVector.broadcast(F, a[e + 4]);
            c3a = a3.fma(ba, c3a);
            c3b = a3.fma(bb, c3b);
            FloatVector a4 = FloatVector.broadcast(F, a[e + 5]);
            c4a = a4.fma(ba, c4a);
            c4b = a4.fma(bb, c4b);
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
    }

    private static void wide4(
            int k, float[] a, int aAt, float[] b, int bAt, float[] s, int sAt, int sRow, float[] c, int cAt, int ldc) {
        FloatVector c0a = FloatVector.fromArray(F, s, sAt);
        FloatVector c0b = FloatVector.fromArray(F, s, sAt + LANES);
        FloatVector c1a = FloatVector.fromArray(F, s, sAt + sRow);
        FloatVector c1b = FloatVector.fromArray(F, s, sAt + sRow + LANES);
        FloatVector c2a = FloatVector.fromArray(F, s, sAt + 2 * sRow);
        FloatVector c2b = FloatVector.fromArray(F, s, sAt + 2 * sRow + LANES);
        FloatVector c3a = FloatVector.fromArray(F, s, sAt + 3 * sRow);
        FloatVector c3b = FloatVector.fromArray(F, s, sAt + 3 * sRow + LANES);
        int d = aAt - bAt - 1;
        int end = bAt + k * NR;
        for (int q = bAt; q < end; q += NR) {
            int e = q + d;
            FloatVector ba = FloatVector.fromArray(F, b, q);
            FloatVector bb = FloatVector.fromArray(F, b, q + LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[e + 1]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            FloatVector a1 = FloatVector.broadcast(F, a[e + 2]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            FloatVector a2 = FloatVector.broadcast(F, a[e + 3]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
            FloatVector a3 = FloatVector.broadcast(F, a[e + 4]);
            c3a = a3.fma(ba, c3a);
            c3b = a3.fma(bb, c3b);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + LANES);
        c1a.intoArray(c, cAt + ldc);
        c1b.intoArray(c, cAt + ldc + LANES);
        c2a.intoArray(c, cAt + 2 * ldc);
        c2b.intoArray(c, cAt + 2 * ldc + LANES);
        c3a.intoArray(c, cAt + 3 * ldc);
        c3b.intoArray(c, cAt + 3 * ldc + LANES);
    }

    private static void wide3(
            int k, float[] a, int aAt, float[] b, int bAt, float[] s, int sAt, int sRow, float[] c, int cAt, int ldc) {
        FloatVector c0a = FloatVector.fromArray(F, s, sAt);
        FloatVector c0b = FloatVector.fromArray(F, s, sAt + LANES);
        FloatVector c1a = FloatVector.fromArray(F, s, sAt + sRow);
        FloatVector c1b = FloatVector.fromArray(F, s, sAt + sRow + LANES);
        FloatVector c2a = FloatVector.fromArray(F, s, sAt + 2 * sRow);
        FloatVector c2b = FloatVector.fromArray(F, s, sAt + 2 * sRow + LANES);
        int d = aAt - bAt - 1;
        int end = bAt + k * NR;
        for (int q = bAt; q < end; q += NR) {
            int e = q + d;
            FloatVector ba = FloatVector.fromArray(F, b, q);
            FloatVector bb = FloatVector.fromArray(F, b, q + LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[e + 1]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            FloatVector a1 = FloatVector.broadcast(F, a[e + 2]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            FloatVector a2 = FloatVector.broadcast(F, a[e + 3]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + LANES);
        c1a.intoArray(c, cAt + ldc);
        c1b.intoArray(c, cAt + ldc + LANES);
        c2a.intoArray(c, cAt + 2 * ldc);
        c2b.intoArray(c, cAt + 2 * ldc + LANES);
    }

    private static void wide2(
            int k, float[] a, int aAt, float[] b, int bAt, float[] s, int sAt, int sRow, float[] c, int cAt, int ldc) {
        FloatVector c0a = FloatVector.fromArray(F, s, sAt);
        FloatVector c0b = FloatVector.fromArray(F, s, sAt + LANES);
        FloatVector c1a = FloatVector.fromArray(F, s, sAt + sRow);
        FloatVector c1b = FloatVector.fromArray(F, s, sAt + sRow + LANES);
        int d = aAt - bAt - 1;
        int end = bAt + k * NR;
        for (int q = bAt; q < end; q += NR) {
            int e = q + d;
            FloatVector ba = FloatVector.fromArray(F, b, q);
            FloatVector bb = FloatVector.fromArray(F, b, q + LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[e + 1]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            FloatVector a1 = FloatVector.broadcast(F, a[e + 2]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + LANES);
        c1a.intoArray(c, cAt + ldc);
        c1b.intoArray(c, cAt + ldc + LANES);
    }

    private static void wide1(
            int k, float[] a, int aAt, float[] b, int bAt, float[] s, int sAt, int sRow, float[] c, int cAt, int ldc) {
        FloatVector c0a = FloatVector.fromArray(F, s, sAt);
        FloatVector c0b = FloatVector.fromArray(F, s, sAt + LANES);
        int d = aAt - bAt - 1;
        int end = bAt + k * NR;
        for (int q = bAt; q < end; q += NR) {
            int e = q + d;
            FloatVector ba = FloatVector.fromArray(F, b, q);
            FloatVector bb = FloatVector.fromArray(F, b, q + LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[e + 1]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + LANES);
    }

    private static void narrow8(
            int k, float[] a, int aAt, float[] b, int bAt, float[] s, int sAt, int sRow, float[] c, int cAt, int ldc) {
        FloatVector c0 = FloatVector.fromArray(F, s, sAt);
        FloatVector c1 = FloatVector.fromArray(F, s, sAt + sRow);
        FloatVector c2 = FloatVector.fromArray(F, s, sAt + 2 * sRow);
        FloatVector c3 = FloatVector.fromArray(F, s, sAt + 3 * sRow);
        FloatVector c4 = FloatVector.fromArray(F, s, sAt + 4 * sRow);
        FloatVector c5 = FloatVector.fromArray(F, s, sAt + 5 * sRow);
        FloatVector c6 = FloatVector.fromArray(F, s, sAt + 6 * sRow);
        FloatVector c7 = FloatVector.fromArray(F, s, sAt + 7 * sRow);
        for (int p = 0; p < k; p++) {
            FloatVector bp = FloatVector.fromArray(F, b, bAt + p * LANES);
            c0 = FloatVector.broadcast(F, a[aAt + p * NR]).fma(bp, c0);
            c1 = FloatVector.broadcast(F, a[aAt + p * NR + 1]).fma(bp, c1);
            c2 = FloatVector.broadcast(F, a[aAt + p * NR + 2]).fma(bp, c2);
            c3 = FloatVector.broadcast(F, a[aAt + p * NR + 3]).fma(bp, c3);
            c4 = FloatVector.broadcast(F, a[aAt + p * NR + 4]).fma(bp, c4);
            c5 = FloatVector.broadcast(F, a[aAt + p * NR + 5]).fma(bp, c5);
            c6 = FloatVector.broadcast(F, a[aAt + p * NR + 6]).fma(bp, c6);
            c7 = FloatVector.broadcast(F, a[aAt + p * NR + 7]).fma(bp, c7);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + ldc);
        c2.intoArray(c, cAt + 2 * ldc);
        c3.intoArray(c, cAt + 3 * ldc);
        c4.intoArray(c, cAt + 4 * ldc);
        c5.intoArray(c, cAt + 5 * ldc);
        c6.intoArray(c, cAt + 6 * ldc);
        c7.intoArray(c, cAt + 7 * ldc);
    }

    private static void narrow7(
            int k, float[] a, int aAt, float[] b, int bAt, float[] s, int sAt, int sRow, float[] c, int cAt, int ldc) {
        FloatVector c0 = FloatVector.fromArray(F, s, sAt);
        FloatVector c1 = FloatVector.fromArray(F, s, sAt + sRow);
        FloatVector c2 = FloatVector.fromArray(F, s, sAt + 2 * sRow);
        FloatVector c3 = FloatVector.fromArray(F, s, sAt + 3 * sRow);
        FloatVector c4 = FloatVector.fromArray(F, s, sAt + 4 * sRow);
        FloatVector c5 = FloatVector.fromArray(F, s, sAt + 5 * sRow);
        FloatVector c6 = FloatVector.fromArray(F, s, sAt + 6 * sRow);
        for (int p = 0; p < k; p++) {
            FloatVector bp = FloatVector.fromArray(F, b, bAt + p * LANES);
            c0 = FloatVector.broadcast(F, a[aAt + p * NR]).fma(bp, c0);
            c1 = FloatVector.broadcast(F, a[aAt + p * NR + 1]).fma(bp, c1);
            c2 = FloatVector.broadcast(F, a[aAt + p * NR + 2]).fma(bp, c2);
            c3 = FloatVector.broadcast(F, a[aAt + p * NR + 3]).fma(bp, c3);
            c4 = FloatVector.broadcast(F, a[aAt + p * NR + 4]).fma(bp, c4);
            c5 = FloatVector.broadcast(F, a[aAt + p * NR + 5]).fma(bp, c5);
            c6 = FloatVector.broadcast(F, a[aAt + p * NR + 6]).fma(bp, c6);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + ldc);
        c2.intoArray(c, cAt + 2 * ldc);
        c3.intoArray(c, cAt + 3 * ldc);
        c4.intoArray(c, cAt + 4 * ldc);
        c5.intoArray(c, cAt + 5 * ldc);
        c6.intoArray(c, cAt + 6 * ldc);
    }

    private static void narrow6(
            int k, float[] a, int aAt, float[] b, int bAt, float[] s, int sAt, int sRow, float[] c, int cAt, int ldc) {
        FloatVector c0 = FloatVector.fromArray(F, s, sAt);
        FloatVector c1 = FloatVector.fromArray(F, s, sAt + sRow);
        FloatVector c2 = FloatVector.fromArray(F, s, sAt + 2 * sRow);
        FloatVector c3 = FloatVector.fromArray(F, s, sAt + 3 * sRow);
        FloatVector c4 = FloatVector.fromArray(F, s, sAt + 4 * sRow);
        FloatVector c5 = FloatVector.fromArray(F, s, sAt + 5 * sRow);
        for (int p = 0; p < k; p++) {
            FloatVector bp = FloatVector.fromArray(F, b, bAt + p * LANES);
            c0 = FloatVector.broadcast(F, a[aAt + p * NR]).fma(bp, c0);
            c1 = FloatVector.broadcast(F, a[aAt + p * NR + 1]).fma(bp, c1);
            c2 = FloatVector.broadcast(F, a[aAt + p * NR + 2]).fma(bp, c2);
            c3 = FloatVector.broadcast(F, a[aAt + p * NR + 3]).fma(bp, c3);
            c4 = FloatVector.broadcast(F, a[aAt + p * NR + 4]).fma(bp, c4);
            c5 = FloatVector.broadcast(F, a[aAt + p * NR + 5]).fma(bp, c5);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + ldc);
        c2.intoArray(c, cAt + 2 * ldc);
        c3.intoArray(c, cAt + 3 * ldc);
        c4.intoArray(c, cAt + 4 * ldc);
        c5.intoArray(c, cAt + 5 * ldc);
    }

    private static void narrow5(
            int k, float[] a, int aAt, float[] b, int bAt, float[] s, int sAt, int sRow, float[] c, int cAt, int ldc) {
        FloatVector c0 = FloatVector.fromArray(F, s, sAt);
        FloatVector c1 = FloatVector.fromArray(F, s, sAt + sRow);
        FloatVector c2 = FloatVector.fromArray(F, s, sAt + 2 * sRow);
        FloatVector c3 = FloatVector.fromArray(F, s, sAt + 3 * sRow);
        FloatVector c4 = FloatVector.fromArray(F, s, sAt + 4 * sRow);
        for (int p = 0; p < k; p++) {
            FloatVector bp = FloatVector.fromArray(F, b, bAt + p * LANES);
            c0 = FloatVector.broadcast(F, a[aAt + p * NR]).fma(bp, c0);
            c1 = FloatVector.broadcast(F, a[aAt + p * NR + 1]).fma(bp, c1);
            c2 = FloatVector.broadcast(F, a[aAt + p * NR + 2]).fma(bp, c2);
            c3 = FloatVector.broadcast(F, a[aAt + p * NR + 3]).fma(bp, c3);
            c4 = FloatVector.broadcast(F, a[aAt + p * NR + 4]).fma(bp, c4);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + ldc);
        c2.intoArray(c, cAt + 2 * ldc);
        c3.intoArray(c, cAt + 3 * ldc);
        c4.intoArray(c, cAt + 4 * ldc);
    }

    private static void narrow4(
            int k, float[] a, int aAt, float[] b, int bAt, float[] s, int sAt, int sRow, float[] c, int cAt, int ldc) {
        FloatVector c0 = FloatVector.fromArray(F, s, sAt);
        FloatVector c1 = FloatVector.fromArray(F, s, sAt + sRow);
        FloatVector c2 = FloatVector.fromArray(F, s, sAt + 2 * sRow);
        FloatVector c3 = FloatVector.fromArray(F, s, sAt + 3 * sRow);
        for (int p = 0; p < k; p++) {
            FloatVector bp = FloatVector.fromArray(F, b, bAt + p * LANES);
            c0 = FloatVector.broadcast(F, a[aAt + p * NR]).fma(bp, c0);
            c1 = FloatVector.broadcast(F, a[aAt + p * NR + 1]).fma(bp, c1);
            c2 = FloatVector.broadcast(F, a[aAt + p * NR + 2]).fma(bp, c2);
            c3 = FloatVector.broadcast(F, a[aAt + p * NR + 3]).fma(bp, c3);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + ldc);
        c2.intoArray(c, cAt + 2 * ldc);
        c3.intoArray(c, cAt + 3 * ldc);
    }

    private static void narrow3(
            int k, float[] a, int aAt, float[] b, int bAt, float[] s, int sAt, int sRow, float[] c, int cAt, int ldc) {
        FloatVector c0 = FloatVector.fromArray(F, s, sAt);
        FloatVector c1 = FloatVector.fromArray(F, s, sAt + sRow);
        FloatVector c2 = FloatVector.fromArray(F, s, sAt + 2 * sRow);
        for (int p = 0; p < k; p++) {
            FloatVector bp = FloatVector.fromArray(F, b, bAt + p * LANES);
            c0 = FloatVector.broadcast(F, a[aAt + p * NR]).fma(bp, c0);
            c1 = FloatVector.broadcast(F, a[aAt + p * NR + 1]).fma(bp, c1);
            c2 = FloatVector.broadcast(F, a[aAt + p * NR + 2]).fma(bp, c2);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + ldc);
        c2.intoArray(c, cAt + 2 * ldc);
    }

    private static void narrow2(
            int k, float[] a, int aAt, float[] b, int bAt, float[] s, int sAt, int sRow, float[] c, int cAt, int ldc) {
        FloatVector c0 = FloatVector.fromArray(F, s, sAt);
        FloatVector c1 = FloatVector.fromArray(F, s, sAt + sRow);
        for (int p = 0; p < k; p++) {
            FloatVector bp = FloatVector.fromArray(F, b, bAt + p * LANES);
            c0 = FloatVector.broadcast(F, a[aAt + p * NR]).fma(bp, c0);
            c1 = FloatVector.broadcast(F, a[aAt + p * NR + 1]).fma(bp, c1);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + ldc);
    }

    private static void narrow1(
            int k, float[] a, int aAt, float[] b, int bAt, float[] s, int sAt, int sRow, float[] c, int cAt, int ldc) {
        FloatVector c0 = FloatVector.fromArray(F, s, sAt);
        for (int p = 0; p < k; p++) {
            FloatVector bp = FloatVector.fromArray(F, b, bAt + p * LANES);
            c0 = FloatVector.broadcast(F, a[aAt + p * NR]).fma(bp, c0);
        }
        c0.intoArray(c, cAt);
    }
}
