package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles that read both operands where they lie, for products so small that packing would take as long. The form is that of
 * {@link RowTilesWide}; fewer sizes do.
 */
final class SmallTiles {
    /** Rows of the largest tile: 16 accumulators of 32 registers, or 8 of 16. */
    private static final int ROWS = LANES >= 16 ? 8 : 4;

    private SmallTiles() {}

    /**
     * Adds a product to C: {@code c[i, j] = fma(a[i, p], b[p, j], c[i, j])} for p ascending.
     *
     * @param n a multiple of the vectors' length
     * @param aRow distance in a between the rows; along k its elements are adjacent
     */
    static void run(
            int m,
            int n,
            int k,
            float[] a,
            int aAt,
            int aRow,
            float[] b,
            int bAt,
            int ldb,
            float[] c,
            int cAt,
            int ldc) {
        int j = 0;
        for (; j <= n - 2 * LANES; j += 2 * LANES) {
            int i = 0;
            for (; i <= m - ROWS; i += ROWS) {
                if (ROWS == 8) {
                    wide8(k, a, aAt + i * aRow, aRow, b, bAt + j, ldb, c, cAt + i * ldc + j, ldc);
                } else {
                    wide4(k, a, aAt + i * aRow, aRow, b, bAt + j, ldb, c, cAt + i * ldc + j, ldc);
                }
            }
            if (ROWS == 8 && i <= m - 4) {
                wide4(k, a, aAt + i * aRow, aRow, b, bAt + j, ldb, c, cAt + i * ldc + j, ldc);
                i += 4;
            }
            for (; i < m; i++) {
                wide1(k, a, aAt + i * aRow, aRow, b, bAt + j, ldb, c, cAt + i * ldc + j, ldc);
            }
        }
        if (j < n) {
            int i = 0;
            for (; i <= m - 8; i += 8) {
                narrow8(k, a, aAt + i * aRow, aRow, b, bAt + j, ldb, c, cAt + i * ldc + j, ldc);
            }
            if (i <= m - 4) {
                narrow4(k, a, aAt + i * aRow, aRow, b, bAt + j, ldb, c, cAt + i * ldc + j, ldc);
                i += 4;
            }
            for (; i < m; i++) {
                narrow1(k, a, aAt + i * aRow, aRow, b, bAt + j, ldb, c, cAt + i * ldc + j, ldc);
            }
        }
    }

    private static void wide8(
            int k, float[] a, int aAt, int aRow, float[] b, int bAt, int ldb, float[] c, int cAt, int ldc) {
        FloatVector c0a = FloatVector.fromArray(F, c, cAt);
        FloatVector c0b = FloatVector.fromArray(F, c, cAt + LANES);
        FloatVector c1a = FloatVector.fromArray(F, c, cAt + ldc);
        FloatVector c1b = FloatVector.fromArray(F, c, cAt + ldc + LANES);
        FloatVector c2a = FloatVector.fromArray(F, c, cAt + 2 * ldc);
        FloatVector c2b = FloatVector.fromArray(F, c, cAt + 2 * ldc + LANES);
        FloatVector c3a = FloatVector.fromArray(F, c, cAt + 3 * ldc);
        FloatVector c3b = FloatVector.fromArray(F, c, cAt + 3 * ldc + LANES);
        FloatVector c4a = FloatVector.fromArray(F, c, cAt + 4 * ldc);
        FloatVector c4b = FloatVector.fromArray(F, c, cAt + 4 * ldc + LANES);
        FloatVector c5a = FloatVector.fromArray(F, c, cAt + 5 * ldc);
        FloatVector c5b = FloatVector.fromArray(F, c, cAt + 5 * ldc + LANES);
        FloatVector c6a = FloatVector.fromArray(F, c, cAt + 6 * ldc);
        FloatVector c6b = FloatVector.fromArray(F, c, cAt + 6 * ldc + LANES);
        FloatVector c7a = FloatVector.fromArray(F, c, cAt + 7 * ldc);
        FloatVector c7b = FloatVector.fromArray(F, c, cAt + 7 * ldc + LANES);
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * ldb);
            FloatVector bb = FloatVector.fromArray(F, b, bAt + p * ldb + LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[aAt + p]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            FloatVector a1 = FloatVector.broadcast(F, a[aAt + p + aRow]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            FloatVector a2 = FloatVector.broadcast(F, a[aAt + p + 2 * aRow]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
            FloatVector a3 = FloatVector.broadcast(F, a[aAt + p + 3 * aRow]);
            c3a = a3.fma(ba, c3a);
            c3b = a3.fma(bb, c3b);
            FloatVector a4 = FloatVector.broadcast(F, a[aAt + p + 4 * aRow]);
            c4a = a4.fma(ba, c4a);
            c4b = a4.fma(bb, c4b);
            FloatVector a5 = FloatVector.broadcast(F, a[aAt + p + 5 * aRow]);
            c5a = a5.fma(ba, c5a);
            c5b = a5.fma(bb, c5b);
            FloatVector a6 = FloatVector.broadcast(F, a[aAt + p + 6 * aRow]);
            c6a = a6.fma(ba, c6a);
            c6b = a6.fma(bb, c6b);
            FloatVector a7 = FloatVector.broadcast(F, a[aAt + p + 7 * aRow]);
            c7a = a7.fma(ba, c7a);
            c7b = a7.fma(bb, c7b);
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

    private static void wide4(
            int k, float[] a, int aAt, int aRow, float[] b, int bAt, int ldb, float[] c, int cAt, int ldc) {
        FloatVector c0a = FloatVector.fromArray(F, c, cAt);
        FloatVector c0b = FloatVector.fromArray(F, c, cAt + LANES);
        FloatVector c1a = FloatVector.fromArray(F, c, cAt + ldc);
        FloatVector c1b = FloatVector.fromArray(F, c, cAt + ldc + LANES);
        FloatVector c2a = FloatVector.fromArray(F, c, cAt + 2 * ldc);
        FloatVector c2b = FloatVector.fromArray(F, c, cAt + 2 * ldc + LANES);
        FloatVector c3a = FloatVector.fromArray(F, c, cAt + 3 * ldc);
        FloatVector c3b = FloatVector.fromArray(F, c, cAt + 3 * ldc + LANES);
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * ldb);
            FloatVector bb = FloatVector.fromArray(F, b, bAt + p * ldb + LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[aAt + p]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            FloatVector a1 = FloatVector.broadcast(F, a[aAt + p + aRow]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            FloatVector a2 = FloatVector.broadcast(F, a[aAt + p + 2 * aRow]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
            FloatVector a3 = FloatVector.broadcast(F, a[aAt + p + 3 * aRow]);
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

    private static void wide1(
            int k, float[] a, int aAt, int aRow, float[] b, int bAt, int ldb, float[] c, int cAt, int ldc) {
        FloatVector c0a = FloatVector.fromArray(F, c, cAt);
        FloatVector c0b = FloatVector.fromArray(F, c, cAt + LANES);
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * ldb);
            FloatVector bb = FloatVector.fromArray(F, b, bAt + p * ldb + LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[aAt + p]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + LANES);
    }

    private static void narrow8(
            int k, float[] a, int aAt, int aRow, float[] b, int bAt, int ldb, float[] c, int cAt, int ldc) {
        FloatVector c0a = FloatVector.fromArray(F, c, cAt);
        FloatVector c1a = FloatVector.fromArray(F, c, cAt + ldc);
        FloatVector c2a = FloatVector.fromArray(F, c, cAt + 2 * ldc);
        FloatVector c3a = FloatVector.fromArray(F, c, cAt + 3 * ldc);
        FloatVector c4a = FloatVector.fromArray(F, c, cAt + 4 * ldc);
        FloatVector c5a = FloatVector.fromArray(F, c, cAt + 5 * ldc);
        FloatVector c6a = FloatVector.fromArray(F, c, cAt + 6 * ldc);
        FloatVector c7a = FloatVector.fromArray(F, c, cAt + 7 * ldc);
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * ldb);
            FloatVector a0 = FloatVector.broadcast(F, a[aAt + p]);
            c0a = a0.fma(ba, c0a);
            FloatVector a1 = FloatVector.broadcast(F, a[aAt + p + aRow]);
            c1a = a1.fma(ba, c1a);
            FloatVector a2 = FloatVector.broadcast(F, a[aAt + p + 2 * aRow]);
            c2a = a2.fma(ba, c2a);
            FloatVector a3 = FloatVector.broadcast(F, a[aAt + p + 3 * aRow]);
            c3a = a3.fma(ba, c3a);
            FloatVector a4 = FloatVector.broadcast(F, a[aAt + p + 4 * aRow]);
            c4a = a4.fma(ba, c4a);
            FloatVector a5 = FloatVector.broadcast(F, a[aAt + p + 5 * aRow]);
            c5a = a5.fma(ba, c5a);
            FloatVector a6 = FloatVector.broadcast(F, a[aAt + p + 6 * aRow]);
            c6a = a6.fma(ba, c6a);
            FloatVector a7 = FloatVector.broadcast(F, a[aAt + p + 7 * aRow]);
            c7a = a7.fma(ba, c7a);
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

    private static void narrow4(
            int k, float[] a, int aAt, int aRow, float[] b, int bAt, int ldb, float[] c, int cAt, int ldc) {
        FloatVector c0a = FloatVector.fromArray(F, c, cAt);
        FloatVector c1a = FloatVector.fromArray(F, c, cAt + ldc);
        FloatVector c2a = FloatVector.fromArray(F, c, cAt + 2 * ldc);
        FloatVector c3a = FloatVector.fromArray(F, c, cAt + 3 * ldc);
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * ldb);
            FloatVector a0 = FloatVector.broadcast(F, a[aAt + p]);
            c0a = a0.fma(ba, c0a);
            FloatVector a1 = FloatVector.broadcast(F, a[aAt + p + aRow]);
            c1a = a1.fma(ba, c1a);
            FloatVector a2 = FloatVector.broadcast(F, a[aAt + p + 2 * aRow]);
            c2a = a2.fma(ba, c2a);
            FloatVector a3 = FloatVector.broadcast(F, a[aAt + p + 3 * aRow]);
            c3a = a3.fma(ba, c3a);
        }
        c0a.intoArray(c, cAt);
        c1a.intoArray(c, cAt + ldc);
        c2a.intoArray(c, cAt + 2 * ldc);
        c3a.intoArray(c, cAt + 3 * ldc);
    }

    private static void narrow1(
            int k, float[] a, int aAt, int aRow, float[] b, int bAt, int ldb, float[] c, int cAt, int ldc) {
        FloatVector c0a = FloatVector.fromArray(F, c, cAt);
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * ldb);
            FloatVector a0 = FloatVector.broadcast(F, a[aAt + p]);
            c0a = a0.fma(ba, c0a);
        }
        c0a.intoArray(c, cAt);
    }
}
