package dev.lanes.tests.kit;

/**
 * How far from the reference a result may be. The only place with numbers: tests say what kind of operation it was and
 * how long its sums were, never how much they would forgive.
 *
 * <p>With {@code u = 2^-24}, the relative error of one rounding to float:
 *
 * <ul>
 *   <li>a copy, a maximum, one addition or multiplication: exact (zeros of either sign are equal);
 *   <li>a sum of k products in any order, each rounded at most k + 4 times on its way (products by alpha, the bias and
 *       the reference's own rounding among them): {@code (k + 4) * (u * sum |a_i * b_i| + MIN_VALUE)};
 *   <li>what is rounded n times at known sizes: {@code n * (u * largest + MIN_VALUE)};
 *   <li>the same in double precision, with {@code u = 2^-53}, twice that: the reference has nothing wider to sum in;
 *   <li>softmax, with an exponential of 2 ulp, the rounded difference to the maximum (at most {@code -ln y}), and a sum
 *       of n terms over 16 lanes: relative {@code (16 + n / 16 + ln n - ln y) * u}, and 4 MIN_VALUE where y is that
 *       small; its log-sum-exp and its logarithm the same, absolutely, without the last term, plus its own rounding
 *       and the reference's;
 *   <li>a function: 2 ulp and half of the reference's, {@code 5 u}, relative, and two of the smallest numbers; its
 *       derivatives and the gradient of softmax as a sum of 12 products of the magnitude that the case says.
 * </ul>
 */
public abstract sealed class Tolerance {
    private static final double U = 0x1p-24;

    private Tolerance() {}

    /** The same numbers; the sign of a zero and the payload of a NaN do not count. */
    public static final Tolerance EXACT = new Exact();

    /** Returns the bound of a sum of {@code length} products. */
    public static Tolerance reduction(long length) {
        return new Reduction(length);
    }

    /** Returns the bound of a result that is rounded {@code count} times, each time at most {@code largest}. */
    public static Tolerance roundings(long count, double largest) {
        return new Roundings(count * (U * largest + Float.MIN_VALUE));
    }

    /** Returns the bound of a sum of {@code length} products of doubles, where the reference rounds as often. */
    public static Tolerance doubleReduction(long length) {
        return new DoubleReduction(length);
    }

    /** Returns the bound of a sum of {@code length} positive terms, each with a few roundings. */
    public static Tolerance positiveSum(long length) {
        return new Relative(length + 8, length + 8);
    }

    /**
     * Returns the bound of a function, or of a derivative times a factor.
     *
     * @param ulps units in the last place that the function may be off by; one is two roundings of a value just above a
     *     power of two
     */
    public static Tolerance function(int ulps, int order) {
        return order == 0 ? new Relative(2 * ulps + 1, 2) : new Reduction(12);
    }

    /** Returns the bound of a softmax along {@code length}; an output {@code logSumExp} has its own. */
    public static Tolerance softmax(int length) {
        return new Softmax(length, false);
    }

    /** Returns the bound of the logarithm of a softmax along {@code length}; also of its {@code logSumExp}. */
    public static Tolerance logSoftmax(int length) {
        return new Softmax(length, true);
    }

    /**
     * Returns the error that a value may have.
     *
     * @param output the name of the output that the value is in
     * @param expected what the reference computed, finite
     * @param magnitude what the reference computed from absolute values
     */
    abstract double allowed(String output, double expected, double magnitude);

    /** Tells whether {@link #allowed} looks at the magnitude. */
    boolean needsMagnitude() {
        return false;
    }

    private static final class Exact extends Tolerance {
        @Override
        double allowed(String output, double expected, double magnitude) {
            return 0;
        }
    }

    private static final class Reduction extends Tolerance {
        private final double roundings;

        Reduction(long length) {
            this.roundings = length + 4;
        }

        @Override
        double allowed(String output, double expected, double magnitude) {
            return roundings * (U * magnitude + Float.MIN_VALUE);
        }

        @Override
        boolean needsMagnitude() {
            return true;
        }
    }

    private static final class Roundings extends Tolerance {
        private final double bound;

        Roundings(double bound) {
            this.bound = bound;
        }

        @Override
        double allowed(String output, double expected, double magnitude) {
            return bound;
        }
    }

    private static final class DoubleReduction extends Tolerance {
        private final double roundings;

        DoubleReduction(long length) {
            this.roundings = 2 * (length + 4.0);
        }

        @Override
        double allowed(String output, double expected, double magnitude) {
            return roundings * (0x1p-53 * magnitude + Double.MIN_VALUE);
        }

        @Override
        boolean needsMagnitude() {
            return true;
        }
    }

    private static final class Relative extends Tolerance {
        private final double roundings;
        private final double smallest;

        Relative(double roundings, double smallest) {
            this.roundings = roundings;
            this.smallest = smallest;
        }

        @Override
        double allowed(String output, double expected, double magnitude) {
            return roundings * U * Math.abs(expected) + smallest * Float.MIN_VALUE;
        }
    }

    private static final class Softmax extends Tolerance {
        private final double sum;
        private final boolean logarithm;

        Softmax(int length, boolean logarithm) {
            this.sum = 16 + length / 16 + Math.log(Math.max(1, length));
            this.logarithm = logarithm;
        }

        @Override
        double allowed(String output, double expected, double magnitude) {
            if (logarithm || output.equals("logSumExp")) {
                return U * (sum + 2 * Math.abs(expected));
            }
            double distance = expected == 0 ? 0 : -Math.log(expected);
            return (sum + distance) * U * expected + 4 * Float.MIN_VALUE;
        }
    }

    /** Returns how far from 1 the sum of one row of a softmax of {@code columns} may be. */
    public static double ofSoftmaxSum(int columns) {
        return columns * (U + 4.0 * Float.MIN_VALUE) + (16 + columns / 16.0) * U;
    }
}
