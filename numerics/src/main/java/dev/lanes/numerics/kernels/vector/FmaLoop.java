package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * Nothing but fused multiply-adds on registers: what the processor can do at the most, for a share of it to be stated.
 * Twelve independent chains cover the latency of every current core (4 cycles, two units).
 */
final class FmaLoop {
    private static final int CHAINS = 12;

    private FmaLoop() {}

    /** Returns the floating-point operations of one run of {@code steps}. */
    static double flops(int steps) {
        return 2.0 * CHAINS * LANES * steps;
    }

    /** Runs {@code steps} steps; x holds at least 12 vectors, and receives the chains so that they are not removed. */
    static void run(int steps, float[] x) {
        FloatVector a = FloatVector.broadcast(F, 0.999f);
        FloatVector b = FloatVector.broadcast(F, 0.001f);
        FloatVector c0 = FloatVector.fromArray(F, x, 0 * LANES);
        FloatVector c1 = FloatVector.fromArray(F, x, 1 * LANES);
        FloatVector c2 = FloatVector.fromArray(F, x, 2 * LANES);
        FloatVector c3 = FloatVector.fromArray(F, x, 3 * LANES);
        FloatVector c4 = FloatVector.fromArray(F, x, 4 * LANES);
        FloatVector c5 = FloatVector.fromArray(F, x, 5 * LANES);
        FloatVector c6 = FloatVector.fromArray(F, x, 6 * LANES);
        FloatVector c7 = FloatVector.fromArray(F, x, 7 * LANES);
        FloatVector c8 = FloatVector.fromArray(F, x, 8 * LANES);
        FloatVector c9 = FloatVector.fromArray(F, x, 9 * LANES);
        FloatVector c10 = FloatVector.fromArray(F, x, 10 * LANES);
        FloatVector c11 = FloatVector.fromArray(F, x, 11 * LANES);
        for (int p = 0; p < steps; p++) {
            c0 = c0.fma(a, b);
            c1 = c1.fma(a, b);
            c2 = c2.fma(a, b);
            c3 = c3.fma(a, b);
            c4 = c4.fma(a, b);
            c5 = c5.fma(a, b);
            c6 = c6.fma(a, b);
            c7 = c7.fma(a, b);
            c8 = c8.fma(a, b);
            c9 = c9.fma(a, b);
            c10 = c10.fma(a, b);
            c11 = c11.fma(a, b);
        }
        c0.intoArray(x, 0 * LANES);
        c1.intoArray(x, 1 * LANES);
        c2.intoArray(x, 2 * LANES);
        c3.intoArray(x, 3 * LANES);
        c4.intoArray(x, 4 * LANES);
        c5.intoArray(x, 5 * LANES);
        c6.intoArray(x, 6 * LANES);
        c7.intoArray(x, 7 * LANES);
        c8.intoArray(x, 8 * LANES);
        c9.intoArray(x, 9 * LANES);
        c10.intoArray(x, 10 * LANES);
        c11.intoArray(x, 11 * LANES);
    }
}
