package dev.lanes.layers.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static final List<String> CLASSES = List.of("a", "b", "c");

    /** Examples sorted by class, as many of each class as told; the only pixel of an image is its index. */
    private static Dataset sorted(int... perClass) {
        int[] labels = IntStream.range(0, perClass.length)
                .flatMap(c -> IntStream.generate(() -> c).limit(perClass[c]))
                .toArray();
        return new Dataset("sorted", Tensor.generate(Shape.of(labels.length, 1, 1, 1), i -> i), labels, CLASSES);
    }

    private static int[] indices(Dataset part) {
        return IntStream.range(0, part.size())
                .map(i -> (int) part.image(i).item())
                .toArray();
    }

    private static int[] perClass(Dataset part) {
        int[] counts = new int[CLASSES.size()];
        Arrays.stream(part.labels()).forEach(label -> counts[label]++);
        return counts;
    }

    @Test
    void should_put_every_example_in_exactly_one_part() {
        Dataset data = sorted(50, 30, 20);

        Split split = Split.stratified(data, 0.1, 0.2, 7);

        int[] all = Stream.of(split.train(), split.validation(), split.test().data())
                .flatMapToInt(part -> IntStream.of(indices(part)))
                .toArray();
        assertFalse(Arrays.equals(all, IntStream.range(0, 100).toArray()), "the order must be random");
        Arrays.sort(all);
        assertArrayEquals(IntStream.range(0, 100).toArray(), all);
        for (Dataset part :
                List.of(split.train(), split.validation(), split.test().data())) {
            for (int i = 0; i < part.size(); i++) {
                assertEquals(data.label((int) part.image(i).item()), part.label(i));
            }
        }
    }

    @Test
    void should_keep_the_proportions_of_the_classes() {
        Split split = Split.stratified(sorted(50, 30, 20), 0.1, 0.2, 7);

        assertArrayEquals(new int[] {35, 21, 14}, perClass(split.train()));
        assertArrayEquals(new int[] {5, 3, 2}, perClass(split.validation()));
        assertArrayEquals(new int[] {10, 6, 4}, perClass(split.test().data()));
    }

    @Test
    void should_mix_the_classes_within_each_part() {
        Split split = Split.stratified(sorted(50, 30, 20), 0.2, 0.2, 7);

        for (Dataset part :
                List.of(split.train(), split.validation(), split.test().data())) {
            int[] ordered = part.labels();
            Arrays.sort(ordered);
            assertFalse(Arrays.equals(ordered, part.labels()));
        }
    }

    @Test
    void should_depend_on_the_seed_alone() {
        Dataset data = sorted(50, 30, 20);

        Split split = Split.stratified(data, 0.1, 0.2, 7);

        assertArrayEquals(
                indices(split.train()),
                indices(Split.stratified(data, 0.1, 0.2, 7).train()));
        assertFalse(Arrays.equals(
                indices(split.train()),
                indices(Split.stratified(data, 0.1, 0.2, 8).train())));
    }

    @Test
    void should_choose_the_same_examples_on_every_jdk() {
        Split split = Split.stratified(sorted(4, 4, 4), 0.25, 0.25, 42);

        assertEquals("[2, 7, 8, 1, 6, 9]", Arrays.toString(indices(split.train())));
        assertEquals("[0, 10, 5]", Arrays.toString(indices(split.validation())));
        assertEquals("[3, 11, 4]", Arrays.toString(indices(split.test().data())));
    }

    @Test
    void should_leave_a_part_empty_that_is_not_wanted() {
        Split split = Split.stratified(sorted(5, 0, 1), 0, 0, 7);

        assertEquals(6, split.train().size());
        assertEquals(0, split.validation().size());
        assertEquals(Shape.of(0, 1, 1, 1), split.test().data().images().shape());
    }

    @Test
    void should_give_every_part_an_example_of_a_tiny_class() {
        Split split = Split.stratified(sorted(100, 3, 0), 0.05, 0.05, 7);

        assertArrayEquals(new int[] {90, 1, 0}, perClass(split.train()));
        assertArrayEquals(new int[] {5, 1, 0}, perClass(split.validation()));
        assertArrayEquals(new int[] {5, 1, 0}, perClass(split.test().data()));
    }

    @Test
    void should_keep_an_example_to_train_on_whatever_the_fractions() {
        for (double[] fractions : new double[][] {{0.5, 0.49}, {0.01, 0.98}, {0.98, 0.01}, {0.99, 0}, {0, 0.99}}) {
            Split split = Split.stratified(sorted(3, 4, 5), fractions[0], fractions[1], 7);
            for (int c = 0; c < 3; c++) {
                assertTrue(perClass(split.train())[c] >= 1, Arrays.toString(fractions));
                assertEquals(fractions[0] > 0, perClass(split.validation())[c] >= 1, Arrays.toString(fractions));
                assertEquals(fractions[1] > 0, perClass(split.test().data())[c] >= 1, Arrays.toString(fractions));
            }
        }
    }

    @Test
    void should_refuse_a_class_with_fewer_examples_than_parts() {
        assertMessage(
                "split: class \"b\" of sorted has 2 examples, needs one for each of the 3 parts",
                () -> Split.stratified(sorted(9, 2, 9), 0.1, 0.1, 7));
        Split.stratified(sorted(9, 2, 9), 0.1, 0, 7);
    }

    @Test
    void should_refuse_fractions_that_leave_nothing() {
        assertMessage(
                "split: the validation fraction is -0.1, needs 0 <= fraction < 1",
                () -> Split.stratified(sorted(9), -0.1, 0.1, 7));
        assertMessage(
                "split: the test fraction is NaN, needs 0 <= fraction < 1",
                () -> Split.stratified(sorted(9), 0.1, Double.NaN, 7));
        assertMessage(
                "split: validation 0.5 and test 0.5 leave nothing to train on",
                () -> Split.stratified(sorted(9), 0.5, 0.5, 7));
    }

    @Test
    void should_leave_an_official_test_set_whole() {
        Dataset test = sorted(2, 2, 2);

        Split split = Split.stratifiedValidation(sorted(50, 30, 20), test, 0.1, 7);

        assertSame(test, split.test().data());
        assertArrayEquals(new int[] {45, 27, 18}, perClass(split.train()));
        assertArrayEquals(new int[] {5, 3, 2}, perClass(split.validation()));
    }

    @Test
    void should_refuse_a_test_set_of_another_kind() {
        Dataset larger = new Dataset("larger", Tensor.zeros(1, 2, 2, 1), new int[1], CLASSES);
        Dataset renamed = new Dataset("renamed", Tensor.zeros(1, 1, 1, 1), new int[1], List.of("x"));

        assertMessage(
                "sorted: a test image is [2, 2, 1], needs [1, 1, 1]",
                () -> Split.stratifiedValidation(sorted(9), larger, 0.1, 7));
        assertMessage(
                "sorted: the classes of the test set are [x], of the training set [a, b, c]",
                () -> Split.stratifiedValidation(sorted(9), renamed, 0.1, 7));
    }

    private static void assertMessage(String message, Runnable action) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
