package dev.lanes.bench.run;

import dev.lanes.bench.results.Interval;
import java.util.Arrays;

/** Medians, and intervals that assume nothing of the distribution. */
final class Statistics {
    private static final double CONFIDENCE = 0.95;

    private Statistics() {}

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    /**
     * Returns the median with the narrowest pair of order statistics, alike from both ends, that holds the true median
     * with 95 %: the number of samples below it is binomial with 1/2. Below six samples no pair does; the ends are
     * returned, which hold it with {@code 1 - 2^(1 - n)}.
     */
    static Interval interval(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        int outside = 0; // samples left out at each end
        double tail = Math.pow(0.5, n); // probability that at most `outside` samples lie below the median
        double term = tail;
        while (outside + 1 < n / 2) {
            term = term * (n - outside) / (outside + 1);
            if (1 - 2 * (tail + term) < CONFIDENCE) {
                break;
            }
            tail += term;
            outside++;
        }
        return new Interval(median(sorted), sorted[outside], sorted[n - 1 - outside]);
    }

    /** Returns how far the quartiles lie apart, as a share of the median. */
    static double spread(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n < 4
                ? (sorted[n - 1] - sorted[0]) / median(sorted)
                : (sorted[n - 1 - n / 4] - sorted[n / 4]) / median(sorted);
    }
}
