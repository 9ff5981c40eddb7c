package dev.lanes.layers.learners;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.Objects;

/**
 * The k-nearest-neighbour classifier: remembers all examples, and lets the k nearest of them vote.
 *
 * <p>Distances come from one matrix product for many queries at once ({@code |q - x|^2 = |q|^2 - 2 <q, x> + |x|^2}); the
 * few points that its rounding leaves in doubt are measured again in double precision, so the neighbours are those of
 * exact sums on every backend. Equal distances go to the lower index; equal votes to the class whose neighbour is
 * nearer. Immutable as long as nobody changes the examples; any number of threads may ask.
 *
 * <pre>{@code
 * NearestNeighbours memory = NearestNeighbours.of(train, Metric.EUCLIDEAN, engine);
 * memory.classifier(3).accuracy(validation);
 * memory.find(images, 3).index(0, 0);      // the training example nearest to the first image
 * }</pre>
 */
public final class NearestNeighbours {
    private final Examples examples;
    private final Metric metric;
    private final Search search;

    private NearestNeighbours(Examples examples, Metric metric, Engine engine) {
        this.examples = examples;
        this.metric = Objects.requireNonNull(metric, "metric");
        this.search = new Search(examples.x(), metric, engine);
    }

    /**
     * Remembers examples.
     *
     * @throws IllegalArgumentException if there are none, or one is not finite or longer than 1e18
     */
    public static NearestNeighbours of(Examples examples, Metric metric, Engine engine) {
        if (examples.size() == 0) {
            throw new IllegalArgumentException("nearestNeighbours: there are no examples to remember");
        }
        return new NearestNeighbours(examples, metric, engine);
    }

    /** Returns how distances are measured. */
    public Metric metric() {
        return metric;
    }

    /** Returns what is remembered. */
    public Examples examples() {
        return examples;
    }

    /**
     * Returns the k nearest examples of each query.
     *
     * @param queries {@code [q, features]}
     * @throws ShapeMismatchException if the queries are not of the examples' length
     * @throws IllegalArgumentException if k is not from 1 to the number of examples, or a query is not finite
     */
    public Neighbours find(Tensor queries, int k) {
        Rows.require("nearestNeighbours", queries, examples.features());
        requireK(k);
        return search.find(queries, k);
    }

    /**
     * Returns the classifier by the vote of k neighbours.
     *
     * @throws IllegalArgumentException if k is not from 1 to the number of examples
     */
    public Classifier classifier(int k) {
        requireK(k);
        return queries -> vote(find(queries, k), k);
    }

    /** Returns for each query the class that most of its first k neighbours have; of equal ones that of the nearer. */
    int[] vote(Neighbours neighbours, int k) {
        int[] winners = new int[neighbours.queries()];
        int[] votes = new int[examples.classes()];
        for (int q = 0; q < winners.length; q++) {
            int most = 0;
            for (int rank = 0; rank < k; rank++) {
                most = Math.max(most, ++votes[examples.label(neighbours.index(q, rank))]);
            }
            int rank = 0;
            while (votes[examples.label(neighbours.index(q, rank))] < most) {
                rank++;
            }
            winners[q] = examples.label(neighbours.index(q, rank));
            for (int i = 0; i < k; i++) {
                votes[examples.label(neighbours.index(q, i))] = 0;
            }
        }
        return winners;
    }

    private void requireK(int k) {
        if (k < 1 || k > examples.size()) {
            throw new IllegalArgumentException(
                    "nearestNeighbours: k is " + k + ", needs 1 to " + examples.size() + ", the number of examples");
        }
    }
}
