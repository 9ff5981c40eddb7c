package dev.lanes.bench.contestants;

/** A problem that is prepared to be solved again and again by one contestant. */
public interface Candidate extends AutoCloseable {
    /** Solves the problem once: what is timed. */
    void run();

    /** Returns an element of the answer of the last run, in the order of lanes: rows, or NHWC and HWIO. */
    double answer(int index);

    /** Returns what runs: the kernel, the layout. */
    String detail();

    /** Frees what lies off the heap. */
    @Override
    default void close() {}
}
