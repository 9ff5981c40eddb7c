package dev.lanes.numerics.kernels.vector.conv;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/** The tiles of {@link PixelTiles} for 16 registers: 12 sums, a weight and a few vectors of pixels. */
final class PixelTilesSmall {
    private PixelTilesSmall() {}

    static void tile6x2(
            int k, float[] w, int wAt, float[] x, int xAt, int[] taps, float[] bias, int biasAt, float[] c, int cAt) {
        FloatVector c0a = FloatVector.broadcast(F, bias[biasAt]);
        FloatVector c0b = FloatVector.broadcast(F, bias[biasAt]);
        FloatVector c1a = FloatVector.broadcast(F, bias[biasAt + 1]);
        FloatVector c1b = FloatVector.broadcast(F, bias[biasAt + 1]);
        FloatVector c2a = FloatVector.broadcast(F, bias[biasAt + 2]);
        FloatVector c2b = FloatVector.broadcast(F, bias[biasAt + 2]);
        FloatVector c3a = FloatVector.broadcast(F, bias[biasAt + 3]);
        FloatVector c3b = FloatVector.broadcast(F, bias[biasAt + 3]);
        FloatVector c4a = FloatVector.broadcast(F, bias[biasAt + 4]);
        FloatVector c4b = FloatVector.broadcast(F, bias[biasAt + 4]);
        FloatVector c5a = FloatVector.broadcast(F, bias[biasAt + 5]);
        FloatVector c5b = FloatVector.broadcast(F, bias[biasAt + 5]);
        for (int p = 0; p < k; p++) {
            int at = xAt + taps[p];
            FloatVector xa = FloatVector.fromArray(F, x, at);
            FloatVector xb = FloatVector.fromArray(F, x, at + LANES);
            FloatVector w0 = FloatVector.broadcast(F, w[wAt + p * 6]);
            c0a = w0.fma(xa, c0a);
            c0b = w0.fma(xb, c0b);
            FloatVector w1 = FloatVector.broadcast(F, w[wAt + p * 6 + 1]);
            c1a = w1.fma(xa, c1a);
            c1b = w1.fma(xb, c1b);
            FloatVector w2 = FloatVector.broadcast(F, w[wAt + p * 6 + 2]);
            c2a = w2.fma(xa, c2a);
            c2b = w2.fma(xb, c2b);
            FloatVector w3 = FloatVector.broadcast(F, w[wAt + p * 6 + 3]);
            c3a = w3.fma(xa, c3a);
            c3b = w3.fma(xb, c3b);
            FloatVector w4 = FloatVector.broadcast(F, w[wAt + p * 6 + 4]);
            c4a = w4.fma(xa, c4a);
            c4b = w4.fma(xb, c4b);
            FloatVector w5 = FloatVector.broadcast(F, w[wAt + p * 6 + 5]);
            c5a = w5.fma(xa, c5a);
            c5b = w5.fma(xb, c5b);
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

    static void tile4x3(
            int k, float[] w, int wAt, float[] x, int xAt, int[] taps, float[] bias, int biasAt, float[] c, int cAt) {
        FloatVector c0a = FloatVector.broadcast(F, bias[biasAt]);
        FloatVector c0b = FloatVector.broadcast(F, bias[biasAt]);
        FloatVector c0c = FloatVector.broadcast(F, bias[biasAt]);
        FloatVector c1a = FloatVector.broadcast(F, bias[biasAt + 1]);
        FloatVector c1b = FloatVector.broadcast(F, bias[biasAt + 1]);
        FloatVector c1c = FloatVector.broadcast(F, bias[biasAt + 1]);
        FloatVector c2a = FloatVector.broadcast(F, bias[biasAt + 2]);
        FloatVector c2b = FloatVector.broadcast(F, bias[biasAt + 2]);
        FloatVector c2c = FloatVector.broadcast(F, bias[biasAt + 2]);
        FloatVector c3a = FloatVector.broadcast(F, bias[biasAt + 3]);
        FloatVector c3b = FloatVector.broadcast(F, bias[biasAt + 3]);
        FloatVector c3c = FloatVector.broadcast(F, bias[biasAt + 3]);
        for (int p = 0; p < k; p++) {
            int at = xAt + taps[p];
            FloatVector xa = FloatVector.fromArray(F, x, at);
            FloatVector xb = FloatVector.fromArray(F, x, at + LANES);
            FloatVector xc = FloatVector.fromArray(F, x, at + 2 * LANES);
            FloatVector w0 = FloatVector.broadcast(F, w[wAt + p * 4]);
            c0a = w0.fma(xa, c0a);
            c0b = w0.fma(xb, c0b);
            c0c = w0.fma(xc, c0c);
            FloatVector w1 = FloatVector.broadcast(F, w[wAt + p * 4 + 1]);
            c1a = w1.fma(xa, c1a);
            c1b = w1.fma(xb, c1b);
            c1c = w1.fma(xc, c1c);
            FloatVector w2 = FloatVector.broadcast(F, w[wAt + p * 4 + 2]);
            c2a = w2.fma(xa, c2a);
            c2b = w2.fma(xb, c2b);
            c2c = w2.fma(xc, c2c);
            FloatVector w3 = FloatVector.broadcast(F, w[wAt + p * 4 + 3]);
            c3a = w3.fma(xa, c3a);
            c3b = w3.fma(xb, c3b);
            c3c = w3.fma(xc, c3c);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + LANES);
        c0c.intoArray(c, cAt + 2 * LANES);
        c1a.intoArray(c, cAt + 3 * LANES);
        c1b.intoArray(c, cAt + 4 * LANES);
        c1c.intoArray(c, cAt + 5 * LANES);
        c2a.intoArray(c, cAt + 6 * LANES);
        c2b.intoArray(c, cAt + 7 * LANES);
        c2c.intoArray(c, cAt + 8 * LANES);
        c3a.intoArray(c, cAt + 9 * LANES);
        c3b.intoArray(c, cAt + 10 * LANES);
        c3c.intoArray(c, cAt + 11 * LANES);
    }
}
