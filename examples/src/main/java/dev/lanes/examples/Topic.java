package dev.lanes.examples;

/**
 * One topic of the course.
 *
 * @param name what to call it by, as in {@code two-layer-mlp}
 * @param line what it shows, in one line
 * @param example the program
 */
public record Topic(String name, String line, Example example) {}
