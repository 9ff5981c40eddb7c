package dev.lanes.layers.learners;

import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * k-means (Lloyd's algorithm): k centres, moved in turn so that the squared distances of all points to the nearest of
 * them, the <em>inertia</em>, become as small as they will.
 *
 * <pre>{@code
 * repeat   assign every point to the nearest centre
 *          move every centre to the mean of its points
 * until    no point changes its centre
 * }</pre>
 *
 * <p>Where this ends depends on where it begins, so it is begun several times and the best end is kept. A centre left
 * without points is put on the point that is farthest from its own centre. The same settings give the same bits,
 * whatever the number of threads.
 *
 * <pre>{@code
 * Clustering found = KMeans.builder(10, engine).restarts(8).seed(42).cluster(points);
 * found.inertia();
 * found.assignment()[0];      // the cluster of the first point
 * }</pre>
 */
public final class KMeans {
    /** How the first centres are chosen. */
    public enum Start {
        /** k different points, all equally likely: two may fall into one cluster. */
        RANDOM,
        /** After Arthur and Vassilvitskii (2007): each next one a point drawn by the square of its distance to those. */
        PLUS_PLUS
    }

    private static final long FOR_STARTS = 23;

    private final Builder settings;
    private final Tensor x;
    private final int n;
    private final int features;
    private final double[] squares;

    private KMeans(Builder settings, Tensor x) {
        this.settings = settings;
        this.x = x;
        this.n = x.shape().dim(0);
        this.features = x.shape().dim(1);
        this.squares = Rows.squares("kMeans", x);
    }

    /**
     * Returns a builder: k-means++, one start, at most 100 iterations, seed 0.
     *
     * @throws IllegalArgumentException if k is below 1
     */
    public static Builder builder(int k, Engine engine) {
        return new Builder(k, engine);
    }

    private Clustering best() {
        Clustering best = null;
        List<Double> inertias = new ArrayList<>();
        for (int run = 0; run < settings.restarts; run++) {
            SeededRandom random = SeededRandom.of(settings.seed, FOR_STARTS + ((long) run << 8));
            Clustering found = run(settings.start == Start.RANDOM ? randomStart(random) : plusPlus(random));
            inertias.add(found.inertia());
            if (best == null || found.inertia() < best.inertia()) {
                best = found;
            }
        }
        return best.ofRestarts(inertias);
    }

    private Clustering run(Tensor start) {
        List<Clustering.Iteration> history = new ArrayList<>();
        Tensor centres = start;
        int[] before = null;
        while (true) {
            Neighbours nearest = new Search(centres, Metric.EUCLIDEAN, settings.engine).find(x, squares, 1);
            int[] assignment = new int[n];
            double inertia = 0;
            for (int i = 0; i < n; i++) {
                assignment[i] = nearest.index(i, 0);
                inertia += nearest.distance(i, 0) * nearest.distance(i, 0);
            }
            history.add(new Clustering.Iteration(centres, inertia));
            boolean settled = Arrays.equals(assignment, before);
            if (settled || history.size() > settings.iterations) {
                return new Clustering(centres, assignment, inertia, settled, history, List.of(inertia));
            }
            centres = means(assignment, nearest);
            before = assignment;
        }
    }

    /** Returns the mean of each cluster, summed in the order of the points. */
    private Tensor means(int[] assignment, Neighbours nearest) {
        int k = settings.k;
        double[] sums = new double[k * features];
        int[] counts = new int[k];
        for (int i = 0; i < n; i++) {
            counts[assignment[i]]++;
        }
        boolean[] moved = fillEmpty(assignment, counts, nearest);
        for (int i = 0; i < n; i++) {
            int to = assignment[i] * features;
            int from = x.offset() + i * features;
            for (int j = 0; j < features; j++) {
                sums[to + j] += x.array()[from + j];
            }
        }
        // The caller compares assignments; one that was changed here must not look settled.
        for (int i = 0; moved != null && i < n; i++) {
            if (moved[i]) {
                assignment[i] = -1;
            }
        }
        return Tensor.generate(x.shape().withDim(0, k), i -> sums[i] / counts[i / features]);
    }

    /** Gives each empty cluster the point farthest from its centre that does not leave another cluster empty. */
    private static boolean[] fillEmpty(int[] assignment, int[] counts, Neighbours nearest) {
        boolean[] moved = null;
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] == 0) {
                moved = moved == null ? new boolean[assignment.length] : moved;
                int farthest = -1;
                for (int i = 0; i < assignment.length; i++) {
                    if (!moved[i]
                            && counts[assignment[i]] > 1
                            && (farthest < 0 || nearest.distance(i, 0) > nearest.distance(farthest, 0))) {
                        farthest = i;
                    }
                }
                counts[assignment[farthest]]--;
                assignment[farthest] = c;
                counts[c] = 1;
                moved[farthest] = true;
            }
        }
        return moved;
    }

    private Tensor randomStart(SeededRandom random) {
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        Tensor centres = Tensor.zeros(settings.k, features);
        for (int c = 0; c < settings.k; c++) {
            int at = c + (int) (random.nextDouble() * (n - c)); // the rest of a Fisher-Yates shuffle is not needed
            int chosen = order[at];
            order[at] = order[c];
            centres.slice(c, c + 1).copyFrom(x.slice(chosen, chosen + 1));
        }
        return centres;
    }

    private Tensor plusPlus(SeededRandom random) {
        Tensor centres = Tensor.zeros(settings.k, features);
        double[] toNearest = new double[n];
        Arrays.fill(toNearest, Double.POSITIVE_INFINITY);
        int chosen = (int) (random.nextDouble() * n);
        for (int c = 0; ; c++) {
            Tensor centre = x.slice(chosen, chosen + 1);
            centres.slice(c, c + 1).copyFrom(centre);
            if (c == settings.k - 1) {
                return centres;
            }
            Neighbours toThis = new Search(centre, Metric.EUCLIDEAN, settings.engine).find(x, squares, 1);
            double total = 0;
            for (int i = 0; i < n; i++) {
                double distance = toThis.distance(i, 0);
                toNearest[i] = Math.min(toNearest[i], distance * distance);
                total += toNearest[i];
            }
            chosen = draw(toNearest, total, random);
        }
    }

    /** Returns an index by weight; where all weights are zero (fewer different points than centres) any. */
    private static int draw(double[] weights, double total, SeededRandom random) {
        double left = random.nextDouble() * total;
        int last = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                last = i;
                left -= weights[i];
                if (left < 0) {
                    return i;
                }
            }
        }
        return total > 0 ? last : (int) (random.nextDouble() * weights.length);
    }

    /** Chooses the settings; not thread-safe. */
    public static final class Builder {
        private final int k;
        private final Engine engine;
        private Start start = Start.PLUS_PLUS;
        private int restarts = 1;
        private int iterations = 100;
        private long seed;

        private Builder(int k, Engine engine) {
            this.k = atLeast1("k", k);
            this.engine = engine;
        }

        /** Sets how the first centres are chosen. */
        public Builder start(Start how) {
            start = how;
            return this;
        }

        /** Sets how often to begin anew, at least once; the best end is kept. */
        public Builder restarts(int count) {
            restarts = atLeast1("number of restarts", count);
            return this;
        }

        /** Sets how often centres are moved at most, at least once. */
        public Builder iterations(int most) {
            iterations = atLeast1("number of iterations", most);
            return this;
        }

        /** Sets what the starts follow from. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * Clusters points {@code [n, features]}.
         *
         * @throws ShapeMismatchException if they are not of that form
         * @throws IllegalArgumentException if there are fewer than k, or one is not finite or longer than 1e18
         */
        public Clustering cluster(Tensor x) {
            require(x);
            return new KMeans(this, x).best();
        }

        /**
         * Clusters points {@code [n, features]} from centres of the caller's, once.
         *
         * @param centres {@code [k, features]}
         * @throws ShapeMismatchException if either is not of that form
         * @throws IllegalArgumentException as {@link #cluster(Tensor)} does
         */
        public Clustering cluster(Tensor x, Tensor centres) {
            require(x);
            ShapeMismatchException.require(
                    "kMeans", "centres", centres.shape(), x.shape().withDim(0, k));
            return new KMeans(this, x).run(centres.copy());
        }

        private void require(Tensor x) {
            Rows.require("kMeans", x);
            if (x.shape().dim(0) < k) {
                throw new IllegalArgumentException(
                        "kMeans: " + x.shape().dim(0) + " points for " + k + " clusters, needs at least as many");
            }
        }

        private static int atLeast1(String what, int value) {
            if (value < 1) {
                throw new IllegalArgumentException("kMeans: the " + what + " is " + value + ", needs at least 1");
            }
            return value;
        }
    }
}
