package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/** The tiles of {@link ColumnTilesWide} one vector wide. */
final class ColumnTilesNarrow {
    private ColumnTilesNarrow() {}

    /** Computes a tile of C as {@link ColumnTilesWide#run} does; b is {@code [k][LANES]}. */
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
            case 14 -> tile14(k, a, aAt, aStep, b, bAt, s, sAt, sRow, c, cAt, ldc);
            case 8 -> tile8(k, a, aAt, aStep, b, bAt, s, sAt, sRow, c, cAt, ldc);
            case 7 -> tile7(k, a, aAt, aStep, b, bAt, s, sAt, sRow, c, cAt, ldc);
            case 6 -> tile6(k, a, aAt, aStep, b, bAt, s, sAt, sRow, c, cAt, ldc);
            case 4 -> tile4(k, a, aAt, aStep, b, bAt, s, sAt, sRow, c, cAt, ldc);
            case 2 -> tile2(k, a, aAt, aStep, b, bAt, s, sAt, sRow, c, cAt, ldc);
            case 1 -> tile1(k, a, aAt, aStep, b, bAt, s, sAt, sRow, c, cAt, ldc);
            default -> throw new IllegalArgumentException("no tile of " + rows + " rows");
        }
    }

    private static void tile14(
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
        FloatVector c1a = FloatVector.fromArray(F, s, sAt + sRow);
        FloatVector c2a = FloatVector.fromArray(F, s, sAt + 2 * sRow);
        FloatVector c3a = FloatVector.fromArray(F, s, sAt + 3 * sRow);
        FloatVector c4a = FloatVector.fromArray(F, s, sAt + 4 * sRow);
        FloatVector c5a = FloatVector.fromArray(F, s, sAt + 5 * sRow);
        FloatVector c6a = FloatVector.fromArray(F, s, sAt + 6 * sRow);
        FloatVector c7a = FloatVector.fromArray(F, s, sAt + 7 * sRow);
        FloatVector c8a = FloatVector.fromArray(F, s, sAt + 8 * sRow);
        FloatVector c9a = FloatVector.fromArray(F, s, sAt + 9 * sRow);
        FloatVector c10a = FloatVector.fromArray(F, s, sAt + 10 * sRow);
        FloatVector c11a = FloatVector.fromArray(F, s, sAt + 11 * sRow);
        FloatVector c12a = FloatVector.fromArray(F, s, sAt + 12 * sRow);
        FloatVector c13a = FloatVector.fromArray(F, s, sAt + 13 * sRow);
        int at = aAt;
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[at]);
            c0a = a0.fma(ba, c0a);
            FloatVector a1 = FloatVector.broadcast(F, a[at + 1]);
            c1a = a1.fma(ba, c1a);
            FloatVector a2 = FloatVector.broadcast(F, a[at + 2]);
            c2a = a2.fma(ba, c2a);
            FloatVector a3 = FloatVector.broadcast(F, a[at + 3]);
            c3a = a3.fma(ba, c3a);
            FloatVector a4 = FloatVector.broadcast(F, a[at + 4]);
            c4a = a4.fma(ba, c4a);
            FloatVector a5 = FloatVector.broadcast(F, a[at + 5]);
            c5a = a5.fma(ba, c5a);
            FloatVector a6 = FloatVector.broadcast(F, a[at + 6]);
            c6a = a6.fma(ba, c6a);
            FloatVector a7 = FloatVector.broadcast(F, a[at + 7]);
            c7a = a7.fma(ba, c7a);
            FloatVector a8 = FloatVector.broadcast(F, a[at + 8]);
            c8a = a8.fma(ba, c8a);
            FloatVector a9 = FloatVector.broadcast(F, a[at + 9]);
            c9a = a9.fma(ba, c9a);
            FloatVector a10 = FloatVector.broadcast(F, a[at + 10]);
            c10a = a10.fma(ba, c10a);
            FloatVector a11 = FloatVector.broadcast(F, a[at + 11]);
            c11a = a11.fma(ba, c11a);
            FloatVector a12 = FloatVector.broadcast(F, a[at + 12]);
            c12a = a12.fma(ba, c12a);
            FloatVector a13 = FloatVector.broadcast(F, a[at + 13]);
            c13a = a13.fma(ba, c13a);
            at += aStep;
        }
        c0a.intoArray(c, cAt);
        c1a.intoArray(c, cAt + ldc);
        c2a.intoArray(c, cAt + 2 * ldc);
        c3a.intoArray(c, cAt + 3 * ldc);
        c4a.intoArray(c, cAt + 4 * ldc);
        c5a.intoArray(c, cAt + 5 * ldc);
        c6a.intoArray(c, cAt + 6 * ldc);
        c7a.intoArray(c, cAt + 7 * ldc);
        c8a.intoArray(c, cAt + 8 * ldc);
        c9a.intoArray(c, cAt + 9 * ldc);
        c10a.intoArray(c, cAt + 10 * ldc);
        c11a.intoArray(c, cAt + 11 * ldc);
        c12a.intoArray(c, cAt + 12 * ldc);
        c13a.intoArray(c, cAt + 13 * ldc);
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
        FloatVector c1a = FloatVector.fromArray(F, s, sAt + sRow);
        FloatVector c2a = FloatVector.fromArray(F, s, sAt + 2 * sRow);
        FloatVector c3a = FloatVector.fromArray(F, s, sAt + 3 * sRow);
        FloatVector c4a = FloatVector.fromArray(F, s, sAt + 4 * sRow);
        FloatVector c5a = FloatVector.fromArray(F, s, sAt + 5 * sRow);
        FloatVector c6a = FloatVector.fromArray(F, s, sAt + 6 * sRow);
        FloatVector c7a = FloatVector.fromArray(F, s, sAt + 7 * sRow);
        int at = aAt;
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[at]);
            c0a = a0.fma(ba, c0a);
            FloatVector a1 = FloatVector.broadcast(F, a[at + 1]);
            c1a = a1.fma(ba, c1a);
            FloatVector a2 = FloatVector.broadcast(F, a[at + 2]);
            c2a = a2.fma(ba, c2a);
            FloatVector a3 = FloatVector.broadcast(F, a[at + 3]);
            c3a = a3.fma(ba, c3a);
            FloatVector a4 = FloatVector.broadcast(F, a[at + 4]);
            c4a = a4.fma(ba, c4a);
            FloatVector a5 = FloatVector.broadcast(F, a[at + 5]);
            c5a = a5.fma(ba, c5a);
            FloatVector a6 = FloatVector.broadcast(F, a[at + 6]);
            c6a = a6.fma(ba, c6a);
            FloatVector a7 = FloatVector.broadcast(F, a[at + 7]);
            c7a = a7.fma(ba, c7a);
            at += aStep;
        }
        c0a.intoArray(c, cAt);
        c1a.intoArray(c, cAt + ldc);
        c2a.intoArray(c, cAt + 2 * ldc);
        c3a.intoArray(c, cAt + 3 * ldc);
        c4a.intoArray(c, cAt + 4 * ldc);
        c5a.intoArray(c, cAt + 5 * ldc);
        c6a.intoArray(c, cAt + 6 * ldc);
        c7a.intoArray(c, cAt + 7 * ldc);
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
        FloatVector c1a = FloatVector.fromArray(F, s, sAt + sRow);
        FloatVector c2a = FloatVector.fromArray(F, s, sAt + 2 * sRow);
        FloatVector c3a = FloatVector.fromArray(F, s, sAt + 3 * sRow);
        FloatVector c4a = FloatVector.fromArray(F, s, sAt + 4 * sRow);
        FloatVector c5a = FloatVector.fromArray(F, s, sAt + 5 * sRow);
        FloatVector c6a = FloatVector.fromArray(F, s, sAt + 6 * sRow);
        int at = aAt;
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[at]);
            c0a = a0.fma(ba, c0a);
            FloatVector a1 = FloatVector.broadcast(F, a[at + 1]);
            c1a = a1.fma(ba, c1a);
            FloatVector a2 = FloatVector.broadcast(F, a[at + 2]);
            c2a = a2.fma(ba, c2a);
            FloatVector a3 = FloatVector.broadcast(F, a[at + 3]);
            c3a = a3.fma(ba, c3a);
            FloatVector a4 = FloatVector.broadcast(F, a[at + 4]);
            c4a = a4.fma(ba, c4a);
            FloatVector a5 = FloatVector.broadcast(F, a[at + 5]);
            c5a = a5.fma(ba, c5a);
            FloatVector a6 = FloatVector.broadcast(F, a[at + 6]);
            c6a = a6.fma(ba, c6a);
            at += aStep;
        }
        c0a.intoArray(c, cAt);
        c1a.intoArray(c, cAt + ldc);
        c2a.intoArray(c, cAt + 2 * ldc);
        c3a.intoArray(c, cAt + 3 * ldc);
        c4a.intoArray(c, cAt + 4 * ldc);
        c5a.intoArray(c, cAt + 5 * ldc);
        c6a.intoArray(c, cAt + 6 * ldc);
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
        FloatVector c1a = FloatVector.fromArray(F, s, sAt + sRow);
        FloatVector c2a = FloatVector.fromArray(F, s, sAt + 2 * sRow);
        FloatVector c3a = FloatVector.fromArray(F, s, sAt + 3 * sRow);
        FloatVector c4a = FloatVector.fromArray(F, s, sAt + 4 * sRow);
        FloatVector c5a = FloatVector.fromArray(F, s, sAt + 5 * sRow);
        int at = aAt;
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[at]);
            c0a = a0.fma(ba, c0a);
            FloatVector a1 = FloatVector.broadcast(F, a[at + 1]);
            c1a = a1.fma(ba, c1a);
            FloatVector a2 = FloatVector.broadcast(F, a[at + 2]);
            c2a = a2.fma(ba, c2a);
            FloatVector a3 = FloatVector.broadcast(F, a[at + 3]);
            c3a = a3.fma(ba, c3a);
            FloatVector a4 = FloatVector.broadcast(F, a[at + 4]);
            c4a = a4.fma(ba, c4a);
            FloatVector a5 = FloatVector.broadcast(F, a[at + 5]);
            c5a = a5.fma(ba, c5a);
            at += aStep;
        }
        c0a.intoArray(c, cAt);
        c1a.intoArray(c, cAt + ldc);
        c2a.intoArray(c, cAt + 2 * ldc);
        c3a.intoArray(c, cAt + 3 * ldc);
        c4a.intoArray(c, cAt + 4 * ldc);
        c5a.intoArray(c, cAt + 5 * ldc);
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
        FloatVector c1a = FloatVector.fromArray(F, s, sAt + sRow);
        FloatVector c2a = FloatVector.fromArray(F, s, sAt + 2 * sRow);
        FloatVector c3a = FloatVector.fromArray(F, s, sAt + 3 * sRow);
        int at = aAt;
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[at]);
            c0a = a0.fma(ba, c0a);
            FloatVector a1 = FloatVector.broadcast(F, a[at + 1]);
            c1a = a1.fma(ba, c1a);
            FloatVector a2 = FloatVector.broadcast(F, a[at + 2]);
            c2a = a2.fma(ba, c2a);
            FloatVector a3 = FloatVector.broadcast(F, a[at + 3]);
            c3a = a3.fma(ba, c3a);
            at += aStep;
        }
        c0a.intoArray(c, cAt);
        c1a.intoArray(c, cAt + ldc);
        c2a.intoArray(c, cAt + 2 * ldc);
        c3a.intoArray(c, cAt + 3 * ldc);
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
        FloatVector c1a = FloatVector.fromArray(F, s, sAt + sRow);
        int at = aAt;
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[at]);
            c0a = a0.fma(ba, c0a);
            FloatVector a1 = FloatVector.broadcast(F, a[at + 1]);
            c1a = a1.fma(ba, c1a);
            at += aStep;
        }
        c0a.intoArray(c, cAt);
        c1a.intoArray(c, cAt + ldc);
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
        int at = aAt;
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[at]);
            c0a = a0.fma(ba, c0a);
            at += aStep;
        }
        c0a.intoArray(c, cAt);
    }
}
