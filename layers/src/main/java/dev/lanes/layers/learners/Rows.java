package dev.lanes.layers.learners;

import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;

/** Rows of numbers: the checks and sums that several learners share. */
final class Rows {
    /** Squares and products of larger numbers would leave the range of float. */
    private static final double MOST = 1e18;

    private Rows() {}

    /** Throws unless a tensor is {@code [n, features]} with at least one feature. */
    static Tensor require(String who, Tensor x) {
        if (x.shape().rank() != 2 || x.shape().dim(1) == 0) {
            throw new ShapeMismatchException(who, "rows are " + x.shape() + ", needs [n, features]");
        }
        return x;
    }

    /** Throws unless a tensor is {@code [n, features]}. */
    static Tensor require(String who, Tensor x, int features) {
        if (x.shape().rank() != 2 || x.shape().dim(1) != features) {
            throw new ShapeMismatchException(who, "rows are " + x.shape() + ", needs [n, " + features + "]");
        }
        return x;
    }

    /**
     * Returns the square of the length of each row.
     *
     * @throws IllegalArgumentException if a row holds what is not finite or too large to be squared
     */
    static double[] squares(String who, Tensor x) {
        int n = x.shape().dim(0);
        int features = x.shape().dim(1);
        double[] squares = new double[n];
        for (int r = 0; r < n; r++) {
            double sum = 0;
            int at = x.offset() + r * features;
            for (int j = 0; j < features; j++) {
                double v = x.array()[at + j];
                sum = Math.fma(v, v, sum);
            }
            if (!(sum <= MOST * MOST)) {
                throw new IllegalArgumentException(who + ": row " + r + " has length " + Math.sqrt(sum)
                        + ", needs finite numbers and a length up to " + MOST);
            }
            squares[r] = sum;
        }
        return squares;
    }
}
