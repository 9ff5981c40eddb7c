package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The exponential function of float, our own, so that its bits are the same on every machine and at every width.
 *
 * <p>{@code exp(x) = 2^n * exp(r)} with {@code n = round(x / ln 2)} and {@code |r| <= ln 2 / 2}; r is exact to about 45
 * bits by subtracting n times ln 2 in two parts (Cody and Waite, Software Manual for the Elementary Functions, 1980);
 * {@code exp(r) = 1 + r + r^2 q(r)} with a minimax polynomial q of degree 5, fitted for this file. 2^n is multiplied in
 * two halves, so that subnormal results are rounded once.
 *
 * <p>Error: at most 0.98 ulp, measured over all floats.
 */
final class Exp {
    static final float LOG2_E = 1.44269504f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    /** Above it the result is infinite, below the other it is 0, even 2^20 times of it. */
    private static final float HIGHEST = 89f;

    static final float LOWEST = -120f;
    /** Below it the result is 0. */
    static final float GONE = -104f;

    /** Added to a small number, it leaves the nearest integer in the lowest bits. */
    static final float ROUND = 12582912f;

    static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);

    private Exp() {}

    /** Returns exp(x) of every lane; NaN for NaN. */
    static FloatVector of(FloatVector x) {
        FloatVector bounded = bounded(x);
        FloatVector rounded = rounded(bounded);
        return scaled(tail(reduced(bounded, rounded)).add(1f), rounded);
    }

    /** Returns factor * exp(x + low) of every lane, rounded once where it is subnormal; low is far below x. */
    static FloatVector product(FloatVector factor, FloatVector x, FloatVector low) {
        FloatVector bounded = bounded(x);
        FloatVector rounded = rounded(bounded);
        FloatVector p = tail(reduced(bounded, rounded).add(low)).add(1f);
        return scaled(p.mul(factor), rounded);
    }

    /** Returns exp(x) - 1 of every lane that is not positive, and something for the others. */
    static FloatVector minusOne(FloatVector x) {
        FloatVector bounded =
                x.blend(-25f, x.compare(VectorOperators.LT, -25f)).blend(0f, x.compare(VectorOperators.GT, 0f));
        FloatVector rounded = rounded(bounded);
        FloatVector power = power(rounded.reinterpretAsInts().sub(ROUND_BITS));
        return tail(reduced(bounded, rounded)).fma(power, power.sub(1f));
    }

    /** Returns x cut off where the result does not change any more. */
    static FloatVector bounded(FloatVector x) {
        return x.blend(HIGHEST, x.compare(VectorOperators.GT, HIGHEST))
                .blend(LOWEST, x.compare(VectorOperators.LT, LOWEST));
    }

    /** Returns n, plus a constant, in the lowest bits of every lane. */
    static FloatVector rounded(FloatVector x) {
        return x.fma(FloatVector.broadcast(F, LOG2_E), FloatVector.broadcast(F, ROUND));
    }

    /** Returns r. */
    static FloatVector reduced(FloatVector x, FloatVector rounded) {
        FloatVector n = rounded.sub(ROUND);
        FloatVector r = n.fma(FloatVector.broadcast(F, -LN2_HIGH), x);
        return n.fma(FloatVector.broadcast(F, -LN2_LOW), r);
    }

    /** Returns exp(r) - 1. */
    static FloatVector tail(FloatVector r) {
        FloatVector q = FloatVector.broadcast(F, 1.9740270e-4f);
        q = q.fma(r, FloatVector.broadcast(F, 1.3935085e-3f));
        q = q.fma(r, FloatVector.broadcast(F, 8.3335703e-3f));
        q = q.fma(r, FloatVector.broadcast(F, 4.1666463e-2f));
        q = q.fma(r, FloatVector.broadcast(F, 0.16666666f));
        q = q.fma(r, FloatVector.broadcast(F, 0.5f));
        return q.fma(r.mul(r), r);
    }

    /**
     * Returns p times 2^n. The two powers are written out: as calls they were one level too deep to be inlined, and every
     * vector became an object.
     */
    static FloatVector scaled(FloatVector p, FloatVector rounded) {
        IntVector n = rounded.reinterpretAsInts().sub(ROUND_BITS);
        IntVector half = n.lanewise(VectorOperators.ASHR, 1);
        FloatVector first = half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
        FloatVector second =
                n.sub(half).add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
        return p.mul(first).mul(second);
    }

    private static FloatVector power(IntVector n) {
        return n.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    }
}
