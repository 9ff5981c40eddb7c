package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.UnaryFunction;
import dev.lanes.numerics.geometry.FunctionGeometry;
import dev.lanes.numerics.kernels.FunctionKernel;
import dev.lanes.numerics.kernels.Workspace;

/** The functions of one number and their derivatives, in double, as they are defined. */
final class ReferenceFunction implements FunctionKernel {
    private static final double SELU_SCALE = 1.0507009873554805;
    private static final double SELU_ALPHA = 1.6732632423543772;

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void run(
            FunctionGeometry g,
            float[] x,
            int xOffset,
            float[] factor,
            int factorOffset,
            float[] y,
            int yOffset,
            Workspace workspace) {
        for (int i = 0; i < g.elements(); i++) {
            float value = (float) of(g.function(), g.order(), x[xOffset + i]);
            y[yOffset + i] = g.order() == 0 ? value : value * factor[factorOffset + i];
        }
    }

    private static double of(UnaryFunction function, int order, double x) {
        return switch (order) {
            case 0 -> value(function, x);
            case 1 -> first(function, x);
            default -> second(function, x);
        };
    }

    private static double value(UnaryFunction f, double x) {
        return switch (f.kind()) {
            case EXP -> StrictMath.exp(x);
            case LOG -> StrictMath.log(x);
            case SQRT -> Math.sqrt(x);
            case ERF -> ReferenceErf.erf(x);
            case TANH -> StrictMath.tanh(x);
            case SIGMOID -> sigmoid(x);
            case RELU -> Math.max(x, 0);
            case STEP -> Double.isNaN(x) ? x : x > 0 ? 1 : 0;
            case GELU -> times(x, normal(x));
            case SILU -> times(x, sigmoid(x));
            case SOFTPLUS -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
            case HARD_SIGMOID -> hardSigmoid(x);
            case HARD_SWISH -> times(x, hardSigmoid(x));
            case SELU -> SELU_SCALE * elu(SELU_ALPHA, x);
            case LEAKY_RELU -> x > 0 ? x : f.first() * x;
            case ELU -> elu(f.first(), x);
            case CLAMP -> Math.min(Math.max(x, f.first()), f.second());
        };
    }

    private static double first(UnaryFunction f, double x) {
        return switch (f.kind()) {
            case EXP -> StrictMath.exp(x);
            case LOG -> 1 / x;
            case SQRT -> 0.5 / Math.sqrt(x);
            case ERF -> 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x);
            case TANH -> 4 * bell(2 * x);
            case SIGMOID -> bell(x);
            case RELU -> x > 0 ? 1 : 0;
            case STEP -> 0;
            case GELU -> normal(x) + times(x, density(x));
            case SILU -> sigmoid(x) + times(x, bell(x));
            case SOFTPLUS -> sigmoid(x);
            case HARD_SIGMOID -> Math.abs(x) < 3 ? 1 / 6.0 : 0;
            case HARD_SWISH -> x >= 3 ? 1 : x > -3 ? (2 * x + 3) / 6 : 0;
            case SELU -> SELU_SCALE * (x > 0 ? 1 : SELU_ALPHA * StrictMath.exp(x));
            case LEAKY_RELU -> x > 0 ? 1 : f.first();
            case ELU -> x > 0 ? 1 : f.first() * StrictMath.exp(x);
            case CLAMP -> x > f.first() && x < f.second() ? 1 : 0;
        };
    }

    private static double second(UnaryFunction f, double x) {
        return switch (f.kind()) {
            case EXP -> StrictMath.exp(x);
            case LOG -> -1 / (x * x);
            case SQRT -> -0.25 / (x * Math.sqrt(x));
            case ERF -> times(-4 / Math.sqrt(Math.PI) * x, StrictMath.exp(-x * x));
            case TANH -> -8 * bell(2 * x) * StrictMath.tanh(x);
            case SIGMOID -> -bell(x) * StrictMath.tanh(x / 2);
            case RELU, STEP, HARD_SIGMOID, LEAKY_RELU, CLAMP -> 0;
            case GELU -> times(2 - x * x, density(x));
            case SILU -> bell(x) * 2 - times(x, bell(x)) * StrictMath.tanh(x / 2);
            case SOFTPLUS -> bell(x);
            case HARD_SWISH -> Math.abs(x) < 3 ? 1 / 3.0 : 0;
            case SELU -> x > 0 ? 0 : SELU_SCALE * SELU_ALPHA * StrictMath.exp(x);
            case ELU -> x > 0 ? 0 : f.first() * StrictMath.exp(x);
        };
    }

    /** Returns the product, and 0 where the second factor has vanished before the first became infinite. */
    private static double times(double x, double vanishing) {
        return vanishing == 0 ? 0 : x * vanishing;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    /** Returns the derivative of the sigmoid. */
    private static double bell(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return e / ((1 + e) * (1 + e));
    }

    /** Returns the probability that a standard normal variable is below x. */
    private static double normal(double x) {
        return 0.5 * ReferenceErf.erfc(-x / Math.sqrt(2));
    }

    private static double density(double x) {
        return StrictMath.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    }

    private static double hardSigmoid(double x) {
        return Math.min(Math.max((x + 3) / 6, 0), 1);
    }

    private static double elu(double alpha, double x) {
        return x > 0 ? x : alpha * StrictMath.expm1(x);
    }
}
