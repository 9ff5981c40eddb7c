package dev.lanes.layers.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SoftmaxCrossEntropyOpTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private final Tape tape = Tape.recording(ENGINE);

    /** exp of the scores is (1 2 1) and (3 1 4), so the probabilities are quarters and eighths. */
    @Test
    void should_give_the_numbers_worked_by_hand() {
        float ln2 = (float) Math.log(2);
        float ln3 = (float) Math.log(3);
        Variable x = tape.leaf(Tensor.of(Shape.of(2, 3), 0, ln2, 0, ln3, 0, 2 * ln2));
        Variable loss = tape.apply(new SoftmaxCrossEntropyOp(new int[] {1, 0}), x);
        assertEquals(Shape.of(), loss.shape());
        double expected = (Math.log(4.0 / 2) + Math.log(8.0 / 3)) / 2;
        assertEquals(expected, loss.value().item(), 1e-6);
        Tensor dx = tape.backward(loss, Tensor.scalar(16)).of(x); // 16 / batch = 8 times (softmax - one-hot)
        assertArrayEquals(new float[] {2, -4, 2, -5, 1, 4}, dx.toArray(), 1e-5f);
        Tensor dLoss = tape.forward(Map.of(x, Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6)))
                .of(loss);
        assertEquals((2 * 1 - 4 * 2 + 2 * 3 - 5 * 4 + 1 * 5 + 4 * 6) / 16.0, dLoss.item(), 1e-6);
    }

    @Test
    void should_neither_overflow_nor_take_the_logarithm_of_zero() {
        Variable x = tape.leaf(Tensor.of(Shape.of(2, 2), 1000, 0, 0, -1000));
        Variable loss = tape.apply(new SoftmaxCrossEntropyOp(new int[] {1, 0}), x);
        assertEquals(500, loss.value().item());
        assertArrayEquals(
                new float[] {0.5f, -0.5f, 0, 0}, tape.backward(loss).of(x).toArray());
    }

    @Test
    void should_have_read_the_labels_when_it_has_been_applied() {
        int[] labels = {1};
        Variable x = tape.leaf(Tensor.of(Shape.of(1, 2), 0, 0));
        Variable loss = tape.apply(new SoftmaxCrossEntropyOp(labels), x);
        labels[0] = 0;
        assertArrayEquals(new float[] {0.5f, -0.5f}, tape.backward(loss).of(x).toArray());
    }

    /** The probabilities are (1 2 1)/4 and (3 1 4)/8; labels are spread by 0.3, that is 0.1 to each class. */
    @Test
    void should_spread_labels_and_weigh_classes() {
        float ln2 = (float) Math.log(2);
        float ln3 = (float) Math.log(3);
        Variable x = tape.leaf(Tensor.of(Shape.of(3, 3), 0, ln2, 0, ln3, 0, 2 * ln2, 9, 9, 9));
        double[] weights = {1, 2, 4};
        LabelWeighting weighting =
                LabelWeighting.NONE.smoothing(0.3).classWeights(1, 2, 4).ignoring(7);
        Variable loss = tape.apply(new SoftmaxCrossEntropyOp(new int[] {1, 0, 7}, weighting), x);
        double[][] p = {{1 / 4.0, 2 / 4.0, 1 / 4.0}, {3 / 8.0, 1 / 8.0, 4 / 8.0}};
        int[] labels = {1, 0};
        double expected = 0;
        double[] gradient = new double[9];
        for (int r = 0; r < 2; r++) {
            double row = 0;
            for (int c = 0; c < 3; c++) {
                double target = weights[c] * (0.1 + (c == labels[r] ? 0.7 : 0));
                row += target;
                expected -= target * Math.log(p[r][c]) / 3;
                gradient[3 * r + c] -= target / 3;
            }
            for (int c = 0; c < 3; c++) {
                gradient[3 * r + c] += row * p[r][c] / 3;
            }
        }
        assertEquals(expected, loss.value().item(), 1e-6);
        float[] dx = tape.backward(loss).of(x).toArray();
        for (int i = 0; i < 9; i++) {
            assertEquals(gradient[i], dx[i], 1e-6, "at " + i);
        }
    }

    @Test
    void should_refuse_weights_that_do_not_fit() {
        Tensor x = Tensor.zeros(2, 3);
        assertEquals(
                "softmaxCrossEntropy: there are 2 class weights for 3 classes",
                assertThrows(IllegalArgumentException.class, () -> weighted(x, LabelWeighting.NONE.classWeights(1, 2)))
                        .getMessage());
        assertEquals(
                "softmaxCrossEntropy: the weights of all 2 rows are 0",
                assertThrows(IllegalArgumentException.class, () -> weighted(x, LabelWeighting.NONE.ignoring(1)))
                        .getMessage());
        assertEquals(
                "label smoothing is 1.0, needs 0 <= smoothing < 1",
                assertThrows(IllegalArgumentException.class, () -> LabelWeighting.NONE.smoothing(1))
                        .getMessage());
    }

    private void weighted(Tensor x, LabelWeighting weighting) {
        tape.apply(new SoftmaxCrossEntropyOp(new int[] {1, 1}, weighting), tape.constant(x));
    }

    @Test
    void should_say_what_would_fit() {
        assertEquals(
                "softmaxCrossEntropy: there are 3 labels for 2 rows of scores [2, 4]",
                assertThrows(ShapeMismatchException.class, () -> apply(Shape.of(2, 4), 0, 1, 2))
                        .getMessage());
        assertEquals(
                "softmaxCrossEntropy: scores are [4], needs [batch, classes]",
                assertThrows(ShapeMismatchException.class, () -> apply(Shape.of(4), 0))
                        .getMessage());
        assertEquals(
                "softmaxCrossEntropy: label 1 is 4, needs 0 to 3 for scores [2, 4]",
                assertThrows(IllegalArgumentException.class, () -> apply(Shape.of(2, 4), 0, 4))
                        .getMessage());
        assertEquals(
                "softmaxCrossEntropy: label 0 is -1, needs 0 to 3 for scores [2, 4]",
                assertThrows(IllegalArgumentException.class, () -> apply(Shape.of(2, 4), -1, 4))
                        .getMessage());
        assertEquals(
                "softmaxCrossEntropy: scores are [0, 4], needs at least one row",
                assertThrows(ShapeMismatchException.class, () -> apply(Shape.of(0, 4)))
                        .getMessage());
    }

    private void apply(Shape shape, int... labels) {
        tape.apply(new SoftmaxCrossEntropyOp(labels), tape.constant(Tensor.zeros(shape)));
    }
}
