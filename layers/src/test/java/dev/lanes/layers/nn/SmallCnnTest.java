package dev.lanes.layers.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.losses.SoftmaxCrossEntropy;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.layers.testing.DerivativeChecks;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A whole network: two convolutions, pooling, two fully connected layers and the loss. */
class SmallCnnTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private static final long SEED = 21;
    private static final int[] LABELS = {0, 3, 1, 2, 2};

    private final RandomGenerator random = new SeededRandom(SEED);
    private final Sequential net = Sequential.builder()
            .add("conv1", Conv2d.builder(2, 4, 3).padding(1).build(random))
            .add("relu1", new ReLU())
            .add("pool1", new MaxPool2d(2))
            .add("conv2", Conv2d.builder(4, 6, 3).groups(2).build(random))
            .add("relu2", new ReLU())
            .add("flatten", new Flatten())
            .add("fc1", Linear.builder(24, 8).build(random))
            .add("relu3", new ReLU())
            .add("fc2", Linear.builder(8, 4).build(random))
            .build();
    private final Tensor x = Tensor.generate(Shape.of(5, 8, 8, 2), i -> random.nextGaussian());

    /**
     * Rounding errors grow from op to op, at most by the length of its sums: 18 + 4 + 18 + 24 + 8 + 4 products forwards,
     * and backwards up to 5 x 8 x 8 for the weights of the first convolution.
     */
    @Test
    void should_agree_forwards_and_backwards_by_input_and_parameters() {
        Tape tape = Tape.recording(ENGINE);
        Variable input = tape.leaf(x);
        Variable y = net.forward(input, Pass.evaluation(tape));
        Tensor u = Tensor.generate(y.shape(), i -> random.nextGaussian());
        Map<Variable, Tensor> directions = directions(tape, input);
        Tensor jv = tape.forward(directions).of(y);
        Gradients gradients = tape.backward(y, u);
        double right = 0;
        double size = 0;
        for (Map.Entry<Variable, Tensor> direction : directions.entrySet()) {
            double product = DerivativeChecks.dot(gradients.of(direction.getKey()), direction.getValue());
            right += product;
            size += Math.abs(product);
        }
        double left = DerivativeChecks.dot(u, jv);
        double tolerance = 400 * 0x1p-24 * (size + Math.abs(left));
        assertTrue(Math.abs(left) > 1000 * tolerance, "seed " + SEED + ": too small to tell");
        assertEquals(left, right, tolerance, "seed " + SEED);
    }

    /**
     * The difference quotient is the mean of the derivative along the way, so it differs from that in the middle by no
     * more than the derivative varies; and by the rounding of the loss, of about as many roundings as the network has
     * layers, divided by the step.
     */
    @Test
    void should_agree_with_the_difference_quotient_of_the_loss() {
        double h = 0x1p-9;
        Tape tape = Tape.recording(ENGINE);
        Variable input = tape.leaf(x);
        Map<Variable, Tensor> directions = directions(tape, input);
        double[] at = new double[3];
        double[] slope = new double[3];
        for (int i = 0; i < 3; i++) {
            double step = (i - 1) * h;
            Tape there = Tape.recording(ENGINE);
            Map<Variable, Tensor> moved = new HashMap<>();
            Variable movedInput = there.leaf(shifted(x, directions.get(input), step));
            moved.put(movedInput, directions.get(input));
            Map<Parameter, Tensor> originals = new HashMap<>();
            for (Parameter p : net.parameters()) {
                Tensor direction = directions.get(tape.leaf(p));
                originals.put(p, p.value().copy());
                p.value().copyFrom(shifted(p.value(), direction, step));
                moved.put(there.leaf(p), direction);
            }
            Pass pass = Pass.evaluation(there);
            Variable loss = SoftmaxCrossEntropy.of(net.forward(movedInput, pass), LABELS, pass);
            at[i] = loss.value().item();
            slope[i] = there.forward(moved).of(loss).item();
            originals.forEach((p, value) -> p.value().copyFrom(value));
        }
        double tolerance = Math.abs(slope[2] - slope[0]) + 10 * 0x1p-24 * at[1] / h;
        assertTrue(Math.abs(slope[1]) > 5 * tolerance, "seed " + SEED + ": too small to tell");
        assertEquals((at[2] - at[0]) / (2 * h), slope[1], tolerance, "seed " + SEED);
    }

    private static Tensor shifted(Tensor t, Tensor direction, double step) {
        return Tensor.generate(
                t.shape(), i -> t.array()[t.offset() + i] + step * direction.array()[direction.offset() + i]);
    }

    private Map<Variable, Tensor> directions(Tape tape, Variable input) {
        Map<Variable, Tensor> directions = new HashMap<>();
        directions.put(input, Tensor.generate(x.shape(), i -> 0.1 * random.nextGaussian()));
        for (Parameter p : net.parameters()) {
            directions.put(tape.leaf(p), Tensor.generate(p.shape(), i -> 0.1 * random.nextGaussian()));
        }
        return directions;
    }

    @Test
    void should_give_the_same_bits_from_the_pullback_and_the_tape() {
        Tape tape = Tape.recording(ENGINE);
        Variable input = tape.leaf(x);
        Variable y = net.forward(input, Pass.evaluation(tape));
        Tensor dy = Tensor.generate(y.shape(), i -> random.nextGaussian());
        Gradients gradients = tape.backward(y, dy);
        Linearization at = net.linearize(x, ENGINE);
        Linearization.Pullback back = at.backward(dy);
        assertArrayEquals(y.value().toArray(), at.value().toArray());
        assertArrayEquals(gradients.of(input).toArray(), back.dx().toArray());
        for (Parameter p : net.parameters()) {
            assertArrayEquals(gradients.of(p).toArray(), back.of(p).toArray(), p.name());
        }
    }

    @Test
    void should_give_the_same_bits_after_a_reset_and_on_a_tape_that_records_nothing() {
        Tape tape = Tape.recording(ENGINE);
        Pass pass = Pass.evaluation(tape);
        float[] scores = net.forward(tape.constant(x), pass).value().toArray();
        float[] first = step(tape);
        step(tape, x.slice(0, 2)); // a smaller batch between must leave no trace
        assertArrayEquals(first, step(tape));
        Pass none = Pass.evaluation(Tape.none(ENGINE));
        assertArrayEquals(
                scores, net.forward(none.tape().constant(x), none).value().toArray());
    }

    private float[] step(Tape tape) {
        return step(tape, x);
    }

    private float[] step(Tape tape, Tensor images) {
        tape.reset();
        Pass pass = Pass.evaluation(tape);
        int[] labels = Arrays.copyOf(LABELS, images.shape().dim(0));
        Variable loss = SoftmaxCrossEntropy.of(net.forward(tape.constant(images), pass), labels, pass);
        Gradients gradients = tape.backward(loss);
        return gradients.of(net.parameters().getFirst()).toArray();
    }
}
