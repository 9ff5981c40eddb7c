package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The sigmoid, the hyperbolic tangent and what is made of them, our own, so that their bits are the same on every
 * machine and at every width.
 *
 * <p>All divide once, by {@code 1 + e^z} for z from 0 on, with {@code e^z = 2^n (1 + t)}: that is {@code (2^n + 1)
 * + 2^n t}, a fused multiplication and addition that rounds once. {@code q(z) = 1 / (1 + e^z)} is the smaller of the
 * sigmoid's two sides, the other is {@code 1 - q}; what its sum and its quotient lost to rounding is added to it. Above 1
 * the hyperbolic tangent is {@code 1 - 2 q(2x)}, whose q needs none of that; below it is {@code x + x^3 p(x^2)} with a
 * minimax polynomial of degree 6, fitted for this file. The divisor is computed 2^64 or 2^32 times too small, so that it
 * is finite as long as the quotient is not 0.
 *
 * <p>Error, measured over all floats: the sigmoid at most 0.98 ulp, the hyperbolic tangent 0.98, the SiLU 1.77.
 */
final class Logistic {
    private static final float POLYNOMIAL_BELOW = 1f;
    /** From here on the hyperbolic tangent is 1. */
    private static final float ALL_TANH = 10f;

    /** Where sigmoid, SiLU and their derivatives have vanished; e to the power of it, 2^32 times smaller, is finite. */
    private static final float GONE = 110f;

    private static final int RAISED = 64;

    private static final float LOWERED = 0x1p-64f;

    private static final int SILU_RAISED = 32;

    private static final float SILU_LOWERED = 0x1p-32f;

    private static final int SIGN = 1 << 31;

    private Logistic() {}

    private static FloatVector one() {
        return FloatVector.broadcast(F, 1f);
    }

    /** Returns n in the lowest bits, as {@code round} has it there, with {@code e^z = 2^n (1 + t)}. */
    private static FloatVector rounded(FloatVector z, float round) {
        return z.fma(FloatVector.broadcast(F, Exp.LOG2_E), FloatVector.broadcast(F, round));
    }

    /** Returns t. */
    private static FloatVector step(FloatVector z, FloatVector rounded, float round) {
        return Exp.tail(Exp.reducedBy(z, rounded.sub(round)));
    }

    /** Returns what the sum of a power of two and a smaller number has lost to rounding. */
    private static FloatVector lost(FloatVector power, float smaller, FloatVector sum) {
        return FloatVector.broadcast(F, smaller).sub(sum.sub(power));
    }

    /** Returns {@code 2^RAISED / (1 + e^z)} for z from 0 to {@link #GONE}; NaN for NaN. */
    private static FloatVector raised(FloatVector z) {
        float round = Exp.ROUND + Exp.BIAS - RAISED;
        FloatVector rounded = rounded(z, round);
        FloatVector t = step(z, rounded, round);
        FloatVector power = Exp.power(rounded.reinterpretAsInts());
        FloatVector large = power.add(LOWERED);
        FloatVector below = t.fma(power, large);
        FloatVector belowLow = t.fma(power, large.sub(below)).add(lost(power, LOWERED, large));
        FloatVector inverse = one().div(below);
        FloatVector minus = inverse.neg();
        FloatVector left = minus.fma(belowLow, minus.fma(below, one()));
        return left.fma(inverse, inverse);
    }

    /** Returns z, which is not negative, cut off where all has vanished; NaN for NaN. */
    private static FloatVector bounded(FloatVector z) {
        return z.blend(GONE, z.compare(VectorOperators.GT, GONE));
    }

    /** Returns 1 / (1 + e^-x) of every lane; NaN for NaN. */
    static FloatVector sigmoid(FloatVector x) {
        FloatVector raised = raised(Bits.atMost(x.abs(), GONE));
        FloatVector oneOrNan = one().blend(x, x.compare(VectorOperators.NE, x));
        FloatVector right = raised.fma(FloatVector.broadcast(F, -LOWERED), oneOrNan);
        return right.blend(raised.mul(LOWERED), x.compare(VectorOperators.LT, 0f));
    }

    /** Returns sigmoid(x) * (1 - sigmoid(x)), the derivative. */
    static FloatVector sigmoidFirst(FloatVector x) {
        FloatVector q = raised(bounded(x.abs())).mul(LOWERED);
        return one().sub(q).mul(q);
    }

    /** Returns the second derivative of the sigmoid. */
    static FloatVector sigmoidSecond(FloatVector x) {
        FloatVector q = raised(bounded(x.abs())).mul(LOWERED);
        FloatVector y = one().sub(q).mul(q).mul(q.add(q).sub(1f));
        return y.blend(y.neg(), x.compare(VectorOperators.LT, 0f));
    }

    /** Returns tanh(x) of every lane; NaN for NaN. */
    static FloatVector tanh(FloatVector x) {
        FloatVector square = x.mul(x);
        FloatVector fourth = square.mul(square);
        FloatVector low = square.fma(FloatVector.broadcast(F, 0.133323461f), FloatVector.broadcast(F, -0.333332956f));
        FloatVector middle =
                square.fma(FloatVector.broadcast(F, 0.0214867033f), FloatVector.broadcast(F, -0.0538798496f));
        FloatVector high =
                square.fma(FloatVector.broadcast(F, 0.00230129389f), FloatVector.broadcast(F, -0.0079460796f));
        high = fourth.fma(FloatVector.broadcast(F, -0.000358420511f), high);
        FloatVector p = high.fma(fourth, middle).fma(fourth, low);
        FloatVector near = p.fma(square.mul(x), x);
        FloatVector size = x.abs();
        FloatVector bounded = Bits.atMost(size, ALL_TANH);
        float round = Exp.ROUND + Exp.BIAS;
        FloatVector rounded = bounded.fma(FloatVector.broadcast(F, 2 * Exp.LOG2_E), FloatVector.broadcast(F, round));
        FloatVector r = rounded.sub(round).fma(FloatVector.broadcast(F, -Exp.LN2), bounded.add(bounded));
        FloatVector power = Exp.power(rounded.reinterpretAsInts());
        FloatVector below = Exp.tail(r).fma(power, power.add(1f));
        FloatVector far = FloatVector.broadcast(F, -2f).div(below).add(1f);
        FloatVector y = near.blend(far, size.compare(VectorOperators.GE, POLYNOMIAL_BELOW));
        return y.reinterpretAsInts()
                .lanewise(VectorOperators.OR, x.reinterpretAsInts().lanewise(VectorOperators.AND, SIGN))
                .reinterpretAsFloats(); // of -0, too
    }

    /** Returns 1 - tanh(x)^2, the derivative. */
    static FloatVector tanhFirst(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector raised = raised(bounded(size.add(size)));
        return one().sub(raised.mul(LOWERED)).mul(4f).mul(raised).mul(LOWERED);
    }

    /** Returns -2 tanh(x) (1 - tanh(x)^2), the second derivative. */
    static FloatVector tanhSecond(FloatVector x) {
        return tanh(x).mul(-2f).mul(tanhFirst(x));
    }

    /** Returns x * sigmoid(x) of every lane; NaN for NaN. */
    static FloatVector silu(FloatVector x) {
        FloatVector z = Bits.atMost(x.abs(), GONE);
        float round = Exp.ROUND + Exp.BIAS - SILU_RAISED;
        FloatVector rounded = rounded(z, round);
        FloatVector t = step(z, rounded, round);
        FloatVector power = Exp.power(rounded.reinterpretAsInts());
        FloatVector large = power.add(SILU_LOWERED);
        FloatVector left =
                z.div(large.add(t.fma(power, lost(power, SILU_LOWERED, large)))).mul(-SILU_LOWERED);
        return left.add(x).blend(left, x.compare(VectorOperators.LT, 0f));
    }

    /** Returns the derivative of x * sigmoid(x), sigmoid(x) + x sigmoid'(x). */
    static FloatVector siluFirst(FloatVector x) {
        FloatVector z = bounded(x.abs());
        FloatVector raised = raised(z);
        FloatVector factor = z.neg().fma(one().sub(raised.mul(LOWERED)), one());
        FloatVector left = factor.mul(raised).mul(LOWERED);
        return one().sub(left).blend(left, x.compare(VectorOperators.LT, 0f));
    }

    /** Returns the second derivative of x * sigmoid(x), {@code sigmoid'(x) (2 - x tanh(x / 2))}. */
    static FloatVector siluSecond(FloatVector x) {
        FloatVector z = bounded(x.abs());
        FloatVector raised = raised(z);
        FloatVector q = raised.mul(LOWERED);
        FloatVector tanh = one().sub(q.add(q));
        FloatVector factor = one().sub(q).mul(z.neg().fma(tanh, FloatVector.broadcast(F, 2f)));
        return factor.mul(raised).mul(LOWERED);
    }

    /** Returns log(1 + e^x) of every lane; NaN for NaN. */
    static FloatVector softplus(FloatVector x) {
        FloatVector positive = x.blend(0f, x.compare(VectorOperators.LT, 0f));
        return positive.add(Log.onePlus(Exp.of(x.abs().neg())));
    }
}
