package dev.lanes.layers.learners;

/** How far two rows of numbers are apart. */
public enum Metric {
    /** {@code sqrt(sum over j of (a_j - b_j)^2)}: the straight line. */
    EUCLIDEAN,
    /** {@code sum over j of |a_j - b_j|}: along the streets of a grid. */
    MANHATTAN,
    /** {@code 1 - <a, b> / (|a| |b|)}: the angle, whatever the lengths; 1 where a row is all zeros. */
    COSINE
}
