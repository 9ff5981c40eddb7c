package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;

import jdk.incubator.vector.FloatVector;

/** The steps of softmax; {@link LaneLoop} makes loops of them. */
final class SoftmaxFunctions {
    private SoftmaxFunctions() {}

    /** Returns exp(x - maximum), the maximum being the same for all. */
    static FloatVector exponential(FloatVector x, float maximum) {
        return Exp.of(x.sub(maximum));
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
