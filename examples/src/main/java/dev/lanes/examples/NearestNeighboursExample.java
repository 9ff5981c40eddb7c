package dev.lanes.examples;

import dev.lanes.layers.data.Split;
import dev.lanes.layers.learners.Examples;
import dev.lanes.layers.learners.Metric;
import dev.lanes.layers.learners.NearestNeighbours;
import dev.lanes.layers.learners.NeighbourChoice;
import java.util.List;

/** k nearest neighbours: k and the metric are chosen on the validation set; the test set is asked once. */
final class NearestNeighboursExample implements Example {
    @Override
    public void run(Page page) {
        Split split = Split.stratified(SmallImages.of(1200, 1), 0.25, 0.25, 3);
        Examples train = Examples.of(split.train());
        NeighbourChoice choice = NeighbourChoice.by(
                train, Examples.of(split.validation()), List.of(Metric.values()), page.engine(), 1, 3, 5, 9, 25);
        page.say("validation accuracy     k =  1      3      5      9     25");
        for (Metric metric : Metric.values()) {
            StringBuilder line = new StringBuilder();
            choice.trials().stream()
                    .filter(t -> t.metric() == metric)
                    .forEach(t -> line.append(String.format(" %6.3f", t.accuracy())));
            page.say("  %-24s%s", metric, line);
        }
        NeighbourChoice.Trial best = choice.best();
        double test = NearestNeighbours.of(train, best.metric(), page.engine())
                .classifier(best.k())
                .accuracy(Examples.of(split.test().open("accuracy")));
        page.say("best: %s, k = %d; on the test set %.3f", best.metric(), best.k(), test);
    }
}
