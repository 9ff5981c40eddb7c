package dev.lanes.layers.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.ops.LabelWeighting;
import dev.lanes.layers.ops.PairFunctions;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import org.junit.jupiter.api.Test;

/** Numbers worked by hand, and numbers of the ONNX test cases. */
class LossesTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private static final float LN2 = (float) Math.log(2);

    private final Tape tape = Tape.recording(ENGINE);
    private final Pass pass = Pass.training(tape, new SeededRandom(1));

    private Variable rows(float... values) {
        return tape.leaf(Tensor.of(Shape.of(2, values.length / 2), values));
    }

    private static void assertLoss(double expected, Variable loss) {
        assertEquals(Shape.of(), loss.shape());
        assertEquals(expected, loss.value().item(), 1e-6);
    }

    /** The differences are 1, -2, 0 and 3. */
    @Test
    void should_compare_number_by_number() {
        Variable x = rows(2, 0, 5, 4);
        Variable t = rows(1, 2, 5, 1);
        assertLoss((1 + 4 + 0 + 9) / 2.0 / 2, Losses.quadratic(x, t, pass));
        assertArrayEquals(
                new float[] {0.5f, -1, 0, 1.5f},
                tape.backward(Losses.quadratic(x, t, pass)).of(x).toArray());
        assertLoss((1 + 4 + 0 + 9) / 4.0, Losses.meanSquared(x, t, pass));
        assertLoss((1 + 2 + 0 + 3) / 4.0, Losses.absolute(x, t, pass));
        assertArrayEquals(
                new float[] {0.25f, -0.25f, 0, 0.25f},
                tape.backward(Losses.absolute(x, t, pass)).of(x).toArray(),
                "at the kink the derivative is 0");
        assertLoss((0.5 + 1.5 + 0 + 2.5) / 4, Losses.huber(x, t, 1, pass));
        assertEquals(
                "huber: delta is 0.0, needs to be above 0",
                assertThrows(IllegalArgumentException.class, () -> PairFunctions.huber(0))
                        .getMessage());
    }

    /** The probabilities 1/2, 1/4, 3/4 and 1/2 of yes, no, yes and yes. */
    @Test
    void should_judge_yes_and_no() {
        Variable p = rows(0.5f, 0.25f, 0.75f, 0.5f);
        Variable t = rows(1, 0, 1, 1);
        double expected = (LN2 - Math.log(0.75) - Math.log(0.75) + LN2) / 4;
        assertLoss(expected, Losses.binaryCrossEntropy(p, t, pass));
        float ln3 = (float) Math.log(3);
        Variable scores = rows(0, -ln3, ln3, 0);
        assertLoss(expected, Losses.binaryCrossEntropyOfLogits(scores, t, pass));
        assertArrayEquals(
                new float[] {-0.125f, 0.0625f, -0.0625f, -0.125f},
                tape.backward(Losses.binaryCrossEntropyOfLogits(scores, t, pass))
                        .of(scores)
                        .toArray(),
                1e-6f);
    }

    @Test
    void should_stay_finite_where_a_probability_is_zero() {
        Variable p = rows(0, 1, 0, 1);
        Variable t = rows(1, 0, 0, 1);
        double loss = Losses.binaryCrossEntropy(p, t, pass).value().item();
        assertEquals(126 * LN2 * 2 / 4, loss, 1e-4);
        assertTrue(Float.isFinite(
                tape.backward(Losses.binaryCrossEntropy(p, t, pass)).of(p).array()[0]));
        Variable far = rows(1000, -1000, 1000, -1000);
        assertLoss((0 + 0 + 1000 + 1000) / 4.0, Losses.binaryCrossEntropyOfLogits(far, rows(1, 0, 0, 1), pass));
        assertLoss(0, Losses.entropy(rows(0, 1, 1, 0), pass));
        assertLoss(0, Losses.kullbackLeibler(rows(0, 1, 1, 0), rows(0, 1, 1, 0), pass));
    }

    /** Over four classes the uniform distribution has an entropy of 2 ln 2, one of two halves ln 2. */
    @Test
    void should_measure_distributions() {
        Variable p = rows(0.25f, 0.25f, 0.25f, 0.25f, 0.5f, 0.5f, 0, 0);
        Variable uniform = rows(0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f);
        assertLoss(1.5 * LN2, Losses.entropy(p, pass));
        assertLoss(2 * LN2, Losses.crossEntropy(uniform, p, pass));
        assertLoss(0.5 * LN2, Losses.kullbackLeibler(uniform, p, pass));
        assertArrayEquals(
                new float[] {LN2 - 0.5f, LN2 - 0.5f, LN2 - 0.5f, LN2 - 0.5f},
                java.util.Arrays.copyOf(
                        tape.backward(Losses.entropy(p, pass)).of(p).toArray(), 4),
                1e-6f,
                "-(log p + 1) / 2");
    }

    /** The cases test_nllloss_NC and test_sce_mean_weight_ii of ONNX 1.12, as Debian's libonnx-testdata has them. */
    @Test
    void should_agree_with_onnx() {
        float[] values = {
            0.54881352f, 0.71518934f, 0.60276335f, 0.54488319f, 0.42365479f,
            0.64589411f, 0.43758720f, 0.89177299f, 0.96366274f, 0.38344151f,
            0.79172504f, 0.52889490f, 0.56804456f, 0.92559665f, 0.07103606f
        };
        Variable x = tape.leaf(Tensor.of(Shape.of(3, 5), values));
        assertLoss(
                (-0.7151893377304077 - 0.3834415078163147 - 0.9255966544151306) / 3,
                Losses.negativeLogLikelihood(x, new int[] {1, 4, 3}, LabelWeighting.NONE, pass));
        LabelWeighting weighting =
                LabelWeighting.NONE.classWeights(0.9f, 0.7f, 0.8f, 0.9f, 0.9f).ignoring(0);
        assertLoss(1.6091879606246948, SoftmaxCrossEntropy.of(x, new int[] {0, 4, 3}, weighting, pass));
    }
}
