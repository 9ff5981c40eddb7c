package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The steps of softmax; {@link LaneLoop} makes loops of them. */
public final class SoftmaxFunctions {
    private SoftmaxFunctions() {}

    /** The binary logarithm of the factor of {@link #shifted}. */
    static final int SHIFT = 65;

    /** Below it the exponential is 0. */
    private static final float GONE = -104f;

    private static final float ROUND = Exp.ROUND + Exp.BIAS + SHIFT;

    /**
     * Returns {@code 2^SHIFT * exp(x - maximum)}, the maximum being the same for all and no smaller than x: without a
     * bound above, and with one power of two instead of two, since no result is subnormal. What would be 0 without the
     * factor is 0. ln 2 is subtracted in one part: it is off by 2.7e-9 of it, a twentieth of what the
     * difference may be.
     */
    static FloatVector shifted(FloatVector x, float maximum) {
        FloatVector difference = x.sub(maximum);
        VectorMask<Float> gone = difference.compare(VectorOperators.LT, GONE);
        FloatVector rounded = difference.fma(FloatVector.broadcast(F, Exp.LOG2_E), FloatVector.broadcast(F, ROUND));
        FloatVector r = rounded.sub(ROUND).fma(FloatVector.broadcast(F, -Exp.LN2), difference);
        FloatVector power = Exp.power(rounded.reinterpretAsInts());
        return Exp.tail(r).fma(power, power).blend(0f, gone);
    }

    /** Returns exp(x - maximum). */
    static FloatVector exponentials(FloatVector x, FloatVector maximum) {
        return Exp.of(x.sub(maximum));
    }

    /** Returns x - maximum - logarithm, both being the same for all. */
    static FloatVector logarithm(FloatVector x, float maximum, float logarithm) {
        return x.sub(maximum).sub(logarithm);
    }

    /** Returns x - maximum - logarithm. */
    static FloatVector logarithms(FloatVector x, FloatVector maximum, FloatVector logarithm) {
        return x.sub(maximum).sub(logarithm);
    }

    /** Returns y * (dy - sum), the sum being the same for all. */
    static FloatVector gradient(FloatVector y, FloatVector dy, float sum) {
        return y.mul(dy.sub(sum));
    }

    /** Returns y * (dy - sum). */
    static FloatVector gradients(FloatVector y, FloatVector dy, FloatVector sum) {
        return y.mul(dy.sub(sum));
    }

    /** Returns dy - exp(y) * sum, the sum being the same for all. */
    static FloatVector logarithmGradient(FloatVector y, FloatVector dy, float sum) {
        return Exp.of(y).fma(FloatVector.broadcast(F, -sum), dy);
    }

    /** Returns dy - exp(y) * sum. */
    static FloatVector logarithmGradients(FloatVector y, FloatVector dy, FloatVector sum) {
        return Exp.of(y).fma(sum.neg(), dy);
    }
}
