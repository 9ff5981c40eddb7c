package dev.lanes.layers.learners;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NearestNeighboursTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();

    private static Tensor normal(int n, int features, double shift, long seed) {
        SeededRandom random = new SeededRandom(seed);
        return Tensor.generate(Shape.of(n, features), i -> shift + random.nextGaussian());
    }

    private static Examples unlabelled(Tensor x) {
        return new Examples(x, new int[x.shape().dim(0)], 1);
    }

    private static double distance(Metric metric, Tensor a, int i, Tensor b, int j) {
        double sum = 0;
        double aa = 0;
        double bb = 0;
        for (int f = 0; f < a.shape().dim(1); f++) {
            double u = a.get(i, f);
            double v = b.get(j, f);
            aa += u * u;
            bb += v * v;
            sum += switch (metric) {
                case EUCLIDEAN -> (u - v) * (u - v);
                case MANHATTAN -> Math.abs(u - v);
                case COSINE -> u * v;
            };
        }
        return switch (metric) {
            case EUCLIDEAN -> Math.sqrt(sum);
            case MANHATTAN -> sum;
            case COSINE -> aa * bb == 0 ? 1 : 1 - sum / Math.sqrt(aa * bb);
        };
    }

    /** Far from the origin single precision confuses neighbours; the result must not show it. */
    @ParameterizedTest
    @EnumSource
    void should_find_what_plain_loops_find(Metric metric) {
        for (double shift : new double[] {0, 1000}) {
            Tensor points = normal(217, 21, shift, 5);
            Tensor queries = normal(33, 21, shift, 6);
            Neighbours found =
                    NearestNeighbours.of(unlabelled(points), metric, ENGINE).find(queries, 9);
            for (int q = 0; q < 33; q++) {
                int query = q;
                int[] expected = IntStream.range(0, 217)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> distance(metric, queries, query, points, i)))
                        .limit(9)
                        .mapToInt(i -> i)
                        .toArray();
                int[] actual =
                        IntStream.range(0, 9).map(r -> found.index(query, r)).toArray();
                assertArrayEquals(expected, actual, metric + " shift " + shift + " query " + q);
                assertEquals(
                        distance(metric, queries, q, points, expected[8]), found.distance(q, 8), 1e-9 * (1 + shift));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_find_a_point_itself_and_the_first_of_equal_ones(Metric metric) {
        Tensor points = Tensor.of(Shape.of(4, 2), 3, 1, 0, 5, 3, 1, 0, 0);

        Neighbours found =
                NearestNeighbours.of(unlabelled(points), metric, ENGINE).find(points.slice(0, 1), 2);

        assertEquals(0, found.index(0, 0));
        assertEquals(2, found.index(0, 1));
        assertEquals(0, found.distance(0, 1), 1e-12);
    }

    @Test
    void should_measure_by_hand() {
        Tensor points = Tensor.of(Shape.of(2, 2), 3, 4, 0, 0);
        Tensor origin = Tensor.of(Shape.of(1, 2), 3, 0);

        assertEquals(3, nearest(points, Metric.EUCLIDEAN, origin).distance(0, 0));
        assertEquals(4, nearest(points, Metric.MANHATTAN, origin).distance(0, 1));
        assertEquals(0.4, nearest(points, Metric.COSINE, origin).distance(0, 0), 1e-15);
        assertEquals(1, nearest(points, Metric.COSINE, origin).distance(0, 1));
    }

    private static Neighbours nearest(Tensor points, Metric metric, Tensor query) {
        return NearestNeighbours.of(unlabelled(points), metric, ENGINE).find(query, 2);
    }

    @Test
    void should_let_the_majority_win_and_the_nearer_of_equals() {
        Tensor points = Tensor.of(Shape.of(5, 1), 0, 1, 2, 10, 11);
        NearestNeighbours memory =
                NearestNeighbours.of(new Examples(points, new int[] {2, 1, 1, 0, 0}, 3), Metric.EUCLIDEAN, ENGINE);
        Tensor query = Tensor.of(Shape.of(1, 1), -1);

        assertArrayEquals(new int[] {2}, memory.classifier(1).predict(query));
        assertArrayEquals(new int[] {2}, memory.classifier(2).predict(query), "one vote each: the nearer");
        assertArrayEquals(new int[] {1}, memory.classifier(3).predict(query));
        assertArrayEquals(new int[] {1}, memory.classifier(5).predict(query), "two votes each: the nearer");
    }

    @Test
    void should_choose_k_and_metric_by_validation() {
        // Classes are directions; lengths are noise, so only the angle tells.
        SeededRandom random = new SeededRandom(11);
        int n = 300;
        int[] labels = new int[n];
        Arrays.setAll(labels, i -> i % 2);
        Tensor x = Tensor.zeros(n, 2);
        for (int i = 0; i < n; i++) {
            double length = Math.exp(4 * random.nextDouble());
            double angle = (i % 2 == 0 ? 0.4 : 1.1) + 0.25 * random.nextGaussian();
            x.set((float) (length * Math.cos(angle)), i, 0);
            x.set((float) (length * Math.sin(angle)), i, 1);
        }
        Examples train = new Examples(x.slice(0, 200), Arrays.copyOf(labels, 200), 2);
        Examples validation = new Examples(x.slice(200, 300), Arrays.copyOfRange(labels, 200, 300), 2);

        NeighbourChoice choice = NeighbourChoice.by(train, validation, List.of(Metric.values()), ENGINE, 1, 5, 15);

        assertEquals(9, choice.trials().size());
        assertEquals(Metric.COSINE, choice.best().metric());
        for (NeighbourChoice.Trial trial : choice.trials()) {
            assertEquals(
                    NearestNeighbours.of(train, trial.metric(), ENGINE)
                            .classifier(trial.k())
                            .accuracy(validation),
                    trial.accuracy(),
                    trial.toString());
        }
    }

    @Test
    void should_refuse_what_does_not_fit() {
        Examples four = unlabelled(Tensor.zeros(4, 2));
        NearestNeighbours memory = NearestNeighbours.of(four, Metric.EUCLIDEAN, ENGINE);

        var k = assertThrows(IllegalArgumentException.class, () -> memory.classifier(5));
        assertEquals("nearestNeighbours: k is 5, needs 1 to 4, the number of examples", k.getMessage());
        assertThrows(ShapeMismatchException.class, () -> memory.find(Tensor.zeros(1, 3), 1));
        assertThrows(IllegalArgumentException.class, () -> memory.find(Tensor.of(Shape.of(1, 2), Float.NaN, 0), 1));
        Examples none = unlabelled(Tensor.zeros(0, 2));
        assertThrows(IllegalArgumentException.class, () -> NearestNeighbours.of(none, Metric.COSINE, ENGINE));
        assertThrows(
                IllegalArgumentException.class,
                () -> NeighbourChoice.by(four, none, List.of(Metric.EUCLIDEAN), ENGINE, 1));
    }
}
