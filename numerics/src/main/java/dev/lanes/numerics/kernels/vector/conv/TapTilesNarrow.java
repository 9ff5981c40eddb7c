package dev.lanes.numerics.kernels.vector.conv;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/** The tiles of {@link TapTiles} that are one vector wide. */
final class TapTilesNarrow {
    private TapTilesNarrow() {}

    static void tile13x1(
            int n, float[] x, int xAt, int[] taps, int tap, float[] dy, int dyAt, int pitch, float[] c, int cAt) {
        int t0 = xAt + taps[tap];
        int t1 = xAt + taps[tap + 1];
        int t2 = xAt + taps[tap + 2];
        int t3 = xAt + taps[tap + 3];
        int t4 = xAt + taps[tap + 4];
        int t5 = xAt + taps[tap + 5];
        int t6 = xAt + taps[tap + 6];
        int t7 = xAt + taps[tap + 7];
        int t8 = xAt + taps[tap + 8];
        int t9 = xAt + taps[tap + 9];
        int t10 = xAt + taps[tap + 10];
        int t11 = xAt + taps[tap + 11];
        int t12 = xAt + taps[tap + 12];
        FloatVector c0a = FloatVector.fromArray(F, c, cAt);
        FloatVector c1a = FloatVector.fromArray(F, c, cAt + LANES);
        FloatVector c2a = FloatVector.fromArray(F, c, cAt + 2 * LANES);
        FloatVector c3a = FloatVector.fromArray(F, c, cAt + 3 * LANES);
        FloatVector c4a = FloatVector.fromArray(F, c, cAt + 4 * LANES);
        FloatVector c5a = FloatVector.fromArray(F, c, cAt + 5 * LANES);
        FloatVector c6a = FloatVector.fromArray(F, c, cAt + 6 * LANES);
        FloatVector c7a = FloatVector.fromArray(F, c, cAt + 7 * LANES);
        FloatVector c8a = FloatVector.fromArray(F, c, cAt + 8 * LANES);
        FloatVector c9a = FloatVector.fromArray(F, c, cAt + 9 * LANES);
        FloatVector c10a = FloatVector.fromArray(F, c, cAt + 10 * LANES);
        FloatVector c11a = FloatVector.fromArray(F, c, cAt + 11 * LANES);
        FloatVector c12a = FloatVector.fromArray(F, c, cAt + 12 * LANES);
        int at = dyAt;
        for (int i = 0; i < n; i++) {
            FloatVector da = FloatVector.fromArray(F, dy, at);
            FloatVector x0 = FloatVector.broadcast(F, x[t0 + i]);
            c0a = x0.fma(da, c0a);
            FloatVector x1 = FloatVector.broadcast(F, x[t1 + i]);
            c1a = x1.fma(da, c1a);
            FloatVector x2 = FloatVector.broadcast(F, x[t2 + i]);
            c2a = x2.fma(da, c2a);
            FloatVector x3 = FloatVector.broadcast(F, x[t3 + i]);
            c3a = x3.fma(da, c3a);
            FloatVector x4 = FloatVector.broadcast(F, x[t4 + i]);
            c4a = x4.fma(da, c4a);
            FloatVector x5 = FloatVector.broadcast(F, x[t5 + i]);
            c5a = x5.fma(da, c5a);
            FloatVector x6 = FloatVector.broadcast(F, x[t6 + i]);
            c6a = x6.fma(da, c6a);
            FloatVector x7 = FloatVector.broadcast(F, x[t7 + i]);
            c7a = x7.fma(da, c7a);
            FloatVector x8 = FloatVector.broadcast(F, x[t8 + i]);
            c8a = x8.fma(da, c8a);
            FloatVector x9 = FloatVector.broadcast(F, x[t9 + i]);
            c9a = x9.fma(da, c9a);
            FloatVector x10 = FloatVector.broadcast(F, x[t10 + i]);
            c10a = x10.fma(da, c10a);
            FloatVector x11 = FloatVector.broadcast(F, x[t11 + i]);
            c11a = x11.fma(da, c11a);
            FloatVector x12 = FloatVector.broadcast(F, x[t12 + i]);
            c12a = x12.fma(da, c12a);
            at += pitch;
        }
        c0a.intoArray(c, cAt);
        c1a.intoArray(c, cAt + LANES);
        c2a.intoArray(c, cAt + 2 * LANES);
        c3a.intoArray(c, cAt + 3 * LANES);
        c4a.intoArray(c, cAt + 4 * LANES);
        c5a.intoArray(c, cAt + 5 * LANES);
        c6a.intoArray(c, cAt + 6 * LANES);
        c7a.intoArray(c, cAt + 7 * LANES);
        c8a.intoArray(c, cAt + 8 * LANES);
        c9a.intoArray(c, cAt + 9 * LANES);
        c10a.intoArray(c, cAt + 10 * LANES);
        c11a.intoArray(c, cAt + 11 * LANES);
        c12a.intoArray(c, cAt + 12 * LANES);
    }

    static void tile9x1(
            int n, float[] x, int xAt, int[] taps, int tap, float[] dy, int dyAt, int pitch, float[] c, int cAt) {
        int t0 = xAt + taps[tap];
        int t1 = xAt + taps[tap + 1];
        int t2 = xAt + taps[tap + 2];
        int t3 = xAt + taps[tap + 3];
        int t4 = xAt + taps[tap + 4];
        int t5 = xAt + taps[tap + 5];
        int t6 = xAt + taps[tap + 6];
        int t7 = xAt + taps[tap + 7];
        int t8 = xAt + taps[tap + 8];
        FloatVector c0a = FloatVector.fromArray(F, c, cAt);
        FloatVector c1a = FloatVector.fromArray(F, c, cAt + LANES);
        FloatVector c2a = FloatVector.fromArray(F, c, cAt + 2 * LANES);
        FloatVector c3a = FloatVector.fromArray(F, c, cAt + 3 * LANES);
        FloatVector c4a = FloatVector.fromArray(F, c, cAt + 4 * LANES);
        FloatVector c5a = FloatVector.fromArray(F, c, cAt + 5 * LANES);
        FloatVector c6a = FloatVector.fromArray(F, c, cAt + 6 * LANES);
        FloatVector c7a = FloatVector.fromArray(F, c, cAt + 7 * LANES);
        FloatVector c8a = FloatVector.fromArray(F, c, cAt + 8 * LANES);
        int at = dyAt;
        for (int i = 0; i < n; i++) {
            FloatVector da = FloatVector.fromArray(F, dy, at);
            FloatVector x0 = FloatVector.broadcast(F, x[t0 + i]);
            c0a = x0.fma(da, c0a);
            FloatVector x1 = FloatVector.broadcast(F, x[t1 + i]);
            c1a = x1.fma(da, c1a);
            FloatVector x2 = FloatVector.broadcast(F, x[t2 + i]);
            c2a = x2.fma(da, c2a);
            FloatVector x3 = FloatVector.broadcast(F, x[t3 + i]);
            c3a = x3.fma(da, c3a);
            FloatVector x4 = FloatVector.broadcast(F, x[t4 + i]);
            c4a = x4.fma(da, c4a);
            FloatVector x5 = FloatVector.broadcast(F, x[t5 + i]);
            c5a = x5.fma(da, c5a);
            FloatVector x6 = FloatVector.broadcast(F, x[t6 + i]);
            c6a = x6.fma(da, c6a);
            FloatVector x7 = FloatVector.broadcast(F, x[t7 + i]);
            c7a = x7.fma(da, c7a);
            FloatVector x8 = FloatVector.broadcast(F, x[t8 + i]);
            c8a = x8.fma(da, c8a);
            at += pitch;
        }
        c0a.intoArray(c, cAt);
        c1a.intoArray(c, cAt + LANES);
        c2a.intoArray(c, cAt + 2 * LANES);
        c3a.intoArray(c, cAt + 3 * LANES);
        c4a.intoArray(c, cAt + 4 * LANES);
        c5a.intoArray(c, cAt + 5 * LANES);
        c6a.intoArray(c, cAt + 6 * LANES);
        c7a.intoArray(c, cAt + 7 * LANES);
        c8a.intoArray(c, cAt + 8 * LANES);
    }
}
