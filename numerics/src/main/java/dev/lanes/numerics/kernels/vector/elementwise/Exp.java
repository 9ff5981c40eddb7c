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
    /** Off by 2.7e-9 of it. */
    static final float LN2 = 0.69314718f;
    /** Of nine bits, so that its product with n is exact. */
    static final float LN2_HIGH = 0.693359375f;

    static final float LN2_LOW = -2.12194440e-4f;
    /** Above it the result is infinite, below the other it is 0, even 2^20 times of it. */
    private static final float HIGHEST = 89f;

    static final float LOWEST = -120f;

    /** Added to a small number, it leaves the nearest integer in the lowest bits. */
    static final float ROUND = 12582912f;

    /** What an exponent is stored with. */
    static final int BIAS = 127;

    /** Where the lowest bits of a power of two's exponent stand. */
    static final int EXPONENT = 23;

    /** The same with twice the bias of an exponent, so that the halves of the lowest bits are two exponents. */
    private static final float ROUND_BIASED = ROUND + 2 * BIAS;

    private Exp() {}

    /** Returns exp(x) of every lane; NaN for NaN. */
    static FloatVector of(FloatVector x) {
        FloatVector bounded = Bits.atLeast(Bits.atMost(x, HIGHEST), LOWEST);
        FloatVector rounded = rounded(bounded);
        FloatVector first = first(rounded);
        FloatVector y = exactTail(reduced(bounded, rounded)).fma(first, first).mul(second(rounded));
        return y.blend(x, x.compare(VectorOperators.NE, x));
    }

    /** Returns factor * exp(x + low) of every lane, rounded once where it is subnormal; low is far below x. */
    static FloatVector product(FloatVector factor, FloatVector x, FloatVector low) {
        FloatVector bounded = bounded(x);
        FloatVector rounded = rounded(bounded);
        FloatVector p = exactTail(reduced(bounded, rounded).add(low)).add(1f);
        return p.mul(factor).mul(first(rounded)).mul(second(rounded));
    }

    /** Returns exp(x) - 1 of every lane that is not positive, and something for the others. */
    static FloatVector minusOne(FloatVector x) {
        FloatVector bounded =
                x.blend(-25f, x.compare(VectorOperators.LT, -25f)).blend(0f, x.compare(VectorOperators.GT, 0f));
        FloatVector rounded = rounded(bounded);
        FloatVector power = power(rounded.reinterpretAsInts().sub(BIAS));
        return exactTail(reduced(bounded, rounded)).fma(power, power.sub(1f));
    }

    /** Returns x cut off where the result does not change any more. */
    static FloatVector bounded(FloatVector x) {
        return x.blend(HIGHEST, x.compare(VectorOperators.GT, HIGHEST))
                .blend(LOWEST, x.compare(VectorOperators.LT, LOWEST));
    }

    /** Returns n + 2 BIAS, plus a constant, in the lowest bits of every lane. */
    private static FloatVector rounded(FloatVector x) {
        return x.fma(FloatVector.broadcast(F, LOG2_E), FloatVector.broadcast(F, ROUND_BIASED));
    }

    /** Returns r. */
    private static FloatVector reduced(FloatVector x, FloatVector rounded) {
        return reducedBy(x, rounded.sub(ROUND_BIASED));
    }

    /** Returns x - n ln 2. */
    static FloatVector reducedBy(FloatVector x, FloatVector n) {
        FloatVector r = n.fma(FloatVector.broadcast(F, -LN2_HIGH), x);
        return n.fma(FloatVector.broadcast(F, -LN2_LOW), r);
    }

    /** Returns exp(r) - 1, off by 4e-9; the terms are summed in pairs, which wait less for one another. */
    static FloatVector tail(FloatVector r) {
        FloatVector square = r.mul(r);
        FloatVector low = r.fma(FloatVector.broadcast(F, 0.166665211f), FloatVector.broadcast(F, 0.5f));
        FloatVector high = r.fma(FloatVector.broadcast(F, 0.00836742017f), FloatVector.broadcast(F, 0.0416675694f));
        high = square.fma(FloatVector.broadcast(F, 0.0013800282f), high);
        return high.fma(square, low).fma(square, r);
    }

    /** Returns the same of one degree more, the largest terms one after the other: 0.04 ulp less. */
    private static FloatVector exactTail(FloatVector r) {
        FloatVector square = r.mul(r);
        FloatVector middle = r.fma(FloatVector.broadcast(F, 8.3335703e-3f), FloatVector.broadcast(F, 4.1666463e-2f));
        FloatVector high = r.fma(FloatVector.broadcast(F, 1.9740270e-4f), FloatVector.broadcast(F, 1.3935085e-3f));
        FloatVector q = high.fma(square, middle).fma(r, FloatVector.broadcast(F, 0.16666666f));
        return q.fma(r, FloatVector.broadcast(F, 0.5f)).fma(square, r);
    }

    /** Returns 2 to the power of the half of n. */
    private static FloatVector first(FloatVector rounded) {
        return power(rounded.reinterpretAsInts().lanewise(VectorOperators.ASHR, 1));
    }

    /** Returns 2 to the power of the other half of n. */
    private static FloatVector second(FloatVector rounded) {
        IntVector bits = rounded.reinterpretAsInts();
        return power(bits.sub(bits.lanewise(VectorOperators.ASHR, 1)));
    }

    /** Returns 2^n of n + BIAS in the lowest bits. */
    static FloatVector power(IntVector bits) {
        return bits.lanewise(VectorOperators.LSHL, EXPONENT).reinterpretAsFloats();
    }
}
