package dev.lanes.numerics.kernels.vector.elementwise;

import jdk.incubator.vector.FloatVector;

/**
 * What the functions of many operations begin with, under the names of their kinds: the first of the two loops of a {@link
 * TwoStepLoop}. The value and the first derivative of a function begin with the same step, and take its result as their
 * last vector.
 */
final class FirstSteps {
    private FirstSteps() {}

    static FloatVector sigmoid(FloatVector x) {
        return Logistic.step(x.abs());
    }

    static FloatVector tanh(FloatVector x) {
        return Logistic.step(Logistic.twice(x));
    }

    static FloatVector silu(FloatVector x) {
        return Logistic.step(x.abs());
    }
}
