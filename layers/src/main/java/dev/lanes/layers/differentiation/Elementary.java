package dev.lanes.layers.differentiation;

import java.util.Locale;
import java.util.Optional;

/** The functions of one number that all four ways of differentiation know. Immutable. */
public enum Elementary {
    /** The sine. */
    SIN,
    /** The cosine. */
    COS,
    /** The tangent. */
    TAN,
    /** The exponential. */
    EXP,
    /** The natural logarithm. */
    LOG,
    /** The square root. */
    SQRT,
    /** The hyperbolic tangent. */
    TANH,
    /** The logistic function {@code 1 / (1 + exp(-x))}. */
    SIGMOID;

    /** Returns the value at x; NaN where there is none. */
    public double apply(double x) {
        return switch (this) {
            case SIN -> Math.sin(x);
            case COS -> Math.cos(x);
            case TAN -> Math.tan(x);
            case EXP -> Math.exp(x);
            case LOG -> Math.log(x);
            case SQRT -> Math.sqrt(x);
            case TANH -> Math.tanh(x);
            // Of the two forms, the one whose exponential cannot overflow.
            case SIGMOID -> x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
        };
    }

    /**
     * Returns the derivative at x.
     *
     * @param x where
     * @param y the value there, which most derivatives can use
     */
    public double slope(double x, double y) {
        return switch (this) {
            case SIN -> Math.cos(x);
            case COS -> -Math.sin(x);
            case TAN -> 1 + y * y;
            case EXP -> y;
            case LOG -> 1 / x;
            case SQRT -> 0.5 / y;
            case TANH -> 1 - y * y;
            case SIGMOID -> y * (1 - y);
        };
    }

    /** Returns the function of a name such as {@code sin}, if there is one. */
    public static Optional<Elementary> named(String name) {
        for (Elementary f : values()) {
            if (f.toString().equals(name)) {
                return Optional.of(f);
            }
        }
        return Optional.empty();
    }

    /** Returns the name in formulas, as in {@code sin}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
