package dev.lanes.bench.results;

import java.util.List;

/**
 * How long a fresh JVM takes.
 *
 * @param task what it computes
 * @param threads that it uses
 * @param firstResultMillis from the start of the process to the first result: the median
 * @param steadyMillis from the start of the process to the first of ten calls of which eight are within 10 % of the final speed: the
 *     median
 * @param firstResultSamples each of the fresh JVMs
 * @param steadySamples each of the fresh JVMs
 */
public record StartUp(
        String task,
        int threads,
        double firstResultMillis,
        double steadyMillis,
        List<Double> firstResultSamples,
        List<Double> steadySamples) {}
