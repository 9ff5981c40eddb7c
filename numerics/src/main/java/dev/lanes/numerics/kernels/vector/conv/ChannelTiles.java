package dev.lanes.numerics.kernels.vector.conv;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.kernels.vector.gemm.RowTilesWide;
import jdk.incubator.vector.FloatVector;

/**
 * Tiles whose lanes are channels of output: the sums of two vectors of channels at some neighbouring pixels of a plane. A
 * step of k is one tap of the window: two vectors of weights times the pixels where the tap points.
 *
 * <p>The form is that of {@link RowTilesWide}, but the sums begin from the bias and are written for the first time. The
 * pixels lie one behind the other, so that one index leads to all of them.
 */
final class ChannelTiles {
    /** Columns of a tile. */
    static final int NR = RowTilesWide.NR;

    /** Pixels of the tiles, in the order of preference: for 32 registers, or for 16. */
    private static final int[] WIDE = LANES >= 16 ? new int[] {8, 7} : new int[] {6, 4};

    /** Pixels of the tiles that are one vector wide. */
    private static final int[] NARROW = {14, 10};

    private ChannelTiles() {}

    /** Returns the pixels of the tiles, two vectors wide or one, that cover a line with the least overlap. */
    static int pixels(int line, boolean wide) {
        int[] sizes = wide ? WIDE : NARROW;
        int best = sizes[0];
        for (int pixels : sizes) {
            if (Math.ceilDiv(line, pixels) * pixels < Math.ceilDiv(line, best) * best) {
                best = pixels;
            }
        }
        return best;
    }

    /**
     * Computes a tile: {@code c[i, j] = bias[j] + sum over p of x[xAt + taps[p] + i] * w[p, j]}, each step a fused
     * multiply-add, p ascending.
     *
     * @param pixels rows of the tile, one of those that {@link #pixels} returns
     * @param w {@code [k][NR]}, or {@code [k][LANES]} for the narrow tiles
     * @param taps where each step's pixels lie
     * @param ldc distance in c between the pixels
     */
    static void run(
            int pixels,
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
        switch (pixels) {
            case 14 -> ChannelTilesNarrow.tile14(k, w, wAt, x, xAt, taps, bias, biasAt, c, cAt, ldc);
            case 10 -> ChannelTilesNarrow.tile10(k, w, wAt, x, xAt, taps, bias, biasAt, c, cAt, ldc);
            case 8 -> tile8(k, w, wAt, x, xAt, taps, bias, biasAt, c, cAt, ldc);
            case 7 -> tile7(k, w, wAt, x, xAt, taps, bias, biasAt, c, cAt, ldc);
            case 6 -> tile6(k, w, wAt, x, xAt, taps, bias, biasAt, c, cAt, ldc);
            case 4 -> tile4(k, w, wAt, x, xAt, taps, bias, biasAt, c, cAt, ldc);
            default -> throw new IllegalArgumentException("no tile of " + pixels + " pixels");
        }
    }

    private static void tile8(
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
        FloatVector c0a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c0b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c1a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c1b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c2a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c2b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c3a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c3b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c4a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c4b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c5a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c5b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c6a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c6b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c7a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c7b = FloatVector.fromArray(F, bias, biasAt + LANES);
        for (int p = 0; p < k; p++) {
            int at = xAt + taps[p];
            FloatVector wa = FloatVector.fromArray(F, w, wAt + p * NR);
            FloatVector wb = FloatVector.fromArray(F, w, wAt + p * NR + LANES);
            FloatVector x0 = FloatVector.broadcast(F, x[at]);
            c0a = x0.fma(wa, c0a);
            c0b = x0.fma(wb, c0b);
            FloatVector x1 = FloatVector.broadcast(F, x[at + 1]);
            c1a = x1.fma(wa, c1a);
            c1b = x1.fma(wb, c1b);
            FloatVector x2 = FloatVector.broadcast(F, x[at + 2]);
            c2a = x2.fma(wa, c2a);
            c2b = x2.fma(wb, c2b);
            FloatVector x3 = FloatVector.broadcast(F, x[at + 3]);
            c3a = x3.fma(wa, c3a);
            c3b = x3.fma(wb, c3b);
            FloatVector x4 = FloatVector.broadcast(F, x[at + 4]);
            c4a = x4.fma(wa, c4a);
            c4b = x4.fma(wb, c4b);
            FloatVector x5 = FloatVector.broadcast(F, x[at + 5]);
            c5a = x5.fma(wa, c5a);
            c5b = x5.fma(wb, c5b);
            FloatVector x6 = FloatVector.broadcast(F, x[at + 6]);
            c6a = x6.fma(wa, c6a);
            c6b = x6.fma(wb, c6b);
            FloatVector x7 = FloatVector.broadcast(F, x[at + 7]);
            c7a = x7.fma(wa, c7a);
            c7b = x7.fma(wb, c7b);
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
        FloatVector c0a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c0b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c1a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c1b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c2a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c2b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c3a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c3b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c4a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c4b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c5a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c5b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c6a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c6b = FloatVector.fromArray(F, bias, biasAt + LANES);
        for (int p = 0; p < k; p++) {
            int at = xAt + taps[p];
            FloatVector wa = FloatVector.fromArray(F, w, wAt + p * NR);
            FloatVector wb = FloatVector.fromArray(F, w, wAt + p * NR + LANES);
            FloatVector x0 = FloatVector.broadcast(F, x[at]);
            c0a = x0.fma(wa, c0a);
            c0b = x0.fma(wb, c0b);
            FloatVector x1 = FloatVector.broadcast(F, x[at + 1]);
            c1a = x1.fma(wa, c1a);
            c1b = x1.fma(wb, c1b);
            FloatVector x2 = FloatVector.broadcast(F, x[at + 2]);
            c2a = x2.fma(wa, c2a);
            c2b = x2.fma(wb, c2b);
            FloatVector x3 = FloatVector.broadcast(F, x[at + 3]);
            c3a = x3.fma(wa, c3a);
            c3b = x3.fma(wb, c3b);
            FloatVector x4 = FloatVector.broadcast(F, x[at + 4]);
            c4a = x4.fma(wa, c4a);
            c4b = x4.fma(wb, c4b);
            FloatVector x5 = FloatVector.broadcast(F, x[at + 5]);
            c5a = x5.fma(wa, c5a);
            c5b = x5.fma(wb, c5b);
            FloatVector x6 = FloatVector.broadcast(F, x[at + 6]);
            c6a = x6.fma(wa, c6a);
            c6b = x6.fma(wb, c6b);
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

    private static void tile6(
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
        FloatVector c0a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c0b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c1a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c1b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c2a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c2b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c3a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c3b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c4a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c4b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c5a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c5b = FloatVector.fromArray(F, bias, biasAt + LANES);
        for (int p = 0; p < k; p++) {
            int at = xAt + taps[p];
            FloatVector wa = FloatVector.fromArray(F, w, wAt + p * NR);
            FloatVector wb = FloatVector.fromArray(F, w, wAt + p * NR + LANES);
            FloatVector x0 = FloatVector.broadcast(F, x[at]);
            c0a = x0.fma(wa, c0a);
            c0b = x0.fma(wb, c0b);
            FloatVector x1 = FloatVector.broadcast(F, x[at + 1]);
            c1a = x1.fma(wa, c1a);
            c1b = x1.fma(wb, c1b);
            FloatVector x2 = FloatVector.broadcast(F, x[at + 2]);
            c2a = x2.fma(wa, c2a);
            c2b = x2.fma(wb, c2b);
            FloatVector x3 = FloatVector.broadcast(F, x[at + 3]);
            c3a = x3.fma(wa, c3a);
            c3b = x3.fma(wb, c3b);
            FloatVector x4 = FloatVector.broadcast(F, x[at + 4]);
            c4a = x4.fma(wa, c4a);
            c4b = x4.fma(wb, c4b);
            FloatVector x5 = FloatVector.broadcast(F, x[at + 5]);
            c5a = x5.fma(wa, c5a);
            c5b = x5.fma(wb, c5b);
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
        FloatVector c0a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c0b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c1a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c1b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c2a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c2b = FloatVector.fromArray(F, bias, biasAt + LANES);
        FloatVector c3a = FloatVector.fromArray(F, bias, biasAt);
        FloatVector c3b = FloatVector.fromArray(F, bias, biasAt + LANES);
        for (int p = 0; p < k; p++) {
            int at = xAt + taps[p];
            FloatVector wa = FloatVector.fromArray(F, w, wAt + p * NR);
            FloatVector wb = FloatVector.fromArray(F, w, wAt + p * NR + LANES);
            FloatVector x0 = FloatVector.broadcast(F, x[at]);
            c0a = x0.fma(wa, c0a);
            c0b = x0.fma(wb, c0b);
            FloatVector x1 = FloatVector.broadcast(F, x[at + 1]);
            c1a = x1.fma(wa, c1a);
            c1b = x1.fma(wb, c1b);
            FloatVector x2 = FloatVector.broadcast(F, x[at + 2]);
            c2a = x2.fma(wa, c2a);
            c2b = x2.fma(wb, c2b);
            FloatVector x3 = FloatVector.broadcast(F, x[at + 3]);
            c3a = x3.fma(wa, c3a);
            c3b = x3.fma(wb, c3b);
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
}
