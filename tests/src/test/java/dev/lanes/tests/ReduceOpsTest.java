package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The reductions over chosen axes: which elements belong together, and what is said of axes that do not fit. */
class ReduceOpsTest {
    private static Engine engine;

    /** {@code x[i, j, k] = 100 i + 10 j + k}. */
    private static final Tensor X = Tensor.generate(Shape.of(2, 3, 4), n -> 100 * (n / 12) + 10 * (n / 4 % 3) + n % 4);

    @BeforeAll
    static void start() {
        engine = Engine.builder().threads(2).build();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static float[] sum(Shape output, int... axes) {
        Tensor y = Tensor.zeros(output).fill(Float.NaN);
        engine.reduce().sum(X, axes, y);
        return y.toArray();
    }

    @Test
    void should_sum_over_one_axis_and_over_neighbours() {
        assertArrayEquals(
                new float[] {100, 102, 104, 106, 120, 122, 124, 126, 140, 142, 144, 146}, sum(Shape.of(3, 4), 0));
        assertArrayEquals(new float[] {30, 33, 36, 39, 330, 333, 336, 339}, sum(Shape.of(2, 4), 1));
        assertArrayEquals(new float[] {6, 46, 86, 406, 446, 486}, sum(Shape.of(2, 3), -1));
        assertArrayEquals(new float[] {138, 1338}, sum(Shape.of(2), 2, 1));
        assertArrayEquals(new float[] {360, 366, 372, 378}, sum(Shape.of(4), 0, 1));
        assertArrayEquals(new float[] {1476}, sum(Shape.of(), 0, 1, 2));
    }

    @Test
    void should_sum_over_axes_with_another_between_them() {
        assertArrayEquals(new float[] {412, 492, 572}, sum(Shape.of(3), 0, 2));
        assertArrayEquals(new float[] {412, 492, 572}, sum(Shape.of(1, 3, 1), -1, 0));
        Tensor mean = Tensor.zeros(3);
        Tensor variance = Tensor.zeros(3);
        engine.reduce().mean(X, new int[] {0, 2}, mean);
        engine.reduce().variance(X, new int[] {0, 2}, mean, variance);
        assertArrayEquals(new float[] {51.5f, 61.5f, 71.5f}, mean.toArray());
        assertArrayEquals(new float[] {2501.25f, 2501.25f, 2501.25f}, variance.toArray());
    }

    @Test
    void should_copy_where_no_axis_is_named() {
        assertArrayEquals(X.toArray(), sum(X.shape()));
        Tensor y = Tensor.scalar(0);
        engine.reduce().sum(Tensor.scalar(7), new int[0], y);
        assertEquals(7f, y.item());
    }

    @Test
    void should_find_maxima_and_where_they_stand() {
        Tensor x = Tensor.of(Shape.of(2, 3), 1, 5, 5, -1, Float.NaN, 7);
        Tensor y = Tensor.zeros(2);
        engine.reduce().max(x, new int[] {1}, y);
        assertArrayEquals(new float[] {5, Float.NaN}, y.toArray());
        int[] places = {-1, -1, -1};
        engine.reduce().argMax(x, 1, places);
        assertArrayEquals(new int[] {1, 1, -1}, places);
        engine.reduce().argMax(x, -2, places);
        assertArrayEquals(new int[] {0, 1, 1}, places);
    }

    @Test
    void should_know_what_is_made_of_nothing() {
        Tensor nothing = Tensor.zeros(2, 0);
        Tensor y = Tensor.of(Shape.of(2), 9, 9);
        engine.reduce().sum(nothing, new int[] {1}, y);
        assertArrayEquals(new float[] {0, 0}, y.toArray());
        engine.reduce().mean(nothing, new int[] {1}, y);
        assertTrue(Float.isNaN(y.get(0)));
        refused(
                "max: there is no maximum of nothing; input is [2, 0]",
                () -> engine.reduce().max(nothing, new int[] {1}, y));
        refused(
                "argMax: there is no maximum of nothing; input is [2, 0]",
                () -> engine.reduce().argMax(nothing, 1, new int[2]));
    }

    @Test
    void should_name_axes_and_outputs_that_do_not_fit() {
        Tensor y = Tensor.zeros(3);
        refused("sum: output is [3], needs [2, 4]", () -> engine.reduce().sum(X, new int[] {1}, y));
        refused("variance: mean is [3], needs [4]", () -> engine.reduce().variance(X, new int[] {0, 1}, y, y));
        refused("argMax: 7 places for positions, needs 8", () -> engine.reduce().argMax(X, 1, new int[7]));
        assertEquals(
                "mean: axis 3 of an input [2, 3, 4], which has 3",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> engine.reduce().mean(X, new int[] {3}, y))
                        .getMessage());
        assertEquals(
                "mean: axis -3 is named twice",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> engine.reduce().mean(X, new int[] {0, -3}, y))
                        .getMessage());
    }

    private static void refused(String message, Executable code) {
        assertEquals(message, assertThrows(ShapeMismatchException.class, code).getMessage());
    }
}
