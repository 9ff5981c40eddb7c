package dev.lanes.layers.differentiation;

/**
 * What a kind of number can do. A function written against it is computed with plain numbers by {@link Real}, forwards
 * with its derivative by {@link Dual}, backwards by {@link Scalar}, and as a formula by {@code symbolic.Expr}:
 *
 * <pre>{@code
 * static <T extends Arithmetic<T>> T f(T x) {
 *     T t = x.pow(2);
 *     return t.sin().plus(t.times(3)).cos();       // cos(sin(x^2) + 3 x^2)
 * }
 * f(new Real(0.5)).value();
 * f(Dual.variable(0.5)).tangent();
 * f(Expr.variable("x")).differentiate("x");
 * }</pre>
 *
 * <p>Numbers are immutable; nothing throws, what has no value is NaN.
 *
 * @param <T> the kind of number itself
 */
public interface Arithmetic<T extends Arithmetic<T>> {
    /** Returns a constant of the same kind. */
    T constant(double value);

    /** Returns the sum. */
    T plus(T other);

    /** Returns the difference. */
    T minus(T other);

    /** Returns the product. */
    T times(T other);

    /** Returns the quotient. */
    T over(T other);

    /** Returns the power; its derivative by an exponent that changes needs a positive base. */
    T pow(T exponent);

    /** Returns the number with the other sign. */
    T negate();

    /** Returns a function of the number. */
    T apply(Elementary f);

    /** Returns the sum with a constant. */
    default T plus(double other) {
        return plus(constant(other));
    }

    /** Returns the difference to a constant. */
    default T minus(double other) {
        return minus(constant(other));
    }

    /** Returns the product with a constant. */
    default T times(double other) {
        return times(constant(other));
    }

    /** Returns the quotient by a constant. */
    default T over(double other) {
        return over(constant(other));
    }

    /** Returns the power to a constant. */
    default T pow(double exponent) {
        return pow(constant(exponent));
    }

    /** Returns the sine. */
    default T sin() {
        return apply(Elementary.SIN);
    }

    /** Returns the cosine. */
    default T cos() {
        return apply(Elementary.COS);
    }

    /** Returns the tangent. */
    default T tan() {
        return apply(Elementary.TAN);
    }

    /** Returns the exponential. */
    default T exp() {
        return apply(Elementary.EXP);
    }

    /** Returns the natural logarithm. */
    default T log() {
        return apply(Elementary.LOG);
    }

    /** Returns the square root. */
    default T sqrt() {
        return apply(Elementary.SQRT);
    }

    /** Returns the hyperbolic tangent. */
    default T tanh() {
        return apply(Elementary.TANH);
    }

    /** Returns the logistic function {@code 1 / (1 + exp(-x))}. */
    default T sigmoid() {
        return apply(Elementary.SIGMOID);
    }
}
