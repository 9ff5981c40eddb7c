package dev.lanes.bench.results;

/**
 * What a library brings along.
 *
 * @param owner {@code lanes} or the peer's name
 * @param file the name of the jar
 * @param bytes its size
 */
public record Jar(String owner, String file, long bytes) {}
