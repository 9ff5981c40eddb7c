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
            int at = x.offset() + r * features;
            double sum = product(x.array(), at, x.array(), at, features);
            if (!(sum <= MOST * MOST)) {
                throw new IllegalArgumentException(who + ": row " + r + " has length " + Math.sqrt(sum)
                        + ", needs finite numbers and a length up to " + MOST);
            }
            squares[r] = sum;
        }
        return squares;
    }

    /** Returns the sum of products of two rows, four sums side by side so that none waits for the other. */
    static double product(float[] a, int atA, float[] b, int atB, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j + 4 <= n; j += 4) {
            s0 = Math.fma(a[atA + j], (double) b[atB + j], s0);
            s1 = Math.fma(a[atA + j + 1], (double) b[atB + j + 1], s1);
            s2 = Math.fma(a[atA + j + 2], (double) b[atB + j + 2], s2);
            s3 = Math.fma(a[atA + j + 3], (double) b[atB + j + 3], s3);
        }
        for (; j < n; j++) {
            s0 = Math.fma(a[atA + j], (double) b[atB + j], s0);
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** Returns the sum of squared differences of two rows, in the same order. */
    static double squaredDistance(float[] a, int atA, float[] b, int atB, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j + 4 <= n; j += 4) {
            double d0 = (double) a[atA + j] - b[atB + j];
            double d1 = (double) a[atA + j + 1] - b[atB + j + 1];
            double d2 = (double) a[atA + j + 2] - b[atB + j + 2];
            double d3 = (double) a[atA + j + 3] - b[atB + j + 3];
            s0 = Math.fma(d0, d0, s0);
            s1 = Math.fma(d1, d1, s1);
            s2 = Math.fma(d2, d2, s2);
            s3 = Math.fma(d3, d3, s3);
        }
        for (; j < n; j++) {
            double d = (double) a[atA + j] - b[atB + j];
            s0 = Math.fma(d, d, s0);
        }
        return (s0 + s1) + (s2 + s3);
    }
}
