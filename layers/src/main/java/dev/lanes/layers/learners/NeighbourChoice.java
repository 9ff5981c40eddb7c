package dev.lanes.layers.learners;

import dev.lanes.numerics.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses k and the metric of a {@link NearestNeighbours} by a validation set, never by the test set.
 *
 * <p>The best trial has the highest accuracy; of equal ones the metric given first, then the smaller k. The neighbours
 * are searched for once a metric.
 *
 * <pre>{@code
 * NeighbourChoice choice = NeighbourChoice.by(train, validation, List.of(Metric.values()), engine, 1, 3, 5, 7);
 * choice.best();   // Trial[metric=COSINE, k=3, accuracy=0.97]
 * }</pre>
 *
 * @param trials all that was tried, metric by metric, k by k
 */
public record NeighbourChoice(List<Trial> trials) {
    /**
     * One setting and how it did.
     *
     * @param metric how distances were measured
     * @param k how many neighbours voted
     * @param accuracy the part of the validation set that was classified rightly
     */
    public record Trial(Metric metric, int k, double accuracy) {}

    /**
     * @throws IllegalArgumentException if nothing was tried
     */
    public NeighbourChoice {
        trials = List.copyOf(trials);
        if (trials.isEmpty()) {
            throw new IllegalArgumentException("neighbourChoice: there is no metric or no k to try");
        }
    }

    /**
     * Tries every k with every metric.
     *
     * @throws IllegalArgumentException if a k is not from 1 to the number of examples, or there is nothing to try or to
     *     judge by
     */
    public static NeighbourChoice by(
            Examples train, Examples validation, List<Metric> metrics, Engine engine, int... ks) {
        if (validation.size() == 0) {
            throw new IllegalArgumentException("neighbourChoice: there are no validation examples to judge by");
        }
        List<Trial> trials = new ArrayList<>();
        int most = Arrays.stream(ks).max().orElse(0);
        for (Metric metric : metrics) {
            NearestNeighbours memory = NearestNeighbours.of(train, metric, engine);
            for (int k : ks) {
                memory.classifier(k); // refuses a k that does not fit
            }
            Neighbours found = ks.length == 0 ? null : memory.find(validation.x(), most);
            for (int k : ks) {
                Classifier judged = x -> memory.vote(found, k);
                trials.add(new Trial(metric, k, judged.accuracy(validation)));
            }
        }
        return new NeighbourChoice(trials);
    }

    /** Returns the best trial. */
    public Trial best() {
        List<Metric> order = trials.stream().map(Trial::metric).distinct().toList();
        return trials.stream()
                .min(Comparator.comparingDouble((Trial t) -> -t.accuracy())
                        .thenComparingInt(t -> order.indexOf(t.metric()))
                        .thenComparingInt(Trial::k))
                .orElseThrow();
    }
}
