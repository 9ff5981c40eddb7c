package dev.lanes.examples;

import dev.lanes.layers.learners.Clustering;
import dev.lanes.layers.learners.KMeans;
import dev.lanes.numerics.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** k-means step by step, and how much hangs on where it starts. */
final class KMeansExample implements Example {
    private static final int K = 7;

    @Override
    public void run(Page page) throws IOException {
        Tensor x = Points.clouds(
                        400,
                        0.3,
                        5,
                        new double[] {0, 0},
                        new double[] {1.6, 0.4},
                        new double[] {0.9, 1.9},
                        new double[] {4.6, 0.3},
                        new double[] {5.2, 1.9},
                        new double[] {3.0, 4.3},
                        new double[] {0.4, 4.4})
                .x();
        KMeans.Builder settings = KMeans.builder(K, page.engine());

        Clustering one = settings.start(KMeans.Start.RANDOM).seed(5).cluster(x);
        List<ScatterPanels.Panel> steps = new ArrayList<>();
        for (int i = 0; i < one.history().size(); i++) {
            Clustering.Iteration at = one.history().get(i);
            page.say("iteration %2d  inertia %8.2f", i, at.inertia());
            steps.add(panel("iteration " + i, at.centres(), at.inertia()));
        }
        page.picture("k-means-iterations.png", () -> ScatterPanels.draw(x, pick(steps, 6), 3));

        List<ScatterPanels.Panel> starts = new ArrayList<>();
        for (KMeans.Start start : KMeans.Start.values()) {
            Clustering best = settings.start(start).seed(11).restarts(50).cluster(x);
            double good = best.inertia() * 1.001;
            long lucky = best.restarts().stream().filter(i -> i <= good).count();
            double worst = best.restarts().stream().mapToDouble(i -> i).max().orElseThrow();
            page.say(
                    "%-9s 50 starts: best %.2f, worst %.2f, %d of them end at the best",
                    start, best.inertia(), worst, lucky);
        }
        for (int seed = 0; seed < 6; seed++) {
            Clustering found =
                    settings.start(KMeans.Start.RANDOM).restarts(1).seed(seed).cluster(x);
            starts.add(panel("random start " + (seed + 1), found.centres(), found.inertia()));
        }
        page.picture("k-means-starts.png", () -> ScatterPanels.draw(x, starts, 3));
    }

    private static ScatterPanels.Panel panel(String name, Tensor centres, double inertia) {
        return new ScatterPanels.Panel(String.format(Locale.ROOT, "%s: inertia %.0f", name, inertia), centres);
    }

    /** The first, the last, and what lies between, evenly. */
    private static <T> List<T> pick(List<T> all, int most) {
        int n = Math.min(most, all.size());
        List<T> some = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            some.add(all.get(n == 1 ? 0 : i * (all.size() - 1) / (n - 1)));
        }
        return some;
    }
}
