package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;

import jdk.incubator.vector.FloatVector;

/** The second derivatives of the functions of single elements times a factor g, under the names of their kinds. */
final class SecondDerivatives {
    private SecondDerivatives() {}

    static FloatVector exp(FloatVector x, FloatVector g) {
        return Exp.of(x).mul(g);
    }

    static FloatVector log(FloatVector x, FloatVector g) {
        return inverse(x).mul(inverse(x)).neg().mul(g);
    }

    static FloatVector sqrt(FloatVector x, FloatVector g) {
        return FloatVector.broadcast(F, -0.25f).div(x.sqrt()).div(x).mul(g);
    }

    static FloatVector erf(FloatVector x, FloatVector g) {
        return Erf.second(x).mul(g);
    }

    static FloatVector tanh(FloatVector x, FloatVector g) {
        return Logistic.tanhSecond(x).mul(g);
    }

    static FloatVector sigmoid(FloatVector x, FloatVector g) {
        return Logistic.sigmoidSecond(x).mul(g);
    }

    static FloatVector gelu(FloatVector x, FloatVector g) {
        return Erf.geluSecond(x).mul(g);
    }

    static FloatVector silu(FloatVector x, FloatVector g) {
        return Logistic.siluSecond(x).mul(g);
    }

    static FloatVector softplus(FloatVector x, FloatVector g) {
        return Logistic.sigmoidFirst(x).mul(g);
    }

    static FloatVector hardSwish(FloatVector x, FloatVector g) {
        return Piecewise.hardSwishSecond(x).mul(g);
    }

    static FloatVector selu(FloatVector x, FloatVector g) {
        return Piecewise.seluSecond(x).mul(g);
    }

    static FloatVector elu(FloatVector x, FloatVector g, float alpha) {
        return Piecewise.eluFirst(x, 0f, alpha).mul(g);
    }

    static FloatVector relu(FloatVector x, FloatVector g) {
        return g.mul(0f);
    }

    static FloatVector step(FloatVector x, FloatVector g) {
        return g.mul(0f);
    }

    static FloatVector hardSigmoid(FloatVector x, FloatVector g) {
        return g.mul(0f);
    }

    static FloatVector leakyRelu(FloatVector x, FloatVector g) {
        return g.mul(0f);
    }

    static FloatVector clamp(FloatVector x, FloatVector g) {
        return g.mul(0f);
    }

    private static FloatVector inverse(FloatVector x) {
        return FloatVector.broadcast(F, 1f).div(x);
    }
}
