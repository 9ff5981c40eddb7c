package dev.lanes.layers.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.layers.autodiff.HessianVector;
import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.differentiation.GradientCheck;
import dev.lanes.layers.losses.SoftmaxCrossEntropy;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private static final int[] LABELS = {0, 2, 1};

    private final SeededRandom random = new SeededRandom(17);
    private final Sequential block = Sequential.builder()
            .add("fc1", Linear.builder(5, 8).build(random))
            .add("relu", new ReLU())
            .add("fc2", Linear.builder(8, 6).build(random))
            .build();
    private final Linear head = Linear.builder(6, 3).build(random);
    private final Sequential stored =
            Sequential.builder().add("block", block).add("head", head).build();
    private final Sequential recomputed = Sequential.builder()
            .add("block", new Checkpoint(block))
            .add("head", head)
            .build();
    private final Tensor x = Tensor.generate(Shape.of(3, 5), i -> random.nextGaussian());
    private final Map<Parameter, Tensor> directions = new HashMap<>();

    CheckpointTest() {
        for (Parameter p : stored.parameters()) {
            directions.put(p, Tensor.generate(p.shape(), i -> random.nextDouble(-1, 1)));
        }
    }

    private Variable loss(Layer net, Variable input, Tape tape) {
        Pass pass = Pass.training(tape, new SeededRandom(1));
        return SoftmaxCrossEntropy.of(net.forward(input, pass), LABELS, pass);
    }

    @Test
    void should_give_the_same_bits_and_keep_less() {
        Tape tape = Tape.recording(ENGINE);
        Tape small = Tape.recording(ENGINE);
        Variable in = tape.leaf(x);
        Variable smallIn = small.leaf(x);
        Variable loss = loss(stored, in, tape);
        Variable smallLoss = loss(recomputed, smallIn, small);
        assertEquals(loss.value().item(), smallLoss.value().item());
        assertTrue(small.size() < tape.size(), small.size() + " and " + tape.size());
        Gradients expected = tape.backward(loss);
        Gradients actual = small.backward(smallLoss);
        assertArrayEquals(expected.of(in).toArray(), actual.of(smallIn).toArray());
        for (Parameter p : stored.parameters()) {
            assertArrayEquals(expected.of(p).toArray(), actual.of(p).toArray(), p.name());
        }
    }

    @Test
    void should_give_the_same_tangents_and_second_derivatives() {
        Tape tape = Tape.recording(ENGINE);
        Tape small = Tape.recording(ENGINE);
        Variable loss = loss(stored, tape.constant(x), tape);
        Variable smallLoss = loss(recomputed, small.constant(x), small);
        assertEquals(
                tape.forward(directions(tape)).of(loss).item(),
                small.forward(directions(small)).of(smallLoss).item());
        HessianVector expected = tape.hessianVector(loss, directions(tape));
        HessianVector actual = small.hessianVector(smallLoss, directions(small));
        for (Parameter p : stored.parameters()) {
            assertArrayEquals(expected.of(p).toArray(), actual.of(p).toArray(), 1e-5f, p.name());
        }
    }

    private Map<Variable, Tensor> directions(Tape tape) {
        Map<Variable, Tensor> byLeaf = new HashMap<>();
        directions.forEach((p, direction) -> byLeaf.put(tape.leaf(p), direction));
        return byLeaf;
    }

    @Test
    void should_pass_the_check_and_describe_itself() {
        new GradientCheck(ENGINE, 3)
                .network(recomputed, x, (y, pass) -> SoftmaxCrossEntropy.of(y, LABELS, pass))
                .orThrow();
        Checkpoint checkpoint = new Checkpoint(head);
        assertEquals("Checkpoint of Linear 6 -> 3", checkpoint.toString());
        assertEquals(head.flops(Shape.of(2, 6)), checkpoint.flops(Shape.of(2, 6)));
        assertEquals(Shape.of(2, 3), checkpoint.outputShape(Shape.of(2, 6)));
    }
}
