package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;
import static dev.lanes.numerics.kernels.vector.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * The inner loops for products whose left operand is transposed, packed as {@code [k][MR]}: the gradient by the
 * weights of a convolution or of a fully connected layer. The form is that of {@link RowTilesWide}.
 */
final class PanelTiles {

    /** Rows of a tile. */
    static final int MR = RowBlock.MR;

    private static final int NR = RowTilesWide.NR;

    private PanelTiles() {}

    /**
     * Adds a product to a tile of C: {@code c[i, j] = fma(a[p, i], b[p, j], c[i, j])} for p ascending.
     *
     * @param wide whether the panel b is two vectors wide or one
     * @param a a packed panel, {@code [k][MR]}
     * @param b a packed panel, {@code [k][2 * LANES]} or {@code [k][LANES]}
     */
    static void run(boolean wide, int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int ldc) {
        if (MR == 12) {
            if (wide) {
                tile12Wide(k, a, aAt, b, bAt, c, cAt, ldc);
            } else {
                tile12Narrow(k, a, aAt, b, bAt, c, cAt, ldc);
            }
        } else if (wide) {
            tile6Wide(k, a, aAt, b, bAt, c, cAt, ldc);
        } else {
            tile6Narrow(k, a, aAt, b, bAt, c, cAt, ldc);
        }
    }

    private static void tile12Wide(int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int ldc) {
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
        FloatVector c8a = FloatVector.fromArray(F, c, cAt + 8 * ldc);
        FloatVector c8b = FloatVector.fromArray(F, c, cAt + 8 * ldc + LANES);
        FloatVector c9a = FloatVector.fromArray(F, c, cAt + 9 * ldc);
        FloatVector c9b = FloatVector.fromArray(F, c, cAt + 9 * ldc + LANES);
        FloatVector c10a = FloatVector.fromArray(F, c, cAt + 10 * ldc);
        FloatVector c10b = FloatVector.fromArray(F, c, cAt + 10 * ldc + LANES);
        FloatVector c11a = FloatVector.fromArray(F, c, cAt + 11 * ldc);
        FloatVector c11b = FloatVector.fromArray(F, c, cAt + 11 * ldc + LANES);
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * NR);
            FloatVector bb = FloatVector.fromArray(F, b, bAt + p * NR + LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[aAt + p * 12]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            FloatVector a1 = FloatVector.broadcast(F, a[aAt + p * 12 + 1]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            FloatVector a2 = FloatVector.broadcast(F, a[aAt + p * 12 + 2]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
            FloatVector a3 = FloatVector.broadcast(F, a[aAt + p * 12 + 3]);
            c3a = a3.fma(ba, c3a);
            c3b = a3.fma(bb, c3b);
            FloatVector a4 = FloatVector.broadcast(F, a[aAt + p * 12 + 4]);
            c4a = a4.fma(ba, c4a);
            c4b = a4.fma(bb, c4b);
            FloatVector a5 = FloatVector.broadcast(F, a[aAt + p * 12 + 5]);
            c5a = a5.fma(ba, c5a);
            c5b = a5.fma(bb, c5b);
            FloatVector a6 = FloatVector.broadcast(F, a[aAt + p * 12 + 6]);
            c6a = a6.fma(ba, c6a);
            c6b = a6.fma(bb, c6b);
            FloatVector a7 = FloatVector.broadcast(F, a[aAt + p * 12 + 7]);
            c7a = a7.fma(ba, c7a);
            c7b = a7.fma(bb, c7b);
            FloatVector a8 = FloatVector.broadcast(F, a[aAt + p * 12 + 8]);
            c8a = a8.fma(ba, c8a);
            c8b = a8.fma(bb, c8b);
            FloatVector a9 = FloatVector.broadcast(F, a[aAt + p * 12 + 9]);
            c9a = a9.fma(ba, c9a);
            c9b = a9.fma(bb, c9b);
            FloatVector a10 = FloatVector.broadcast(F, a[aAt + p * 12 + 10]);
            c10a = a10.fma(ba, c10a);
            c10b = a10.fma(bb, c10b);
            FloatVector a11 = FloatVector.broadcast(F, a[aAt + p * 12 + 11]);
            c11a = a11.fma(ba, c11a);
            c11b = a11.fma(bb, c11b);
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
    }

    private static void tile12Narrow(int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int ldc) {
        FloatVector c0a = FloatVector.fromArray(F, c, cAt);
        FloatVector c1a = FloatVector.fromArray(F, c, cAt + ldc);
        FloatVector c2a = FloatVector.fromArray(F, c, cAt + 2 * ldc);
        FloatVector c3a = FloatVector.fromArray(F, c, cAt + 3 * ldc);
        FloatVector c4a = FloatVector.fromArray(F, c, cAt + 4 * ldc);
        FloatVector c5a = FloatVector.fromArray(F, c, cAt + 5 * ldc);
        FloatVector c6a = FloatVector.fromArray(F, c, cAt + 6 * ldc);
        FloatVector c7a = FloatVector.fromArray(F, c, cAt + 7 * ldc);
        FloatVector c8a = FloatVector.fromArray(F, c, cAt + 8 * ldc);
        FloatVector c9a = FloatVector.fromArray(F, c, cAt + 9 * ldc);
        FloatVector c10a = FloatVector.fromArray(F, c, cAt + 10 * ldc);
        FloatVector c11a = FloatVector.fromArray(F, c, cAt + 11 * ldc);
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[aAt + p * 12]);
            c0a = a0.fma(ba, c0a);
            FloatVector a1 = FloatVector.broadcast(F, a[aAt + p * 12 + 1]);
            c1a = a1.fma(ba, c1a);
            FloatVector a2 = FloatVector.broadcast(F, a[aAt + p * 12 + 2]);
            c2a = a2.fma(ba, c2a);
            FloatVector a3 = FloatVector.broadcast(F, a[aAt + p * 12 + 3]);
            c3a = a3.fma(ba, c3a);
            FloatVector a4 = FloatVector.broadcast(F, a[aAt + p * 12 + 4]);
            c4a = a4.fma(ba, c4a);
            FloatVector a5 = FloatVector.broadcast(F, a[aAt + p * 12 + 5]);
            c5a = a5.fma(ba, c5a);
            FloatVector a6 = FloatVector.broadcast(F, a[aAt + p * 12 + 6]);
            c6a = a6.fma(ba, c6a);
            FloatVector a7 = FloatVector.broadcast(F, a[aAt + p * 12 + 7]);
            c7a = a7.fma(ba, c7a);
            FloatVector a8 = FloatVector.broadcast(F, a[aAt + p * 12 + 8]);
            c8a = a8.fma(ba, c8a);
            FloatVector a9 = FloatVector.broadcast(F, a[aAt + p * 12 + 9]);
            c9a = a9.fma(ba, c9a);
            FloatVector a10 = FloatVector.broadcast(F, a[aAt + p * 12 + 10]);
            c10a = a10.fma(ba, c10a);
            FloatVector a11 = FloatVector.broadcast(F, a[aAt + p * 12 + 11]);
            c11a = a11.fma(ba, c11a);
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
    }

    private static void tile6Wide(int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int ldc) {
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
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * NR);
            FloatVector bb = FloatVector.fromArray(F, b, bAt + p * NR + LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[aAt + p * 6]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            FloatVector a1 = FloatVector.broadcast(F, a[aAt + p * 6 + 1]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            FloatVector a2 = FloatVector.broadcast(F, a[aAt + p * 6 + 2]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
            FloatVector a3 = FloatVector.broadcast(F, a[aAt + p * 6 + 3]);
            c3a = a3.fma(ba, c3a);
            c3b = a3.fma(bb, c3b);
            FloatVector a4 = FloatVector.broadcast(F, a[aAt + p * 6 + 4]);
            c4a = a4.fma(ba, c4a);
            c4b = a4.fma(bb, c4b);
            FloatVector a5 = FloatVector.broadcast(F, a[aAt + p * 6 + 5]);
            c5a = a5.fma(ba, c5a);
            c5b = a5.fma(bb, c5b);
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

    private static void tile6Narrow(int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int ldc) {
        FloatVector c0a = FloatVector.fromArray(F, c, cAt);
        FloatVector c1a = FloatVector.fromArray(F, c, cAt + ldc);
        FloatVector c2a = FloatVector.fromArray(F, c, cAt + 2 * ldc);
        FloatVector c3a = FloatVector.fromArray(F, c, cAt + 3 * ldc);
        FloatVector c4a = FloatVector.fromArray(F, c, cAt + 4 * ldc);
        FloatVector c5a = FloatVector.fromArray(F, c, cAt + 5 * ldc);
        for (int p = 0; p < k; p++) {
            FloatVector ba = FloatVector.fromArray(F, b, bAt + p * LANES);
            FloatVector a0 = FloatVector.broadcast(F, a[aAt + p * 6]);
            c0a = a0.fma(ba, c0a);
            FloatVector a1 = FloatVector.broadcast(F, a[aAt + p * 6 + 1]);
            c1a = a1.fma(ba, c1a);
            FloatVector a2 = FloatVector.broadcast(F, a[aAt + p * 6 + 2]);
            c2a = a2.fma(ba, c2a);
            FloatVector a3 = FloatVector.broadcast(F, a[aAt + p * 6 + 3]);
            c3a = a3.fma(ba, c3a);
            FloatVector a4 = FloatVector.broadcast(F, a[aAt + p * 6 + 4]);
            c4a = a4.fma(ba, c4a);
            FloatVector a5 = FloatVector.broadcast(F, a[aAt + p * 6 + 5]);
            c5a = a5.fma(ba, c5a);
        }
        c0a.intoArray(c, cAt);
        c1a.intoArray(c, cAt + ldc);
        c2a.intoArray(c, cAt + 2 * ldc);
        c3a.intoArray(c, cAt + 3 * ldc);
        c4a.intoArray(c, cAt + 4 * ldc);
        c5a.intoArray(c, cAt + 5 * ldc);
    }
}
