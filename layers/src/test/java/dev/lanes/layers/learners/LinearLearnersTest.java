package dev.lanes.layers.learners;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The perceptron and the linear softmax. */
class LinearLearnersTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private static final Tensor CORNERS = Tensor.of(Shape.of(4, 2), 0, 0, 0, 1, 1, 0, 1, 1);

    private static Examples corners(int... labels) {
        return new Examples(CORNERS, labels, 2);
    }

    /** Three clouds in the plane, far enough apart to be separated by lines. */
    private static Examples clouds(int n, long seed) {
        SeededRandom random = new SeededRandom(seed);
        double[][] middles = {{0, 0}, {6, 0}, {0, 6}};
        int[] labels = new int[n];
        Arrays.setAll(labels, i -> i % 3);
        Tensor x = Tensor.generate(Shape.of(n, 2), i -> middles[i / 2 % 3][i % 2] + 2 * random.nextDouble() - 1);
        return new Examples(x, labels, 3);
    }

    @Test
    void should_learn_what_a_line_separates() {
        for (int[] labels : new int[][] {{0, 0, 0, 1}, {0, 1, 1, 1}, {1, 1, 0, 0}}) {
            Perceptron perceptron = Perceptron.train(corners(labels), 1, 100, 42, ENGINE);

            assertTrue(perceptron.converged());
            assertArrayEquals(labels, perceptron.predict(CORNERS));
            int[] mistakes = perceptron.mistakes();
            assertEquals(0, mistakes[mistakes.length - 1]);
        }
    }

    @Test
    void should_never_learn_xor() {
        Perceptron perceptron = Perceptron.train(corners(0, 1, 1, 0), 1, 200, 42, ENGINE);

        assertFalse(perceptron.converged());
        assertEquals(200, perceptron.mistakes().length);
    }

    /** One example of class 1, one epoch: the neuron rests at 0, errs, and moves by rate times the example. */
    @Test
    void should_move_by_the_rule() {
        Examples one = new Examples(Tensor.of(Shape.of(1, 3), 2, -1, 4), new int[] {1}, 2);

        Perceptron perceptron = Perceptron.train(one, 0.5, 1, 0, ENGINE);

        assertArrayEquals(new float[] {1, -0.5f, 2}, perceptron.weights().toArray());
        assertArrayEquals(new float[] {0.5f}, perceptron.bias());
        assertArrayEquals(new int[] {1}, perceptron.mistakes());
    }

    @Test
    void should_learn_three_classes_with_a_neuron_each() {
        Examples clouds = clouds(90, 7);

        Perceptron perceptron = Perceptron.train(clouds, 0.1, 2000, 1, ENGINE);

        assertEquals(Shape.of(3, 2), perceptron.weights().shape());
        assertTrue(perceptron.accuracy(clouds) > 0.95, () -> "accuracy " + perceptron.accuracy(clouds));
    }

    @Test
    void should_learn_clouds_by_softmax() {
        Examples train = clouds(150, 7);
        LinearSoftmax model = LinearSoftmax.builder(ENGINE)
                .learningRate(0.5)
                .epochs(30)
                .batch(16)
                .train(train);

        assertTrue(model.accuracy(clouds(150, 8)) > 0.99);
        double[] losses = model.losses();
        assertTrue(losses[29] < losses[0] / 2, () -> Arrays.toString(losses));
        Tensor p = model.probabilities(train.x());
        assertEquals(1, p.get(5, 0) + p.get(5, 1) + p.get(5, 2), 1e-6);
    }

    /** One step from zero: all probabilities are 1/2, so the gradient is plus and minus half the example. */
    @Test
    void should_step_along_the_gradient() {
        Examples one = new Examples(Tensor.of(Shape.of(1, 2), 2, -4), new int[] {1}, 2);

        LinearSoftmax model =
                LinearSoftmax.builder(ENGINE).learningRate(1).epochs(1).train(one);

        assertArrayEquals(new float[] {-1, 1, 2, -2}, model.weights().toArray(), 1e-6f);
        assertArrayEquals(new float[] {-0.5f, 0.5f}, model.bias().toArray(), 1e-6f);
        assertEquals(Math.log(2), model.losses()[0], 1e-6);
    }

    @Test
    void should_have_the_same_bits_for_the_same_seed_only() {
        Examples train = clouds(100, 3);
        LinearSoftmax.Builder settings = LinearSoftmax.builder(ENGINE).epochs(3).batch(8);

        float[] first = settings.seed(1).train(train).weights().toArray();

        assertArrayEquals(first, settings.seed(1).train(train).weights().toArray());
        assertFalse(Arrays.equals(first, settings.seed(2).train(train).weights().toArray()));
    }

    @Test
    void should_refuse_what_does_not_fit() {
        assertThrows(ShapeMismatchException.class, () -> new Examples(Tensor.zeros(4), new int[4], 2));
        assertThrows(ShapeMismatchException.class, () -> new Examples(CORNERS, new int[3], 2));
        var label = assertThrows(IllegalArgumentException.class, () -> corners(0, 1, 2, 0));
        assertEquals("examples: label 2 is 2, there are 2 classes", label.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Perceptron.train(corners(0, 0, 0, 1), 0, 10, 1, ENGINE));
        assertThrows(
                IllegalArgumentException.class,
                () -> LinearSoftmax.builder(ENGINE).learningRate(Double.NaN));
        Perceptron two = Perceptron.train(corners(0, 0, 0, 1), 1, 10, 1, ENGINE);
        assertThrows(ShapeMismatchException.class, () -> two.predict(Tensor.zeros(4, 3)));
    }
}
