/**
 * JMH benchmarks of the kernels. Each reads its problem from a text form, prints what it really runs on, and compares
 * its answer with the reference before anything is timed; a wrong answer or a silent fall-back ends it.
 *
 * <p>{@link dev.lanes.bench.Main} runs them from the class path.
 */
package dev.lanes.bench;
