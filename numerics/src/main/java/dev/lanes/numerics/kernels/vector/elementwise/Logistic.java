package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The sigmoid, the hyperbolic tangent and what is made of them, our own, so that their bits are the same on every
 * machine and at every width.
 *
 * <p>All come from {@code q(z) = e^-z / (1 + e^-z)} for z from 0 on, which is the smaller of the sigmoid's two sides:
 * {@code sigmoid(x) = x < 0 ? q(-x) : 1 - q(x)} and {@code tanh(x) = 1 - 2 q(2x)} for positive x. What the exponential
 * and the sum below it lose to rounding is carried along, so q is off by little more than its last rounding. Near 0 the
 * hyperbolic tangent is {@code x + x^3 p(x^2)} with a minimax polynomial of degree 4, fitted for this file.
 *
 * <p>Error, measured over all floats: the sigmoid at most 0.98 ulp, the hyperbolic tangent 0.88. SILU and softplus
 * 1.70.
 */
final class Logistic {
    private static final float POLYNOMIAL_BELOW = 0.5625f;
    /** Where the sigmoid has long vanished, but its product with x is not yet infinity times 0. */
    private static final float FAR = 150f;

    private static final int RAISED = 64;

    private static final float LOWERED = 0x1p-64f;

    private Logistic() {}

    private static FloatVector one() {
        return FloatVector.broadcast(F, 1f);
    }

    /** Returns |2x|, of which the hyperbolic tangent takes q. */
    static FloatVector twice(FloatVector x) {
        FloatVector size = x.abs();
        return size.add(size);
    }

    /** Returns {@code e^r - 1} with {@code e^-z = 2^n e^r}, for z from 0 on: what q begins with. NaN for NaN. */
    static FloatVector step(FloatVector z) {
        FloatVector x = bounded(z);
        return Exp.tail(Exp.reduced(x, Exp.rounded(x)));
    }

    private static FloatVector bounded(FloatVector z) {
        FloatVector x = z.neg();
        return x.blend(Exp.LOWEST, x.compare(VectorOperators.LT, Exp.LOWEST));
    }

    /** Returns q(z) of every lane, for z from 0 on, with its step; NaN for NaN. */
    private static FloatVector tail(FloatVector z, FloatVector step) {
        FloatVector raised = raisedPower(z);
        return mantissa(step, raised).mul(raised).mul(LOWERED);
    }

    /** Returns factor * q(z), rounded once where it is subnormal. Calls of both forms with the same z share their work. */
    private static FloatVector tail(FloatVector z, FloatVector step, FloatVector factor) {
        FloatVector raised = raisedPower(z);
        return mantissa(step, raised).mul(factor).mul(raised).mul(LOWERED);
    }

    /** Returns {@code q(z) / 2^n}, given {@code e^r - 1} and {@code 2^(n + RAISED)}. */
    private static FloatVector mantissa(FloatVector step, FloatVector raised) {
        FloatVector p = step.add(1f); // e^-z = (p + pLow) 2^n
        FloatVector pLow = step.sub(p.sub(1f));
        FloatVector power = raised.mul(LOWERED);
        FloatVector e = p.mul(power);
        FloatVector below = e.add(1f);
        FloatVector belowLow = pLow.fma(power, e.sub(below.sub(1f)));
        FloatVector inverse = one().div(below);
        FloatVector q = p.mul(inverse);
        FloatVector left = q.neg().fma(below, p).add(pLow);
        left = q.neg().fma(belowLow, left);
        return left.fma(inverse, q);
    }

    /**
     * Returns {@code 2^(n + RAISED)}, for n from -173 to 0. It is a normal number, so a product with it is exact and the one
     * with {@link #LOWERED} after it is rounded once, subnormal or not; two halves of n would take five operations more.
     */
    private static FloatVector raisedPower(FloatVector z) {
        IntVector n = Exp.rounded(bounded(z)).reinterpretAsInts();
        IntVector exponent = n.add(127 + RAISED - Exp.ROUND_BITS);
        return exponent.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    }

    /** Returns 1 / (1 + e^-x) of every lane, with the step of |x|; NaN for NaN. */
    static FloatVector sigmoid(FloatVector x, FloatVector step) {
        FloatVector q = tail(x.abs(), step);
        return one().sub(q).blend(q, x.compare(VectorOperators.LT, 0f));
    }

    /** Returns sigmoid(x) * (1 - sigmoid(x)), the derivative, with the step of |x|. */
    static FloatVector sigmoidFirst(FloatVector x, FloatVector step) {
        FloatVector q = tail(x.abs(), step);
        return one().sub(q).mul(q);
    }

    /** Returns the second derivative of the sigmoid. */
    static FloatVector sigmoidSecond(FloatVector x) {
        FloatVector q = tail(x.abs(), step(x.abs()));
        FloatVector y = one().sub(q).mul(q).mul(q.add(q).sub(1f));
        return y.blend(y.neg(), x.compare(VectorOperators.LT, 0f));
    }

    /** Returns tanh(x) of every lane, with the step of |2x|; NaN for NaN. */
    static FloatVector tanh(FloatVector x, FloatVector step) {
        FloatVector square = x.mul(x);
        FloatVector p = FloatVector.broadcast(F, -0.006169614f);
        p = p.fma(square, FloatVector.broadcast(F, 0.021000376f));
        p = p.fma(square, FloatVector.broadcast(F, -0.053835757f));
        p = p.fma(square, FloatVector.broadcast(F, 0.13332437f));
        p = p.fma(square, FloatVector.broadcast(F, -0.33333313f));
        FloatVector near = p.fma(square.mul(x), x);
        FloatVector q = tail(twice(x), step);
        FloatVector y = one().sub(q.add(q));
        y = y.blend(y.neg(), x.compare(VectorOperators.LT, 0f));
        return y.blend(near, x.abs().compare(VectorOperators.LT, POLYNOMIAL_BELOW));
    }

    /** Returns 1 - tanh(x)^2, the derivative, with the step of |2x|. */
    static FloatVector tanhFirst(FloatVector x, FloatVector step) {
        FloatVector z = twice(x);
        return tail(z, step, one().sub(tail(z, step)).mul(4f));
    }

    /** Returns -2 tanh(x) (1 - tanh(x)^2), the second derivative. */
    static FloatVector tanhSecond(FloatVector x) {
        FloatVector step = step(twice(x));
        return tanh(x, step).mul(-2f).mul(tanhFirst(x, step));
    }

    /** Returns x * sigmoid(x) of every lane, with the step of |x|; NaN for NaN. */
    static FloatVector silu(FloatVector x, FloatVector step) {
        FloatVector z = x.abs();
        FloatVector left = tail(z, step, near(z).neg());
        return left.add(x).blend(left, x.compare(VectorOperators.LT, 0f));
    }

    /** Returns the derivative of x * sigmoid(x), sigmoid(x) + x sigmoid'(x), with the step of |x|. */
    static FloatVector siluFirst(FloatVector x, FloatVector step) {
        FloatVector z = x.abs();
        FloatVector left = tail(z, step, near(z).neg().fma(one().sub(tail(z, step)), one()));
        return one().sub(left).blend(left, x.compare(VectorOperators.LT, 0f));
    }

    /** Returns the second derivative of x * sigmoid(x), {@code sigmoid'(x) (2 - x tanh(x / 2))}. */
    static FloatVector siluSecond(FloatVector x) {
        FloatVector z = x.abs();
        FloatVector step = step(z);
        FloatVector q = tail(z, step);
        FloatVector tanh = one().sub(q.add(q));
        return tail(z, step, one().sub(q).mul(near(z).neg().fma(tanh, FloatVector.broadcast(F, 2f))));
    }

    private static FloatVector near(FloatVector z) {
        return z.blend(FAR, z.compare(VectorOperators.GT, FAR));
    }

    /** Returns log(1 + e^x) of every lane; NaN for NaN. */
    static FloatVector softplus(FloatVector x) {
        FloatVector positive = x.blend(0f, x.compare(VectorOperators.LT, 0f));
        return positive.add(Log.onePlus(Exp.of(x.abs().neg())));
    }
}
