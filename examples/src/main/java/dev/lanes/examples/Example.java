package dev.lanes.examples;

import java.io.IOException;

/** A program of a few lines that shows one topic. */
@FunctionalInterface
public interface Example {
    /**
     * Runs the example.
     *
     * @param page where it writes, and what it computes with
     * @throws IOException if a picture cannot be written
     */
    void run(Page page) throws IOException;
}
