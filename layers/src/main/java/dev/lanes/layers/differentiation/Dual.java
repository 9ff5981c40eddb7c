package dev.lanes.layers.differentiation;

import java.util.function.UnaryOperator;

/**
 * A number and how it changes: forward mode in its smallest form. With {@code x + x' e}, where {@code e e = 0}, every
 * operation computes its value and, by the chain rule, its tangent.
 *
 * <p>One evaluation gives the derivatives of any number of outputs in one direction of the inputs. Compared by value, and
 * unlike the order, equality looks at the tangent, too. Immutable.
 *
 * <pre>{@code
 * Dual x = Dual.variable(3);                 // 3, changing at rate 1
 * Dual y = x.times(x).plus(x);               // 12, changing at rate 7
 * Dual.derivative(t -> t.times(t), 3);       // 6
 * }</pre>
 *
 * @param value the number
 * @param tangent its derivative in the direction of the computation
 */
public record Dual(double value, double tangent) implements Arithmetic<Dual>, Comparable<Dual> {
    /** Returns a number that changes at rate 1. */
    public static Dual variable(double value) {
        return new Dual(value, 1);
    }

    /** Returns a number that does not change. */
    public static Dual of(double value) {
        return new Dual(value, 0);
    }

    /** Returns the derivative of a function at x. */
    public static double derivative(UnaryOperator<Dual> f, double x) {
        return f.apply(variable(x)).tangent;
    }

    @Override
    public Dual constant(double c) {
        return of(c);
    }

    @Override
    public Dual plus(Dual other) {
        return new Dual(value + other.value, tangent + other.tangent);
    }

    @Override
    public Dual minus(Dual other) {
        return new Dual(value - other.value, tangent - other.tangent);
    }

    @Override
    public Dual times(Dual other) {
        return new Dual(value * other.value, tangent * other.value + value * other.tangent);
    }

    @Override
    public Dual over(Dual other) {
        double y = value / other.value;
        return new Dual(y, (tangent - y * other.tangent) / other.value);
    }

    @Override
    public Dual pow(Dual exponent) {
        double y = Math.pow(value, exponent.value);
        double t = 0;
        // A part that does not change takes no part: its slope may be NaN or infinite, as log of a negative base is.
        if (tangent != 0) {
            t += exponent.value * Math.pow(value, exponent.value - 1) * tangent;
        }
        if (exponent.tangent != 0) {
            t += y * Math.log(value) * exponent.tangent;
        }
        return new Dual(y, t);
    }

    @Override
    public Dual negate() {
        return new Dual(-value, -tangent);
    }

    @Override
    public Dual apply(Elementary f) {
        double y = f.apply(value);
        return new Dual(y, tangent == 0 ? 0 : f.slope(value, y) * tangent);
    }

    /** Compares the values alone, so that a branch goes the way it would go with plain numbers. */
    @Override
    public int compareTo(Dual other) {
        return Double.compare(value, other.value);
    }
}
