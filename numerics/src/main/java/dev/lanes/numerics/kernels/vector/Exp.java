package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The exponential function of float, our own, so that its bits are the same on every machine and at every width.
 *
 * <p>{@code exp(x) = 2^n * exp(r)} with {@code n = round(x / ln 2)} and {@code |r| <= ln 2 / 2}; r is exact to about 45
 * bits by subtracting n times ln 2 in two parts (Cody and Waite, Software Manual for the Elementary Functions, 1980);
 * exp(r) is a polynomial of degree 7. 2^n is multiplied in two halves, so that subnormal results come out right.
 */
final class Exp {
    private static final float LOG2_E = 1.44269504f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    /** Above it the result is infinite, below the other it is 0. */
    private static final float OVERFLOW = 88.72284f;

    private static final float UNDERFLOW = -103.97208f;
    /** Adding and subtracting it rounds to an integer, ties to even. */
    private static final float ROUND = 12582912f;

    private static final float P7 = 1.98412698e-4f;
    private static final float P6 = 1.38888889e-3f;
    private static final float P5 = 8.33333333e-3f;
    private static final float P4 = 4.16666667e-2f;
    private static final float P3 = 0.166666667f;

    private Exp() {}

    /** Returns exp(x) of every lane; NaN for NaN. */
    static FloatVector of(FloatVector x) {
        FloatVector bounded = x.max(UNDERFLOW - 1f).min(OVERFLOW + 1f);
        FloatVector n = bounded.fma(FloatVector.broadcast(F, LOG2_E), FloatVector.broadcast(F, ROUND))
                .sub(ROUND);
        FloatVector r = n.fma(FloatVector.broadcast(F, -LN2_HIGH), bounded);
        r = n.fma(FloatVector.broadcast(F, -LN2_LOW), r);
        FloatVector p = FloatVector.broadcast(F, P7);
        p = p.fma(r, FloatVector.broadcast(F, P6));
        p = p.fma(r, FloatVector.broadcast(F, P5));
        p = p.fma(r, FloatVector.broadcast(F, P4));
        p = p.fma(r, FloatVector.broadcast(F, P3));
        p = p.fma(r, FloatVector.broadcast(F, 0.5f));
        p = p.fma(r.mul(r), r).add(1f);
        IntVector exponent = (IntVector) n.convert(VectorOperators.F2I, 0);
        IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
        return p.mul(power(half)).mul(power(exponent.sub(half)));
    }

    private static FloatVector power(IntVector n) {
        return n.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    }

    /** Returns exp(x), the same bits as a lane of the vector form. */
    static float of(float x) {
        float bounded = Math.min(Math.max(x, UNDERFLOW - 1f), OVERFLOW + 1f);
        float n = Math.fma(bounded, LOG2_E, ROUND) - ROUND;
        float r = Math.fma(n, -LN2_HIGH, bounded);
        r = Math.fma(n, -LN2_LOW, r);
        float p = P7;
        p = Math.fma(p, r, P6);
        p = Math.fma(p, r, P5);
        p = Math.fma(p, r, P4);
        p = Math.fma(p, r, P3);
        p = Math.fma(p, r, 0.5f);
        p = Math.fma(p, r * r, r) + 1f;
        int exponent = (int) n;
        int half = exponent >> 1;
        return p * Float.intBitsToFloat((half + 127) << 23) * Float.intBitsToFloat((exponent - half + 127) << 23);
    }
}
