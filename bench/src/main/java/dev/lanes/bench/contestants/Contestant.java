package dev.lanes.bench.contestants;

import dev.lanes.bench.problems.Problem;

/** A library that solves problems in its own best way; lives in a JVM of its own, on a fixed number of threads. */
public interface Contestant extends AutoCloseable {
    /** Returns what the library says of itself: name, version, how it was built. */
    String version();

    /** Returns the processor that it chose its kernels for; empty where it does not say. */
    default String core() {
        return "";
    }

    /**
     * Returns why a result of this contestant must not be plotted: it fell back to something slower than was wanted.
     * Empty where all is well.
     */
    default String invalid() {
        return "";
    }

    /**
     * Returns the bytes that a call of a problem takes at most on the Java heap once it is compiled; what takes more passes
     * vectors as objects still. Without a bound where that says nothing.
     */
    default long compiledAllocation(Problem problem) {
        return Long.MAX_VALUE;
    }

    /**
     * Prepares a problem: operands copied to where the library wants them, weights packed, primitives made.
     *
     * @throws UnsupportedOperationException if the library has no such operation; the message says so
     */
    Candidate prepare(Problem problem);

    @Override
    void close();
}
