package dev.lanes.layers.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final float NAN = Float.NaN;
    private static final Tensor SCORES = Tensor.of(Shape.of(4, 3), 1, 3, 2, 5, 5, 5, -3, -2, -1, 0, 1, 1);

    @Test
    void should_find_the_first_of_the_highest() {
        assertEquals(1, Metrics.argmax(SCORES, 0));
        assertEquals(0, Metrics.argmax(SCORES, 1));
        assertEquals(2, Metrics.argmax(SCORES, 2));
        assertEquals(1, Metrics.argmax(SCORES, 3));
        assertEquals(1, Metrics.argmax(SCORES.slice(2, 4), 1));
        Tensor nans = Tensor.of(Shape.of(2, 3), NAN, -5, NAN, NAN, NAN, NAN);
        assertEquals(1, Metrics.argmax(nans, 0));
        assertEquals(0, Metrics.argmax(nans, 1));
    }

    @Test
    void should_count_what_is_right() {
        assertEquals(0.75, Metrics.accuracy(SCORES, new int[] {1, 0, 2, 2}));
        assertEquals(3, Metrics.correct(SCORES, new int[] {1, 0, 2, 2}));
        assertTrue(Double.isNaN(Metrics.accuracy(Tensor.zeros(0, 3), new int[0])));
        assertEquals(
                "accuracy: there are 2 labels for the rows of scores [4, 3]",
                assertThrows(ShapeMismatchException.class, () -> Metrics.accuracy(SCORES, new int[2]))
                        .getMessage());
        assertEquals(
                "argmax: scores are [4], needs [batch, classes]",
                assertThrows(ShapeMismatchException.class, () -> Metrics.argmax(Tensor.zeros(4), 0))
                        .getMessage());
        assertThrows(IndexOutOfBoundsException.class, () -> Metrics.argmax(SCORES, 4));
    }

    @Test
    void should_count_which_class_was_taken_for_which() {
        ConfusionMatrix confusion = new ConfusionMatrix(List.of("cat", "dog", "axolotl"));
        confusion.add(SCORES, new int[] {1, 0, 2, 2});
        confusion.add(2, 2);
        assertEquals(5, confusion.total());
        assertEquals(0.8, confusion.accuracy());
        assertEquals(2, confusion.count(2, 2));
        assertEquals(1, confusion.count(2, 1));
        assertEquals(0, confusion.count(1, 2));
        assertEquals(2.0 / 3, confusion.recall(2));
        assertEquals(0.5, confusion.precision(1));
        assertEquals("""
                               cat      dog  axolotl   recall
                cat              1        0        0   1.0000
                dog              0        1        0   1.0000
                axolotl          0        1        2   0.6667
                precision   1.0000   0.5000   1.0000   0.8000
                """, confusion.table());
    }

    @Test
    void should_show_what_there_is_none_of_as_a_dash() {
        ConfusionMatrix confusion = new ConfusionMatrix(List.of("0", "1"));
        confusion.add(0, 0);
        assertTrue(Double.isNaN(confusion.recall(1)));
        assertEquals("""
                                0       1  recall
                0               1       0  1.0000
                1               0       0       -
                precision  1.0000       -  1.0000
                """, confusion.table());
    }

    @Test
    void should_say_what_does_not_fit() {
        ConfusionMatrix confusion = new ConfusionMatrix(List.of("0", "1"));
        assertEquals(
                "confusion matrix: scores are [4, 3], needs [4, 2] for 4 labels and 2 classes",
                assertThrows(ShapeMismatchException.class, () -> confusion.add(SCORES, new int[4]))
                        .getMessage());
        assertThrows(IndexOutOfBoundsException.class, () -> confusion.add(2, 0));
        assertThrows(IllegalArgumentException.class, () -> new ConfusionMatrix(List.of()));
        assertEquals(0, confusion.total());
    }
}
