package dev.lanes.bench.problems;

/**
 * A row to be measured.
 *
 * @param kernel the operation
 * @param shape the text form of its problem
 * @param origin where the problem comes from
 */
public record Entry(String kernel, String shape, String origin) {}
