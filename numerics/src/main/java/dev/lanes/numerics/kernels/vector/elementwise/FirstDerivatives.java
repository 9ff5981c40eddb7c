package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;

import jdk.incubator.vector.FloatVector;

/**
 * The first derivatives of the functions of single elements times a factor g, under the names of their kinds.
 */
final class FirstDerivatives {
    private FirstDerivatives() {}

    static FloatVector exp(FloatVector x, FloatVector g) {
        return Exp.of(x).mul(g);
    }

    static FloatVector log(FloatVector x, FloatVector g) {
        return inverse(x).mul(g);
    }

    static FloatVector sqrt(FloatVector x, FloatVector g) {
        return FloatVector.broadcast(F, 0.5f).div(x.sqrt()).mul(g);
    }

    static FloatVector erf(FloatVector x, FloatVector g) {
        return Erf.first(x).mul(g);
    }

    static FloatVector tanh(FloatVector x, FloatVector g) {
        return Logistic.tanhFirst(x).mul(g);
    }

    static FloatVector sigmoid(FloatVector x, FloatVector g) {
        return Logistic.sigmoidFirst(x).mul(g);
    }

    static FloatVector relu(FloatVector x, FloatVector g) {
        return Piecewise.reluFirst(x).mul(g);
    }

    static FloatVector gelu(FloatVector x, FloatVector g) {
        return Erf.geluFirst(x).mul(g);
    }

    static FloatVector silu(FloatVector x, FloatVector g) {
        return Logistic.siluFirst(x).mul(g);
    }

    static FloatVector softplus(FloatVector x, FloatVector g) {
        return Logistic.sigmoid(x).mul(g);
    }

    static FloatVector hardSigmoid(FloatVector x, FloatVector g) {
        return Piecewise.hardSigmoidFirst(x).mul(g);
    }

    static FloatVector hardSwish(FloatVector x, FloatVector g) {
        return Piecewise.hardSwishFirst(x).mul(g);
    }

    static FloatVector selu(FloatVector x, FloatVector g) {
        return Piecewise.seluFirst(x).mul(g);
    }

    static FloatVector leakyRelu(FloatVector x, FloatVector g, float slope) {
        return Piecewise.leakyReluFirst(x, slope).mul(g);
    }

    static FloatVector elu(FloatVector x, FloatVector g, float alpha) {
        return Piecewise.eluFirst(x, 1f, alpha).mul(g);
    }

    static FloatVector clamp(FloatVector x, FloatVector g, float low, float high) {
        return Piecewise.clampFirst(x, low, high).mul(g);
    }

    static FloatVector step(FloatVector x, FloatVector g) {
        return g.mul(0f);
    }

    private static FloatVector inverse(FloatVector x) {
        return FloatVector.broadcast(F, 1f).div(x);
    }
}
