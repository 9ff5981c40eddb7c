package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/** The tiles of {@link ColumnTilesWide} that have few rows. */
final class ColumnTilesSmall {
    private static final int NR = RowTilesWide.NR;

    private ColumnTilesSmall() {}

    /** Computes a tile of C as {@link ColumnTilesWide#run} does. */
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
            case 6 -> tile6(k, a, aAt, aStep, b, bAt, s, sAt, sRow, c, cAt, ldc);
            case 4 -> tile4(k, a, aAt, aStep, b, bAt, s, sAt, sRow, c, cAt, ldc);
            case 2 -> tile2(k, a, aAt, aStep, b, bAt, s, sAt, sRow, c, cAt, ldc);
            case 1 -> tile1(k, a, aAt, aStep, b, bAt, s, sAt, sRow, c, cAt, ldc);
            default -> throw new IllegalArgumentException("no tile of " + rows + " rows");
        }
    }

    private static void tile6(
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
    }

    private static void tile4(
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
    }

    private static void tile2(
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
            at += aStep;
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + LANES);
        c1a.intoArray(c, cAt + ldc);
        c1b.intoArray(c, cAt + ldc + LANES);
    }

    private static void tile1(
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
        int at = aAt;
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * NR);
            FloatVector bb = FloatVector.fromArray(F, b, bAt + p * NR + LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[at]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            at += aStep;
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + LANES);
    }
}
