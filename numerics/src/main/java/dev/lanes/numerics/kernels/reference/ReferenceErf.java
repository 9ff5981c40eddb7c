package dev.lanes.numerics.kernels.reference;

/**
 * The error function in double, to about 13 digits, relative: below 2.5 its series of positive terms, above it the
 * continued fraction of the complement (Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.6 and 7.1.14).
 */
final class ReferenceErf {
    private static final double SERIES_BELOW = 2.5;
    private static final double SQRT_PI = Math.sqrt(Math.PI);

    private ReferenceErf() {}

    /** Returns {@code 2 / sqrt(pi)} times the integral of {@code exp(-t^2)} from 0 to x. */
    static double erf(double x) {
        double a = Math.abs(x);
        return a < SERIES_BELOW ? series(x) : Math.copySign(1 - fraction(a), x);
    }

    /** Returns {@code 1 - erf(x)}, small values to full precision. */
    static double erfc(double x) {
        return x < SERIES_BELOW ? 1 - erf(x) : fraction(x);
    }

    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / SQRT_PI * StrictMath.exp(-x * x) * sum;
    }

    private static double fraction(double x) {
        if (x > 30) {
            return 0;
        }
        double tail = x;
        for (int n = 60; n > 0; n--) {
            tail = x + n / 2.0 / tail;
        }
        return StrictMath.exp(-x * x) / (SQRT_PI * tail);
    }
}
