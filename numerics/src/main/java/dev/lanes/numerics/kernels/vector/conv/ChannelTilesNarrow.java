package dev.lanes.numerics.kernels.vector.conv;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/** The tiles of {@link ChannelTiles} that are one vector wide. */
final class ChannelTilesNarrow {
    private ChannelTilesNarrow() {}

    static void tile14(
            int k,
            float[] w,
            int wAt,
            float[] x,
            int xAt,
            int[] taps,
            float[] bias,
            int biasAt,
            float[] c,
            int cAt,
            int ldc) {
        FloatVector c0 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c1 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c2 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c3 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c4 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c5 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c6 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c7 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c8 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c9 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c10 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c11 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c12 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c13 = FloatVector.fromArray(F, bias, biasAt);
        for (int p = 0; p < k; p++) {
            int at = xAt + taps[p];
            FloatVector wp = FloatVector.fromArray(F, w, wAt + p * LANES);
            c0 = FloatVector.broadcast(F, x[at]).fma(wp, c0);
            c1 = FloatVector.broadcast(F, x[at + 1]).fma(wp, c1);
            c2 = FloatVector.broadcast(F, x[at + 2]).fma(wp, c2);
            c3 = FloatVector.broadcast(F, x[at + 3]).fma(wp, c3);
            c4 = FloatVector.broadcast(F, x[at + 4]).fma(wp, c4);
            c5 = FloatVector.broadcast(F, x[at + 5]).fma(wp, c5);
            c6 = FloatVector.broadcast(F, x[at + 6]).fma(wp, c6);
            c7 = FloatVector.broadcast(F, x[at + 7]).fma(wp, c7);
            c8 = FloatVector.broadcast(F, x[at + 8]).fma(wp, c8);
            c9 = FloatVector.broadcast(F, x[at + 9]).fma(wp, c9);
            c10 = FloatVector.broadcast(F, x[at + 10]).fma(wp, c10);
            c11 = FloatVector.broadcast(F, x[at + 11]).fma(wp, c11);
            c12 = FloatVector.broadcast(F, x[at + 12]).fma(wp, c12);
            c13 = FloatVector.broadcast(F, x[at + 13]).fma(wp, c13);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + ldc);
        c2.intoArray(c, cAt + 2 * ldc);
        c3.intoArray(c, cAt + 3 * ldc);
        c4.intoArray(c, cAt + 4 * ldc);
        c5.intoArray(c, cAt + 5 * ldc);
        c6.intoArray(c, cAt + 6 * ldc);
        c7.intoArray(c, cAt + 7 * ldc);
        c8.intoArray(c, cAt + 8 * ldc);
        c9.intoArray(c, cAt + 9 * ldc);
        c10.intoArray(c, cAt + 10 * ldc);
        c11.intoArray(c, cAt + 11 * ldc);
        c12.intoArray(c, cAt + 12 * ldc);
        c13.intoArray(c, cAt + 13 * ldc);
    }

    static void tile10(
            int k,
            float[] w,
            int wAt,
            float[] x,
            int xAt,
            int[] taps,
            float[] bias,
            int biasAt,
            float[] c,
            int cAt,
            int ldc) {
        FloatVector c0 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c1 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c2 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c3 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c4 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c5 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c6 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c7 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c8 = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c9 = FloatVector.fromArray(F, bias, biasAt);
        for (int p = 0; p < k; p++) {
            int at = xAt + taps[p];
            FloatVector wp = FloatVector.fromArray(F, w, wAt + p * LANES);
            c0 = FloatVector.broadcast(F, x[at]).fma(wp, c0);
            c1 = FloatVector.broadcast(F, x[at + 1]).fma(wp, c1);
            c2 = FloatVector.broadcast(F, x[at + 2]).fma(wp, c2);
            c3 = FloatVector.broadcast(F, x[at + 3]).fma(wp, c3);
            c4 = FloatVector.broadcast(F, x[at + 4]).fma(wp, c4);
            c5 = FloatVector.broadcast(F, x[at + 5]).fma(wp, c5);
            c6 = FloatVector.broadcast(F, x[at + 6]).fma(wp, c6);
            c7 = FloatVector.broadcast(F, x[at + 7]).fma(wp, c7);
            c8 = FloatVector.broadcast(F, x[at + 8]).fma(wp, c8);
            c9 = FloatVector.broadcast(F, x[at + 9]).fma(wp, c9);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + ldc);
        c2.intoArray(c, cAt + 2 * ldc);
        c3.intoArray(c, cAt + 3 * ldc);
        c4.intoArray(c, cAt + 4 * ldc);
        c5.intoArray(c, cAt + 5 * ldc);
        c6.intoArray(c, cAt + 6 * ldc);
        c7.intoArray(c, cAt + 7 * ldc);
        c8.intoArray(c, cAt + 8 * ldc);
        c9.intoArray(c, cAt + 9 * ldc);
    }
}
