package dev.lanes.layers.differentiation;

import java.util.Arrays;
import java.util.function.Function;

/**
 * A number and how it changes in several directions at once: like {@link Dual}, but values are computed once for all
 * directions. Made for Jacobians with few columns; with many, each operation is as slow as it has tangents.
 *
 * <p>Compared by value. Immutable.
 *
 * <pre>{@code
 * double[][] j = MultiDual.jacobian(x -> new MultiDual[] {x[0].times(x[1]), x[0].sin()}, 2, 3);
 * // {{3, 2}, {cos 2, 0}}
 * }</pre>
 */
public final class MultiDual implements Arithmetic<MultiDual>, Comparable<MultiDual> {
    private final double value;
    private final double[] tangents;

    private MultiDual(double value, double[] tangents) {
        this.value = value;
        this.tangents = tangents;
    }

    /**
     * Returns the inputs of a function at a point, each changing at rate 1 in a direction of its own.
     */
    public static MultiDual[] variables(double... at) {
        MultiDual[] variables = new MultiDual[at.length];
        for (int i = 0; i < at.length; i++) {
            double[] tangents = new double[at.length];
            tangents[i] = 1;
            variables[i] = new MultiDual(at[i], tangents);
        }
        return variables;
    }

    /** Returns the Jacobian {@code [outputs][inputs]} of a function at a point, from one evaluation. */
    public static double[][] jacobian(Function<MultiDual[], MultiDual[]> f, double... at) {
        MultiDual[] outputs = f.apply(variables(at));
        double[][] jacobian = new double[outputs.length][];
        for (int i = 0; i < outputs.length; i++) {
            jacobian[i] = outputs[i].tangents();
        }
        return jacobian;
    }

    /** Returns the number. */
    public double value() {
        return value;
    }

    /** Returns a copy of the derivatives, one for each direction. */
    public double[] tangents() {
        return tangents.clone();
    }

    @Override
    public MultiDual constant(double c) {
        return new MultiDual(c, new double[tangents.length]);
    }

    @Override
    public MultiDual plus(MultiDual other) {
        return combine(value + other.value, 1, other, 1);
    }

    @Override
    public MultiDual minus(MultiDual other) {
        return combine(value - other.value, 1, other, -1);
    }

    @Override
    public MultiDual times(MultiDual other) {
        return combine(value * other.value, other.value, other, value);
    }

    @Override
    public MultiDual over(MultiDual other) {
        double y = value / other.value;
        return combine(y, 1 / other.value, other, -y / other.value);
    }

    @Override
    public MultiDual pow(MultiDual exponent) {
        double y = Math.pow(value, exponent.value);
        return combine(y, exponent.value * Math.pow(value, exponent.value - 1), exponent, y * Math.log(value));
    }

    @Override
    public MultiDual negate() {
        return combine(-value, -1, this, 0);
    }

    @Override
    public MultiDual apply(Elementary f) {
        double y = f.apply(value);
        return combine(y, f.slope(value, y), this, 0);
    }

    /** Returns a number whose tangents are {@code a this' + b other'}; a tangent of 0 stays one whatever its factor. */
    private MultiDual combine(double newValue, double a, MultiDual other, double b) {
        double[] sum = new double[tangents.length];
        for (int i = 0; i < sum.length; i++) {
            double left = tangents[i] == 0 ? 0 : a * tangents[i];
            double right = other.tangents[i] == 0 || b == 0 ? 0 : b * other.tangents[i];
            sum[i] = left + right;
        }
        return new MultiDual(newValue, sum);
    }

    /** Compares the values alone. */
    @Override
    public int compareTo(MultiDual other) {
        return Double.compare(value, other.value);
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof MultiDual other
                && Double.compare(value, other.value) == 0
                && Arrays.equals(tangents, other.tangents);
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(value) + Arrays.hashCode(tangents);
    }

    /** Returns value and tangents, as in {@code 6.0 changing [3.0, 2.0]}. */
    @Override
    public String toString() {
        return value + " changing " + Arrays.toString(tangents);
    }
}
