package dev.lanes.bench.results;

import java.util.List;

/**
 * What one contestant did on one row.
 *
 * @param name {@code lanes}, or the peer's
 * @param detail what really ran: the kernel, the memory layout, the function
 * @param nanos of one operation: median over the rounds and its interval
 * @param minNanos the fastest round
 * @param maxNanos the slowest round
 * @param spread how far the middle half of the rounds lies apart, as a share of the median
 * @param samplesNanos one value a round, in the order of the rounds: the median of its batches
 * @param callsPerRound operations timed in a round, on average
 * @param wallOverCpu how much longer the clock on the wall ran than the processor worked; far above 1 on one thread
 *     means that other programs were in the way; null where only the wall was looked at
 * @param ratio ours over this one: its time divided by ours, round by round; null for ours
 */
public record Contestant(
        String name,
        String detail,
        Interval nanos,
        double minNanos,
        double maxNanos,
        double spread,
        List<Double> samplesNanos,
        double callsPerRound,
        Double wallOverCpu,
        Interval ratio) {}
