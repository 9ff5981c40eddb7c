package dev.lanes.tests.kit;

import dev.lanes.numerics.UnaryFunction;

/**
 * The smooth functions in double, to measure the errors of float by; written for the tests, apart from the reference.
 *
 * <p>What StrictMath has is within one unit of the 53rd bit, what is made of it within a few. The error function below 2
 * is the series {@code 2 / sqrt(pi) exp(-x^2) sum of 2^n x^(2n+1) / (1 * 3 * ... * (2n+1))} of positive terms, above it
 * one minus the continued fraction of the complement (NIST Digital Library of Mathematical Functions, 7.6.2 and 7.9.1);
 * both agree to 14 digits where they meet, and the complement keeps as many to the left of 0.
 */
public final class TrueFunctions {
    private static final double ROOT_PI = Math.sqrt(Math.PI);

    private TrueFunctions() {}

    /** Returns the value, or NaN where the function has none. */
    public static double value(UnaryFunction function, double x) {
        return switch (function.kind()) {
            case EXP -> StrictMath.exp(x);
            case LOG -> StrictMath.log(x);
            case SQRT -> StrictMath.sqrt(x);
            case ERF -> erf(x);
            case TANH -> tanh(x);
            case SIGMOID -> sigmoid(x);
            case GELU -> x < -40 ? -0.0 : x * complement(-x / Math.sqrt(2)) / 2;
            case SILU -> x < -150 ? -0.0 : x * sigmoid(x);
            case SOFTPLUS -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
            case SELU -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * StrictMath.expm1(x));
            case ELU -> x > 0 ? x : function.first() * StrictMath.expm1(x);
            default -> throw new IllegalArgumentException(function + " is not smooth: compare it exactly");
        };
    }

    private static double tanh(double x) {
        return Math.abs(x) < 1e-8 ? x : Math.abs(x) > 20 ? Math.signum(x) : StrictMath.tanh(x);
    }

    private static double sigmoid(double x) {
        return x > 40 ? 1 : 1 / (1 + StrictMath.exp(-x));
    }

    private static double erf(double x) {
        double size = Math.abs(x);
        return size < 2 ? series(x) : Math.copySign(size > 6 ? 1 : 1 - fraction(size), x);
    }

    private static double complement(double x) {
        return x < 2 ? 1 - erf(x) : fraction(x);
    }

    private static double series(double x) {
        double square = 2 * x * x;
        double sum = 0;
        double term = x;
        for (int odd = 3; sum + term != sum; odd += 2) {
            sum += term;
            term *= square / odd;
        }
        return 2 / ROOT_PI * StrictMath.exp(-x * x) * sum;
    }

    private static double fraction(double x) {
        if (x > 28) {
            return 0;
        }
        double below = x;
        for (int n = 80; n > 0; n--) {
            below = x + 0.5 * n / below;
        }
        return StrictMath.exp(-x * x) / (ROOT_PI * below);
    }

    /**
     * Returns how far a float is from the truth, in units of the last place that a float has there: half of one is what
     * rounding costs. Infinite where one of the two is a NaN.
     */
    public static double ulps(float actual, double truth) {
        if (Double.isNaN(truth) || Float.isNaN(actual)) {
            return Double.isNaN(truth) && Float.isNaN(actual) ? 0 : Double.POSITIVE_INFINITY;
        }
        if (Float.isInfinite((float) truth) || Float.isInfinite(actual)) {
            double end = 0x1p128; // what infinity stands for, where the largest number is the truth, or the other way
            double a = Float.isInfinite(actual) ? Math.copySign(end, actual) : actual;
            double t = Math.min(Math.max(truth, -end), end);
            return Math.abs(a - t) / 0x1p104;
        }
        return Math.abs(actual - truth) / Math.ulp((float) truth);
    }
}
