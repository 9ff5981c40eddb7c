/**
 * JMH benchmarks of the kernels, and {@link dev.lanes.bench.Main}, the program behind {@code lanes bench}.
 *
 * <p>Each benchmark reads its problem from a text form, prints what it really runs on, and compares its answer with the
 * reference before anything is timed; a wrong answer or a silent fall-back ends it.
 */
package dev.lanes.bench;
