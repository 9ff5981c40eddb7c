/**
 * How it is measured: every contestant in a JVM of its own, rounds in turns, medians and intervals.
 *
 * <p>{@link dev.lanes.bench.run.BenchCommand} is the command; {@link dev.lanes.bench.run.Worker} the measured JVM.
 */
package dev.lanes.bench.run;
