package dev.lanes.layers.differentiation;

import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * Central differences, {@code (f(x + h) - f(x - h)) / 2h}: derivatives of anything that can be computed, at the price of
 * two evaluations for each input and of half the digits.
 *
 * <p><b>Precision.</b> What the formula leaves out is {@code h^2 f'''(x) / 6}, and shrinks with h; the rounding of f,
 * about {@code 2^-53 |f(x)|}, is divided by h, and grows as it shrinks. The two are about equal at {@code h = cbrt(2^-52)},
 * 6e-6, times the scale on which f changes, for which {@code max(|x|, 1)} is taken: about ten digits are then right.
 * A function whose scale is another, or which is computed less exactly, wants a step of its own, {@link #step}. The step
 * is the distance between two representable points, so that dividing by it adds no error. At a kink the result is the mean
 * of the two slopes. Immutable; to be used by any number of threads.
 *
 * <pre>{@code
 * FiniteDifferences.central().gradient(x -> x[0] * x[0] * x[1], new double[] {3, 2});   // 12, 9
 * }</pre>
 */
public final class FiniteDifferences {
    private static final double RELATIVE_STEP = Math.cbrt(0x1p-52);
    private static final FiniteDifferences CENTRAL = new FiniteDifferences(0);

    /** The step given, or 0 for one chosen. */
    private final double step;

    private FiniteDifferences(double step) {
        this.step = step;
    }

    /** Returns differences with a step that fits the size of each input. */
    public static FiniteDifferences central() {
        return CENTRAL;
    }

    /**
     * Returns differences with a given step, the same for every input.
     *
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public static FiniteDifferences step(double step) {
        if (!(step > 0) || Double.isInfinite(step)) {
            throw new IllegalArgumentException("finite differences: the step is " + step + ", needs to be above 0");
        }
        return new FiniteDifferences(step);
    }

    /** Returns the derivative of a function of one number. */
    public double derivative(DoubleUnaryOperator f, double x) {
        double h = stepAt(x);
        double above = x + h;
        double below = x - h;
        return (f.applyAsDouble(above) - f.applyAsDouble(below)) / (above - below);
    }

    /** Returns the gradient of a function at x, from two evaluations for each input; x is not changed. */
    public double[] gradient(ToDoubleFunction<double[]> f, double[] x) {
        double[] gradient = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            int k = i;
            gradient[i] = derivative(t -> f.applyAsDouble(with(x, k, t)), x[i]);
        }
        return gradient;
    }

    /** Returns the Jacobian {@code [outputs][inputs]} of a function at x, from two evaluations for each input. */
    public double[][] jacobian(UnaryOperator<double[]> f, double[] x) {
        double[][] jacobian = new double[f.apply(x.clone()).length][x.length];
        for (int i = 0; i < x.length; i++) {
            double h = stepAt(x[i]);
            double[] above = f.apply(with(x, i, x[i] + h));
            double[] below = f.apply(with(x, i, x[i] - h));
            double width = (x[i] + h) - (x[i] - h);
            for (int o = 0; o < jacobian.length; o++) {
                jacobian[o][i] = (above[o] - below[o]) / width;
            }
        }
        return jacobian;
    }

    /**
     * Returns how the outputs change when the inputs change along one direction, {@code J v}: two evaluations, however
     * many inputs there are.
     *
     * @throws IllegalArgumentException if the direction does not have as many entries as x
     */
    public double[] along(UnaryOperator<double[]> f, double[] x, double[] direction) {
        if (direction.length != x.length) {
            throw new IllegalArgumentException(
                    "finite differences: the direction has " + direction.length + " entries, x has " + x.length);
        }
        double reach = largest(direction);
        if (reach == 0) {
            return new double[f.apply(x.clone()).length];
        }
        // A power of two, so that the products with the direction are not rounded.
        double h = Math.scalb(1.0, Math.getExponent(stepAt(largest(x)) / reach));
        double[] above = f.apply(moved(x, direction, h));
        double[] below = f.apply(moved(x, direction, -h));
        double[] change = new double[above.length];
        for (int o = 0; o < change.length; o++) {
            change[o] = (above[o] - below[o]) / (2 * h);
        }
        return change;
    }

    private double stepAt(double x) {
        double h = step > 0 ? step : RELATIVE_STEP * Math.max(Math.abs(x), 1);
        double moved = x + h;
        return moved - x > 0 ? moved - x : h;
    }

    private static double[] with(double[] x, int i, double value) {
        double[] copy = x.clone();
        copy[i] = value;
        return copy;
    }

    private static double[] moved(double[] x, double[] direction, double h) {
        double[] copy = x.clone();
        for (int i = 0; i < x.length; i++) {
            copy[i] += h * direction[i];
        }
        return copy;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
