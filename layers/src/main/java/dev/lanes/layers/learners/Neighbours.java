package dev.lanes.layers.learners;

import java.util.Objects;

/** The points found nearest to each of some queries, nearest first; of equal distances the lower index. Immutable. */
public final class Neighbours {
    private final int queries;
    private final int k;
    private final int[] indices;
    private final double[] distances;

    Neighbours(int queries, int k, int[] indices, double[] distances) {
        this.queries = queries;
        this.k = k;
        this.indices = indices;
        this.distances = distances;
    }

    /** Returns how many queries were asked. */
    public int queries() {
        return queries;
    }

    /** Returns how many points were found for each. */
    public int k() {
        return k;
    }

    /**
     * Returns the index of a point.
     *
     * @param rank 0 for the nearest
     * @throws IndexOutOfBoundsException if there is no such query or rank
     */
    public int index(int query, int rank) {
        return indices[Objects.checkIndex(query, queries) * k + Objects.checkIndex(rank, k)];
    }

    /** Returns the distance of a point; throws as {@link #index} does. */
    public double distance(int query, int rank) {
        return distances[Objects.checkIndex(query, queries) * k + Objects.checkIndex(rank, k)];
    }
}
