package dev.lanes.layers.learners;

import dev.lanes.numerics.Tensor;
import java.util.List;

/** What {@link KMeans} has found, and the way to it. Immutable. */
public final class Clustering {
    private final Tensor centres;
    private final int[] assignment;
    private final double inertia;
    private final boolean converged;
    private final List<Iteration> history;
    private final List<Double> restarts;

    /**
     * One look at the centres.
     *
     * @param centres {@code [k, features]} as they stood
     * @param inertia the sum of the squared distances of all points to the nearest of them
     */
    public record Iteration(Tensor centres, double inertia) {}

    Clustering(
            Tensor centres,
            int[] assignment,
            double inertia,
            boolean converged,
            List<Iteration> history,
            List<Double> restarts) {
        this.centres = centres;
        this.assignment = assignment;
        this.inertia = inertia;
        this.converged = converged;
        this.history = List.copyOf(history);
        this.restarts = List.copyOf(restarts);
    }

    /** Returns the same, as the best of several starts. */
    Clustering ofRestarts(List<Double> inertias) {
        return new Clustering(centres, assignment, inertia, converged, history, inertias);
    }

    /** Returns a copy of the centres {@code [k, features]}. */
    public Tensor centres() {
        return centres.copy();
    }

    /** Returns the cluster of each point, a fresh array. */
    public int[] assignment() {
        return assignment.clone();
    }

    /** Returns the sum of the squared distances of all points to their centres. */
    public double inertia() {
        return inertia;
    }

    /** Tells whether it ended because no point changed its centre. */
    public boolean converged() {
        return converged;
    }

    /** Returns the centres and the inertia from the start to the end; it never rises but by rounding. */
    public List<Iteration> history() {
        return history;
    }

    /** Returns the inertia that each start ended at, in order. */
    public List<Double> restarts() {
        return restarts;
    }
}
