package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * Nothing but fused multiply-adds on registers: what the processor can do at the most, for a share of it to be stated.
 * Twelve independent chains cover the latency of every current core (4 cycles, two units).
 *
 * <p>Each chain is what is added to, because x86 adds to the register that it writes: a chain that is multiplied costs a
 * copy of the other operand with every multiply-add, and with 16 registers the chains no longer fit (64 instead of 95
 * GFLOP/s on Zen 3).
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
            c0 = a.fma(b, c0);
            c1 = a.fma(b, c1);
            c2 = a.fma(b, c2);
            c3 = a.fma(b, c3);
            c4 = a.fma(b, c4);
            c5 = a.fma(b, c5);
            c6 = a.fma(b, c6);
            c7 = a.fma(b, c7);
            c8 = a.fma(b, c8);
            c9 = a.fma(b, c9);
            c10 = a.fma(b, c10);
            c11 = a.fma(b, c11);
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
