package dev.lanes.layers.learners;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KMeansTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();

    /** Points around the nodes of a grid of 3x3. */
    private static Tensor clouds(int n) {
        SeededRandom random = new SeededRandom(4);
        return Tensor.generate(Shape.of(n, 2), i -> {
            int cloud = i / 2 % 9;
            return 10.0 * (i % 2 == 0 ? cloud % 3 : cloud / 3) + random.nextGaussian();
        });
    }

    /** Two pairs on a line: from 0 and 1, the centres go to 0 and 7 and then to 0.5 and 10.5. */
    @Test
    void should_move_as_by_hand() {
        Tensor x = Tensor.of(Shape.of(4, 1), 0, 1, 10, 11);

        Clustering found = KMeans.builder(2, ENGINE).cluster(x, Tensor.of(Shape.of(2, 1), 0, 1));

        assertTrue(found.converged());
        assertArrayEquals(new float[] {0.5f, 10.5f}, found.centres().toArray());
        assertArrayEquals(new int[] {0, 0, 1, 1}, found.assignment());
        assertEquals(1, found.inertia(), 1e-12);
        assertEquals(81 + 100, found.history().getFirst().inertia(), 1e-12);
        assertEquals(7.333333f, found.history().get(1).centres().get(1, 0), 1e-6f);
    }

    @ParameterizedTest
    @EnumSource
    void should_never_let_the_inertia_rise(KMeans.Start start) {
        Clustering found = KMeans.builder(9, ENGINE).start(start).seed(3).cluster(clouds(450));

        assertTrue(found.converged());
        double before = Double.POSITIVE_INFINITY;
        for (Clustering.Iteration iteration : found.history()) {
            assertTrue(
                    iteration.inertia() <= before * (1 + 1e-9), found.history().toString());
            before = iteration.inertia();
        }
        assertEquals(found.inertia(), before);
    }

    @Test
    void should_keep_the_best_of_several_starts() {
        Clustering found = KMeans.builder(9, ENGINE)
                .start(KMeans.Start.RANDOM)
                .restarts(20)
                .seed(1)
                .cluster(clouds(450));

        assertEquals(20, found.restarts().size());
        assertEquals(
                found.inertia(),
                found.restarts().stream().mapToDouble(d -> d).min().orElseThrow());
        assertTrue(found.restarts().stream().distinct().count() > 1, "starts that all end alike show nothing");
        int[] sizes = new int[9];
        for (int cluster : found.assignment()) {
            sizes[cluster]++;
        }
        assertTrue(Arrays.stream(sizes).allMatch(size -> size == 50), () -> Arrays.toString(sizes));
    }

    @Test
    void should_start_better_with_plus_plus() {
        Tensor x = clouds(450);
        KMeans.Builder settings = KMeans.builder(9, ENGINE).restarts(30).seed(5);

        double random = mean(settings.start(KMeans.Start.RANDOM).cluster(x));
        double plusPlus = mean(settings.start(KMeans.Start.PLUS_PLUS).cluster(x));

        assertTrue(plusPlus < random, plusPlus + " is not below " + random);
    }

    private static double mean(Clustering found) {
        return found.restarts().stream().mapToDouble(d -> d).average().orElseThrow();
    }

    /** A centre far from everything gets the farthest point, instead of a division by zero. */
    @Test
    void should_fill_an_empty_cluster() {
        Tensor x = Tensor.of(Shape.of(5, 1), 0, 1, 2, 3, 50);
        Tensor start = Tensor.of(Shape.of(3, 1), 1, 2, 1000);

        Clustering found = KMeans.builder(3, ENGINE).cluster(x, start);

        assertTrue(found.converged());
        assertArrayEquals(new int[] {0, 0, 1, 1, 2}, found.assignment());
        assertEquals(1, found.inertia(), 1e-12);
    }

    @Test
    void should_live_with_fewer_different_points_than_clusters() {
        Tensor x = Tensor.of(Shape.of(4, 1), 7, 7, 7, 7);

        for (KMeans.Start start : KMeans.Start.values()) {
            Clustering found = KMeans.builder(3, ENGINE).start(start).cluster(x);
            assertEquals(0, found.inertia());
            assertArrayEquals(new float[] {7, 7, 7}, found.centres().toArray());
        }
    }

    @Test
    void should_have_the_same_bits_for_every_number_of_threads() {
        Tensor x = clouds(5000);
        try (Engine two = Engine.builder().threads(2).build()) {
            Clustering a = KMeans.builder(9, ENGINE).restarts(2).cluster(x);
            Clustering b = KMeans.builder(9, two).restarts(2).cluster(x);

            assertArrayEquals(a.centres().toArray(), b.centres().toArray());
            assertEquals(a.inertia(), b.inertia());
        }
    }

    @Test
    void should_stop_when_told_to() {
        Clustering found = KMeans.builder(9, ENGINE).iterations(1).cluster(clouds(450));

        assertFalse(found.converged());
        assertEquals(2, found.history().size());
    }

    @Test
    void should_refuse_what_does_not_fit() {
        var few = assertThrows(
                IllegalArgumentException.class, () -> KMeans.builder(3, ENGINE).cluster(Tensor.zeros(2, 1)));
        assertEquals("kMeans: 2 points for 3 clusters, needs at least as many", few.getMessage());
        assertThrows(IllegalArgumentException.class, () -> KMeans.builder(0, ENGINE));
        assertThrows(
                IllegalArgumentException.class,
                () -> KMeans.builder(2, ENGINE).cluster(Tensor.zeros(4, 1), Tensor.zeros(3, 1)));
        assertEquals(
                4,
                IntStream.of(KMeans.builder(4, ENGINE)
                                .cluster(Tensor.generate(Shape.of(4, 1), i -> i))
                                .assignment())
                        .distinct()
                        .count());
    }
}
