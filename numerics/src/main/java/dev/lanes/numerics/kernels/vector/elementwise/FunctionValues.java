package dev.lanes.numerics.kernels.vector.elementwise;

import jdk.incubator.vector.FloatVector;

/**
 * The functions of single elements, under the names of their kinds; {@link LaneLoop} makes loops of them.
 */
final class FunctionValues {
    private FunctionValues() {}

    static FloatVector exp(FloatVector x) {
        return Exp.of(x);
    }

    static FloatVector log(FloatVector x) {
        return Log.of(x);
    }

    static FloatVector sqrt(FloatVector x) {
        return x.sqrt();
    }

    static FloatVector erf(FloatVector x) {
        return Erf.of(x);
    }

    static FloatVector tanh(FloatVector x) {
        return Logistic.tanh(x);
    }

    static FloatVector sigmoid(FloatVector x) {
        return Logistic.sigmoid(x);
    }

    static FloatVector relu(FloatVector x) {
        return Piecewise.relu(x);
    }

    static FloatVector step(FloatVector x) {
        return Piecewise.step(x);
    }

    static FloatVector gelu(FloatVector x) {
        return Erf.gelu(x);
    }

    static FloatVector silu(FloatVector x) {
        return Logistic.silu(x);
    }

    static FloatVector softplus(FloatVector x) {
        return Logistic.softplus(x);
    }

    static FloatVector hardSigmoid(FloatVector x) {
        return Piecewise.hardSigmoid(x);
    }

    static FloatVector hardSwish(FloatVector x) {
        return Piecewise.hardSwish(x);
    }

    static FloatVector selu(FloatVector x) {
        return Piecewise.selu(x);
    }

    static FloatVector leakyRelu(FloatVector x, float slope) {
        return Piecewise.leakyRelu(x, slope);
    }

    static FloatVector elu(FloatVector x, float alpha) {
        return Piecewise.elu(x, 1f, alpha);
    }

    static FloatVector clamp(FloatVector x, float low, float high) {
        return Piecewise.clamp(x, low, high);
    }
}
