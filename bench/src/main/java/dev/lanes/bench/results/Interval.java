package dev.lanes.bench.results;

/**
 * A median and the interval that holds the true one with at least 95 % confidence; what lies between two order
 * statistics, so nothing is assumed of the distribution.
 *
 * @param median of the samples
 * @param low end of the interval; the smallest sample where there are fewer than six
 * @param high end of the interval; the largest sample where there are fewer than six
 */
public record Interval(double median, double low, double high) {}
