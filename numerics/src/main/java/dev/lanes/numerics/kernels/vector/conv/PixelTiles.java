package dev.lanes.numerics.kernels.vector.conv;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles whose lanes are neighbouring pixels of a plane: the sums of some channels over some vectors of pixels. A step of k
 * is one tap of the window: as many vectors of pixels, read wherever the tap points, times one weight a channel.
 *
 * <p>The form is that of {@link dev.lanes.numerics.kernels.vector.gemm.RowTilesWide} but for the sums, which begin from the bias: what is computed goes to
 * scratch, and never touched memory before. 24 sums, 4 weights and a few pixels fill the 32 registers of AVX-512.
 */
final class PixelTiles {
    private PixelTiles() {}

    /** Channels of the tiles, in the order of preference. */
    private static final int[] CHANNELS = LANES >= 16 ? new int[] {8, 6, 4} : new int[] {6, 4};

    /** Returns the channels of the tiles that leave the fewest of them idle. */
    static int channels(int outC) {
        int best = CHANNELS[0];
        for (int channels : CHANNELS) {
            if (padded(outC, channels) < padded(outC, best)) {
                best = channels;
            }
        }
        return best;
    }

    private static int padded(int outC, int channels) {
        return Math.ceilDiv(outC, channels) * channels;
    }

    /** Returns the pixels of a tile of so many channels. */
    static int pixels(int channels) {
        return (LANES >= 16 ? 24 : 12) / channels * LANES;
    }

    /**
     * Computes a tile: {@code c[r, i] = bias[r] + sum over p of w[p, r] * x[xAt + taps[p] + i]}, each step a fused
     * multiply-add, p ascending.
     *
     * @param channels rows of the tile, one of those that {@link #channels} returns
     * @param w {@code [k][channels]}
     * @param taps where each step's pixels lie
     * @param c receives {@code [channels][pixels]} without gaps
     */
    static void run(
            int channels,
            int k,
            float[] w,
            int wAt,
            float[] x,
            int xAt,
            int[] taps,
            float[] bias,
            int biasAt,
            float[] c,
            int cAt) {
        if (LANES >= 16) {
            switch (channels) {
                case 8 -> tile8x3(k, w, wAt, x, xAt, taps, bias, biasAt, c, cAt);
                case 6 -> tile6x4(k, w, wAt, x, xAt, taps, bias, biasAt, c, cAt);
                default -> tile4x6(k, w, wAt, x, xAt, taps, bias, biasAt, c, cAt);
            }
        } else if (channels == 6) {
            PixelTilesSmall.tile6x2(k, w, wAt, x, xAt, taps, bias, biasAt, c, cAt);
        } else {
            PixelTilesSmall.tile4x3(k, w, wAt, x, xAt, taps, bias, biasAt, c, cAt);
        }
    }

    private static void tile8x3(
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
        FloatVector c4a = FloatVector.broadcast(F, bias[biasAt + 4]);
        FloatVector c4b = FloatVector.broadcast(F, bias[biasAt + 4]);
        FloatVector c4c = FloatVector.broadcast(F, bias[biasAt + 4]);
        FloatVector c5a = FloatVector.broadcast(F, bias[biasAt + 5]);
        FloatVector c5b = FloatVector.broadcast(F, bias[biasAt + 5]);
        FloatVector c5c = FloatVector.broadcast(F, bias[biasAt + 5]);
        FloatVector c6a = FloatVector.broadcast(F, bias[biasAt + 6]);
        FloatVector c6b = FloatVector.broadcast(F, bias[biasAt + 6]);
        FloatVector c6c = FloatVector.broadcast(F, bias[biasAt + 6]);
        FloatVector c7a = FloatVector.broadcast(F, bias[biasAt + 7]);
        FloatVector c7b = FloatVector.broadcast(F, bias[biasAt + 7]);
        FloatVector c7c = FloatVector.broadcast(F, bias[biasAt + 7]);
        for (int p = 0; p < k; p++) {
            int at = xAt + taps[p];
            FloatVector xa = FloatVector.fromArray(F, x, at);
            FloatVector xb = FloatVector.fromArray(F, x, at + LANES);
            FloatVector xc = FloatVector.fromArray(F, x, at + 2 * LANES);
            FloatVector w0 = FloatVector.broadcast(F, w[wAt + p * 8]);
            c0a = w0.fma(xa, c0a);
            c0b = w0.fma(xb, c0b);
            c0c = w0.fma(xc, c0c);
            FloatVector w1 = FloatVector.broadcast(F, w[wAt + p * 8 + 1]);
            c1a = w1.fma(xa, c1a);
            c1b = w1.fma(xb, c1b);
            c1c = w1.fma(xc, c1c);
            FloatVector w2 = FloatVector.broadcast(F, w[wAt + p * 8 + 2]);
            c2a = w2.fma(xa, c2a);
            c2b = w2.fma(xb, c2b);
            c2c = w2.fma(xc, c2c);
            FloatVector w3 = FloatVector.broadcast(F, w[wAt + p * 8 + 3]);
            c3a = w3.fma(xa, c3a);
            c3b = w3.fma(xb, c3b);
            c3c = w3.fma(xc, c3c);
            FloatVector w4 = FloatVector.broadcast(F, w[wAt + p * 8 + 4]);
            c4a = w4.fma(xa, c4a);
            c4b = w4.fma(xb, c4b);
            c4c = w4.fma(xc, c4c);
            FloatVector w5 = FloatVector.broadcast(F, w[wAt + p * 8 + 5]);
            c5a = w5.fma(xa, c5a);
            c5b = w5.fma(xb, c5b);
            c5c = w5.fma(xc, c5c);
            FloatVector w6 = FloatVector.broadcast(F, w[wAt + p * 8 + 6]);
            c6a = w6.fma(xa, c6a);
            c6b = w6.fma(xb, c6b);
            c6c = w6.fma(xc, c6c);
            FloatVector w7 = FloatVector.broadcast(F, w[wAt + p * 8 + 7]);
            c7a = w7.fma(xa, c7a);
            c7b = w7.fma(xb, c7b);
            c7c = w7.fma(xc, c7c);
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
        c4a.intoArray(c, cAt + 12 * LANES);
        c4b.intoArray(c, cAt + 13 * LANES);
        c4c.intoArray(c, cAt + 14 * LANES);
        c5a.intoArray(c, cAt + 15 * LANES);
        c5b.intoArray(c, cAt + 16 * LANES);
        c5c.intoArray(c, cAt + 17 * LANES);
        c6a.intoArray(c, cAt + 18 * LANES);
        c6b.intoArray(c, cAt + 19 * LANES);
        c6c.intoArray(c, cAt + 20 * LANES);
        c7a.intoArray(c, cAt + 21 * LANES);
        c7b.intoArray(c, cAt + 22 * LANES);
        c7c.intoArray(c, cAt + 23 * LANES);
    }

    private static void tile6x4(
            int k, float[] w, int wAt, float[] x, int xAt, int[] taps, float[] bias, int biasAt, float[] c, int cAt) {
        FloatVector c0a = FloatVector.broadcast(F, bias[biasAt]);
        FloatVector c0b = FloatVector.broadcast(F, bias[biasAt]);
        FloatVector c0c = FloatVector.broadcast(F, bias[biasAt]);
        FloatVector c0d = FloatVector.broadcast(F, bias[biasAt]);
        FloatVector c1a = FloatVector.broadcast(F, bias[biasAt + 1]);
        FloatVector c1b = FloatVector.broadcast(F, bias[biasAt + 1]);
        FloatVector c1c = FloatVector.broadcast(F, bias[biasAt + 1]);
        FloatVector c1d = FloatVector.broadcast(F, bias[biasAt + 1]);
        FloatVector c2a = FloatVector.broadcast(F, bias[biasAt + 2]);
        FloatVector c2b = FloatVector.broadcast(F, bias[biasAt + 2]);
        FloatVector c2c = FloatVector.broadcast(F, bias[biasAt + 2]);
        FloatVector c2d = FloatVector.broadcast(F, bias[biasAt + 2]);
        FloatVector c3a = FloatVector.broadcast(F, bias[biasAt + 3]);
        FloatVector c3b = FloatVector.broadcast(F, bias[biasAt + 3]);
        FloatVector c3c = FloatVector.broadcast(F, bias[biasAt + 3]);
        FloatVector c3d = FloatVector.broadcast(F, bias[biasAt + 3]);
        FloatVector c4a = FloatVector.broadcast(F, bias[biasAt + 4]);
        FloatVector c4b = FloatVector.broadcast(F, bias[biasAt + 4]);
        FloatVector c4c = FloatVector.broadcast(F, bias[biasAt + 4]);
        FloatVector c4d = FloatVector.broadcast(F, bias[biasAt + 4]);
        FloatVector c5a = FloatVector.broadcast(F, bias[biasAt + 5]);
        FloatVector c5b = FloatVector.broadcast(F, bias[biasAt + 5]);
        FloatVector c5c = FloatVector.broadcast(F, bias[biasAt + 5]);
        FloatVector c5d = FloatVector.broadcast(F, bias[biasAt + 5]);
        for (int p = 0; p < k; p++) {
            int at = xAt + taps[p];
            FloatVector xa = FloatVector.fromArray(F, x, at);
            FloatVector xb = FloatVector.fromArray(F, x, at + LANES);
            FloatVector xc = FloatVector.fromArray(F, x, at + 2 * LANES);
            FloatVector xd = FloatVector.fromArray(F, x, at + 3 * LANES);
            FloatVector w0 = FloatVector.broadcast(F, w[wAt + p * 6]);
            c0a = w0.fma(xa, c0a);
            c0b = w0.fma(xb, c0b);
            c0c = w0.fma(xc, c0c);
            c0d = w0.fma(xd, c0d);
            FloatVector w1 = FloatVector.broadcast(F, w[wAt + p * 6 + 1]);
            c1a = w1.fma(xa, c1a);
            c1b = w1.fma(xb, c1b);
            c1c = w1.fma(xc, c1c);
            c1d = w1.fma(xd, c1d);
            FloatVector w2 = FloatVector.broadcast(F, w[wAt + p * 6 + 2]);
            c2a = w2.fma(xa, c2a);
            c2b = w2.fma(xb, c2b);
            c2c = w2.fma(xc, c2c);
            c2d = w2.fma(xd, c2d);
            FloatVector w3 = FloatVector.broadcast(F, w[wAt + p * 6 + 3]);
            c3a = w3.fma(xa, c3a);
            c3b = w3.fma(xb, c3b);
            c3c = w3.fma(xc, c3c);
            c3d = w3.fma(xd, c3d);
            FloatVector w4 = FloatVector.broadcast(F, w[wAt + p * 6 + 4]);
            c4a = w4.fma(xa, c4a);
            c4b = w4.fma(xb, c4b);
            c4c = w4.fma(xc, c4c);
            c4d = w4.fma(xd, c4d);
            FloatVector w5 = FloatVector.broadcast(F, w[wAt + p * 6 + 5]);
            c5a = w5.fma(xa, c5a);
            c5b = w5.fma(xb, c5b);
            c5c = w5.fma(xc, c5c);
            c5d = w5.fma(xd, c5d);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + LANES);
        c0c.intoArray(c, cAt + 2 * LANES);
        c0d.intoArray(c, cAt + 3 * LANES);
        c1a.intoArray(c, cAt + 4 * LANES);
        c1b.intoArray(c, cAt + 5 * LANES);
        c1c.intoArray(c, cAt + 6 * LANES);
        c1d.intoArray(c, cAt + 7 * LANES);
        c2a.intoArray(c, cAt + 8 * LANES);
        c2b.intoArray(c, cAt + 9 * LANES);
        c2c.intoArray(c, cAt + 10 * LANES);
        c2d.intoArray(c, cAt + 11 * LANES);
        c3a.intoArray(c, cAt + 12 * LANES);
        c3b.intoArray(c, cAt + 13 * LANES);
        c3c.intoArray(c, cAt + 14 * LANES);
        c3d.intoArray(c, cAt + 15 * LANES);
        c4a.intoArray(c, cAt + 16 * LANES);
        c4b.intoArray(c, cAt + 17 * LANES);
        c4c.intoArray(c, cAt + 18 * LANES);
        c4d.intoArray(c, cAt + 19 * LANES);
        c5a.intoArray(c, cAt + 20 * LANES);
        c5b.intoArray(c, cAt + 21 * LANES);
        c5c.intoArray(c, cAt + 22 * LANES);
        c5d.intoArray(c, cAt + 23 * LANES);
    }

    private static void tile4x6(
            int k, float[] w, int wAt, float[] x, int xAt, int[] taps, float[] bias, int biasAt, float[] c, int cAt) {
        FloatVector c0a = FloatVector.broadcast(F, bias[biasAt]);
        FloatVector c0b = FloatVector.broadcast(F, bias[biasAt]);
        FloatVector c0c = FloatVector.broadcast(F, bias[biasAt]);
        FloatVector c0d = FloatVector.broadcast(F, bias[biasAt]);
        FloatVector c0e = FloatVector.broadcast(F, bias[biasAt]);
        FloatVector c0f = FloatVector.broadcast(F, bias[biasAt]);
        FloatVector c1a = FloatVector.broadcast(F, bias[biasAt + 1]);
        FloatVector c1b = FloatVector.broadcast(F, bias[biasAt + 1]);
        FloatVector c1c = FloatVector.broadcast(F, bias[biasAt + 1]);
        FloatVector c1d = FloatVector.broadcast(F, bias[biasAt + 1]);
        FloatVector c1e = FloatVector.broadcast(F, bias[biasAt + 1]);
        FloatVector c1f = FloatVector.broadcast(F, bias[biasAt + 1]);
        FloatVector c2a = FloatVector.broadcast(F, bias[biasAt + 2]);
        FloatVector c2b = FloatVector.broadcast(F, bias[biasAt + 2]);
        FloatVector c2c = FloatVector.broadcast(F, bias[biasAt + 2]);
        FloatVector c2d = FloatVector.broadcast(F, bias[biasAt + 2]);
        FloatVector c2e = FloatVector.broadcast(F, bias[biasAt + 2]);
        FloatVector c2f = FloatVector.broadcast(F, bias[biasAt + 2]);
        FloatVector c3a = FloatVector.broadcast(F, bias[biasAt + 3]);
        FloatVector c3b = FloatVector.broadcast(F, bias[biasAt + 3]);
        FloatVector c3c = FloatVector.broadcast(F, bias[biasAt + 3]);
        FloatVector c3d = FloatVector.broadcast(F, bias[biasAt + 3]);
        FloatVector c3e = FloatVector.broadcast(F, bias[biasAt + 3]);
        FloatVector c3f = FloatVector.broadcast(F, bias[biasAt + 3]);
        for (int p = 0; p < k; p++) {
            int at = xAt + taps[p];
            FloatVector xa = FloatVector.fromArray(F, x, at);
            FloatVector xb = FloatVector.fromArray(F, x, at + LANES);
            FloatVector xc = FloatVector.fromArray(F, x, at + 2 * LANES);
            FloatVector xd = FloatVector.fromArray(F, x, at + 3 * LANES);
            FloatVector xe = FloatVector.fromArray(F, x, at + 4 * LANES);
            FloatVector xf = FloatVector.fromArray(F, x, at + 5 * LANES);
            FloatVector w0 = FloatVector.broadcast(F, w[wAt + p * 4]);
            c0a = w0.fma(xa, c0a);
            c0b = w0.fma(xb, c0b);
            c0c = w0.fma(xc, c0c);
            c0d = w0.fma(xd, c0d);
            c0e = w0.fma(xe, c0e);
            c0f = w0.fma(xf, c0f);
            FloatVector w1 = FloatVector.broadcast(F, w[wAt + p * 4 + 1]);
            c1a = w1.fma(xa, c1a);
            c1b = w1.fma(xb, c1b);
            c1c = w1.fma(xc, c1c);
            c1d = w1.fma(xd, c1d);
            c1e = w1.fma(xe, c1e);
            c1f = w1.fma(xf, c1f);
            FloatVector w2 = FloatVector.broadcast(F, w[wAt + p * 4 + 2]);
            c2a = w2.fma(xa, c2a);
            c2b = w2.fma(xb, c2b);
            c2c = w2.fma(xc, c2c);
            c2d = w2.fma(xd, c2d);
            c2e = w2.fma(xe, c2e);
            c2f = w2.fma(xf, c2f);
            FloatVector w3 = FloatVector.broadcast(F, w[wAt + p * 4 + 3]);
            c3a = w3.fma(xa, c3a);
            c3b = w3.fma(xb, c3b);
            c3c = w3.fma(xc, c3c);
            c3d = w3.fma(xd, c3d);
            c3e = w3.fma(xe, c3e);
            c3f = w3.fma(xf, c3f);
        }
        c0a.intoArray(c, cAt);
        c0b.intoArray(c, cAt + LANES);
        c0c.intoArray(c, cAt + 2 * LANES);
        c0d.intoArray(c, cAt + 3 * LANES);
        c0e.intoArray(c, cAt + 4 * LANES);
        c0f.intoArray(c, cAt + 5 * LANES);
        c1a.intoArray(c, cAt + 6 * LANES);
        c1b.intoArray(c, cAt + 7 * LANES);
        c1c.intoArray(c, cAt + 8 * LANES);
        c1d.intoArray(c, cAt + 9 * LANES);
        c1e.intoArray(c, cAt + 10 * LANES);
        c1f.intoArray(c, cAt + 11 * LANES);
        c2a.intoArray(c, cAt + 12 * LANES);
        c2b.intoArray(c, cAt + 13 * LANES);
        c2c.intoArray(c, cAt + 14 * LANES);
        c2d.intoArray(c, cAt + 15 * LANES);
        c2e.intoArray(c, cAt + 16 * LANES);
        c2f.intoArray(c, cAt + 17 * LANES);
        c3a.intoArray(c, cAt + 18 * LANES);
        c3b.intoArray(c, cAt + 19 * LANES);
        c3c.intoArray(c, cAt + 20 * LANES);
        c3d.intoArray(c, cAt + 21 * LANES);
        c3e.intoArray(c, cAt + 22 * LANES);
        c3f.intoArray(c, cAt + 23 * LANES);
    }
}
