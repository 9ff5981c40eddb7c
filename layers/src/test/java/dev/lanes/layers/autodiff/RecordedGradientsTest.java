package dev.lanes.layers.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.layers.losses.SoftmaxCrossEntropy;
import dev.lanes.layers.nn.Checkpoint;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Flatten;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.MaxPool2d;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.ops.AddOp;
import dev.lanes.layers.ops.Conv2dOp;
import dev.lanes.layers.ops.LinearOp;
import dev.lanes.layers.ops.MultiplyOp;
import dev.lanes.layers.ops.ReshapeOp;
import dev.lanes.layers.ops.SumOp;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.layers.testing.DerivativeChecks;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Window2d;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RecordedGradientsTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();

    private final Tape tape = Tape.recording(ENGINE);
    private final RandomGenerator random = new SeededRandom(5);

    private Variable multiply(Variable a, Variable b) {
        return tape.apply(MultiplyOp.MULTIPLY, a, b);
    }

    private Variable derivative(Variable y, Variable by) {
        return tape.gradients(y, tape.constant(Tensor.zeros(y.shape()).fill(1f)), List.of(by))
                .getFirst();
    }

    /** x^5 and its derivatives 5 x^4, 20 x^3, 60 x^2, 120 x, 120, 0; all exact in float32. */
    @Test
    void should_differentiate_a_power_until_nothing_is_left() {
        Variable x = tape.leaf(Tensor.of(Shape.of(3), 2, -1, 3));
        Variable square = multiply(x, x);
        Variable y = multiply(multiply(square, square), x);
        float[][] expected = {
            {32, -1, 243},
            {80, 5, 405},
            {160, -20, 540},
            {240, 60, 540},
            {240, -120, 360},
            {120, 120, 120},
            {0, 0, 0},
            {0, 0, 0}
        };
        for (float[] values : expected) {
            assertArrayEquals(values, y.value().toArray());
            y = derivative(y, x);
        }
    }

    /** With s = a b: by a and then by b is 3 s^2 + 6 s^2, whatever the order. */
    @Test
    void should_give_mixed_derivatives_in_any_order() {
        Variable a = tape.leaf(Tensor.scalar(2));
        Variable b = tape.leaf(Tensor.scalar(-3));
        Variable s = multiply(a, b);
        Variable y = multiply(multiply(s, s), s);
        assertEquals(9 * 36, derivative(derivative(y, a), b).value().item());
        assertEquals(9 * 36, derivative(derivative(y, b), a).value().item());
    }

    /** Of f = x' A x the gradient is (A + A') x, its squared length |(A + A') x|^2, and the gradient of that known. */
    @Test
    void should_differentiate_a_gradient_penalty() {
        Tensor matrix = Tensor.of(Shape.of(2, 2), 1, 2, 0, 3); // A + A' = (2 2; 2 6)
        Variable x = tape.leaf(Tensor.of(Shape.of(1, 2), 1, 2));
        Variable w = tape.leaf(matrix);
        Linear unused = Linear.builder(2, 2).build(random);
        tape.apply(LinearOp.LINEAR, x, tape.leaf(unused.weight()));
        Variable y = multiply(tape.apply(LinearOp.LINEAR, x, w), x);
        Variable slope = tape.gradients(tape.apply(SumOp.SUM, y), List.of(x)).getFirst();
        assertArrayEquals(new float[] {6, 14}, slope.value().toArray());
        Variable penalty = tape.apply(SumOp.SUM, multiply(slope, slope));
        Gradients gradients = tape.backward(penalty);
        // 2 (A + A') slope, and by A: slope x' + x slope', doubled.
        assertArrayEquals(new float[] {80, 192}, gradients.of(x).toArray());
        assertArrayEquals(new float[] {24, 52, 52, 112}, gradients.of(w).toArray());
        assertFalse(gradients.contains(unused.weight()));
    }

    /** The penalty of a smooth network, by all its parameters, against differences of the penalty. */
    @Test
    void should_differentiate_the_gradient_penalty_of_a_network() {
        Conv2d conv = Conv2d.builder(1, 3, 3).build(random);
        Linear fc = Linear.builder(48, 3).build(random);
        Tensor images = Tensor.generate(Shape.of(2, 6, 6, 1), i -> random.nextDouble(-1, 1));
        Gradients gradients = tape.backward(penalty(tape, conv, fc, images));
        double h = 0x1p-8;
        for (Parameter p : List.of(conv.weight(), conv.bias().orElseThrow(), fc.weight())) {
            Tensor g = gradients.of(p);
            double length = Math.sqrt(DerivativeChecks.dot(g, g));
            // Some of the gradient itself, so that the slope is not small beside what differences are wrong by.
            Tensor v =
                    Tensor.generate(p.shape(), i -> random.nextDouble(-0.1, 0.1) + g.array()[g.offset() + i] / length);
            double slope = DerivativeChecks.dot(g, v);
            Tensor before = p.value().copy();
            ENGINE.elementwise().axpby((float) h, v, 1f, p.value());
            double above =
                    penalty(Tape.recording(ENGINE), conv, fc, images).value().item();
            ENGINE.elementwise().axpby((float) (-2 * h), v, 1f, p.value());
            double below =
                    penalty(Tape.recording(ENGINE), conv, fc, images).value().item();
            p.value().copyFrom(before);
            assertEquals((above - below) / (2 * h), slope, 2e-3 * Math.abs(slope), p.toString());
        }
    }

    /** The squared length of the slope by the images, of convolution, square, fully connected layer and loss. */
    private static Variable penalty(Tape tape, Conv2d conv, Linear fc, Tensor images) {
        Pass pass = Pass.evaluation(tape);
        Variable x = tape.leaf(images);
        Variable hidden = conv.forward(x, pass);
        Variable squared = tape.apply(MultiplyOp.MULTIPLY, hidden, hidden);
        Variable scores = fc.forward(tape.apply(ReshapeOp.FLATTEN, squared), pass);
        Variable loss = SoftmaxCrossEntropy.of(scores, new int[] {2, 0}, pass);
        Variable slope = tape.gradients(loss, List.of(x)).getFirst();
        return tape.apply(SumOp.SUM, tape.apply(MultiplyOp.MULTIPLY, slope, slope));
    }

    /** Backwards twice, and forward over reverse: the same product, through checkpoints too. */
    @Test
    void should_give_the_hessian_vector_product_of_a_network() {
        for (boolean checkpointed : new boolean[] {false, true}) {
            tape.reset();
            Sequential net = network(checkpointed);
            Pass pass = Pass.evaluation(tape);
            Variable x = tape.leaf(Tensor.generate(Shape.of(2, 6, 6, 1), i -> random.nextDouble(-1, 1)));
            Variable loss = SoftmaxCrossEntropy.of(net.forward(x, pass), new int[] {2, 0}, pass);
            List<Variable> weights = net.parameters().stream().map(tape::leaf).toList();
            Map<Variable, Tensor> directions = new HashMap<>();
            weights.forEach(w -> directions.put(w, Tensor.generate(w.shape(), i -> random.nextDouble(-1, 1))));
            Variable along = tape.constant(Tensor.scalar(0));
            List<Variable> gradients = tape.gradients(loss, weights);
            for (int i = 0; i < weights.size(); i++) {
                Variable v = tape.constant(directions.get(weights.get(i)));
                along = tape.apply(AddOp.ADD, along, tape.apply(SumOp.SUM, multiply(gradients.get(i), v)));
            }
            Gradients twice = tape.backward(along);
            float[][] actual = weights.stream().map(w -> twice.of(w).toArray()).toArray(float[][]::new);
            HessianVector expected = tape.hessianVector(loss, directions);
            for (int i = 0; i < actual.length; i++) {
                assertArrayEquals(expected.of(weights.get(i)).toArray(), actual[i], 1e-5f);
            }
        }
    }

    private Sequential network(boolean checkpointed) {
        Sequential inner = Sequential.builder()
                .add("conv", Conv2d.builder(1, 3, 3).padding(1).build(random))
                .add("relu", new ReLU())
                .add("pool", new MaxPool2d(2))
                .build();
        return Sequential.builder()
                .add("inner", checkpointed ? new Checkpoint(inner) : inner)
                .add("flatten", new Flatten())
                .add("fc", Linear.builder(27, 3).build(random))
                .build();
    }

    @Test
    void should_give_gradients_by_values_on_the_way_and_zeros_by_others() {
        Variable x = tape.leaf(Tensor.scalar(3));
        Variable other = tape.leaf(Tensor.scalar(1));
        Variable square = multiply(x, x);
        Variable y = multiply(square, square);
        List<Variable> found = tape.gradients(y, List.of(square, other, y, x));
        assertEquals(18, found.get(0).value().item());
        assertEquals(0, found.get(1).value().item());
        assertEquals(1, found.get(2).value().item());
        assertEquals(108, found.get(3).value().item());
    }

    @Test
    void should_not_pass_where_a_gradient_is_stopped() {
        Variable x = tape.leaf(Tensor.scalar(3));
        Variable y = multiply(x, tape.stopGradient(multiply(x, x)));
        Variable slope = tape.gradients(y, List.of(x)).getFirst();
        assertEquals(9, slope.value().item());
        assertEquals(0, tape.backward(slope).of(x).item());
    }

    @Test
    void should_say_which_op_cannot_be_differentiated_three_times() {
        Variable w = tape.leaf(Tensor.zeros(1, 1, 1, 1).fill(2f));
        Variable x = tape.leaf(Tensor.zeros(1, 1, 1, 1).fill(3f));
        Variable y = tape.apply(new Conv2dOp(Window2d.of(1, 1), 1), x, w);
        Variable square = tape.apply(SumOp.SUM, multiply(y, y));
        Variable once = tape.gradients(square, List.of(x)).getFirst(); // 2 w^2 x
        Variable twice = tape.gradients(once, List.of(w)).getFirst(); // 4 w x
        assertEquals(24, twice.value().item());
        assertEquals(
                "conv2d can be differentiated twice, not three times; implement gradient in its Op with ops that can",
                assertThrows(
                                UnsupportedOperationException.class,
                                () -> tape.backward(tape.apply(ReshapeOp.to(Shape.of()), twice)))
                        .getMessage());
    }

    @Test
    void should_check_what_it_is_asked_for() {
        Variable pair = tape.leaf(Tensor.zeros(2));
        assertEquals(
                "gradients: the loss is [2], needs a single value; or give a seed of its shape",
                assertThrows(ShapeMismatchException.class, () -> tape.gradients(pair, List.of(pair)))
                        .getMessage());
        Variable single = tape.leaf(Tensor.scalar(1));
        assertEquals(
                "gradients: the seed is [], needs [2]",
                assertThrows(ShapeMismatchException.class, () -> tape.gradients(pair, single, List.of(pair)))
                        .getMessage());
        Tape none = Tape.none(ENGINE);
        Variable unrecorded = none.leaf(Tensor.scalar(1));
        assertThrows(IllegalStateException.class, () -> none.gradients(unrecorded, List.of(unrecorded)));
    }
}
