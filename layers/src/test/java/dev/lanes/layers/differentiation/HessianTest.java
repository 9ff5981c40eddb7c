package dev.lanes.layers.differentiation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.layers.autodiff.HessianVector;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.losses.SoftmaxCrossEntropy;
import dev.lanes.layers.networks.SmallCnn;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Flatten;
import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.ops.LinearOp;
import dev.lanes.layers.ops.ReluOp;
import dev.lanes.layers.ops.SoftmaxCrossEntropyOp;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.layers.testing.DerivativeChecks;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HessianTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();

    /** With probabilities 1/4, 1/2, 1/4 the Hessian is diag(p) - p p'. */
    @Test
    void should_give_the_matrix_worked_by_hand() {
        Tape tape = Tape.recording(ENGINE);
        Variable x = tape.leaf(Tensor.of(Shape.of(1, 3), 0, (float) Math.log(2), 0));
        Variable loss = tape.apply(new SoftmaxCrossEntropyOp(new int[] {2}), x);
        Tensor h = Hessian.of(tape, loss, x);
        float[] sixteenths = {3, -2, -1, -2, 4, -2, -1, -2, 3};
        for (int i = 0; i < 9; i++) {
            assertEquals(sixteenths[i] / 16, h.array()[h.offset() + i], 1e-6);
        }
    }

    /** x w + x w' with the same x and w used twice: the mixed derivatives alone are there. */
    @Test
    void should_add_up_several_uses_and_pass_through_stop_gradient_nothing() {
        Tape tape = Tape.recording(ENGINE);
        Variable x = tape.leaf(Tensor.of(Shape.of(1, 1), 3));
        Variable w = tape.leaf(Tensor.of(Shape.of(1, 1), 5));
        Variable xw = tape.apply(LinearOp.LINEAR, x, w);
        Variable y = tape.apply(LinearOp.LINEAR, xw, xw); // x^2 w^2
        HessianVector hv = tape.hessianVector(y, Map.of(x, Tensor.of(Shape.of(1, 1), 1)));
        assertEquals(2 * 25, hv.of(x).item());
        assertEquals(4 * 3 * 5, hv.of(w).item());
        Variable half = tape.apply(LinearOp.LINEAR, xw, tape.stopGradient(xw));
        Gradients gradients = tape.backward(half);
        assertEquals(3 * 25, gradients.of(x).item());
        assertEquals(
                0,
                tape.hessianVector(half, Map.of(x, Tensor.of(Shape.of(1, 1), 1)))
                        .of(x)
                        .item());
    }

    @Test
    void should_agree_with_differences_of_gradients_on_a_network() {
        SeededRandom random = new SeededRandom(8);
        Sequential net = Sequential.builder()
                .add("fc1", Linear.builder(5, 7).build(random))
                .add("relu", new ReLU())
                .add("fc2", Linear.builder(7, 3).build(random))
                .build();
        againstDifferences(net, Shape.of(4, 5), new int[] {0, 2, 1, 1});
    }

    /** Without ReLU and pooling, whose kinks differences of gradients would jump over. */
    @Test
    void should_agree_with_differences_of_gradients_on_convolutions() {
        SeededRandom random = new SeededRandom(9);
        Sequential net = Sequential.builder()
                .add("conv1", Conv2d.builder(1, 4, 3).padding(1).build(random))
                .add("conv2", Conv2d.builder(4, 4, 3).groups(2).build(random))
                .add("flatten", new Flatten())
                .add("fc", Linear.builder(64, 3).build(random))
                .build();
        againstDifferences(net, Shape.of(3, 6, 6, 1), new int[] {0, 2, 1});
    }

    /** {@code <v, H w> = <w, H v>}, to which kinks do nothing. */
    @Test
    void should_be_symmetric_on_a_cnn() {
        SeededRandom random = new SeededRandom(12);
        Layer net = SmallCnn.of(Shape.of(8, 8, 1), 3, random);
        Tensor x = Tensor.generate(Shape.of(3, 8, 8, 1), i -> random.nextGaussian());
        Tape tape = Tape.recording(ENGINE);
        Variable loss = loss(net, x, new int[] {0, 2, 1}, tape);
        Map<Variable, Tensor> v = directions(net, tape, random);
        Map<Variable, Tensor> w = directions(net, tape, random);
        HessianVector hv = tape.hessianVector(loss, v);
        HessianVector hw = tape.hessianVector(loss, w);
        double vHw = 0;
        double wHv = 0;
        double size = 0;
        for (Variable leaf : v.keySet()) {
            double product = DerivativeChecks.dot(v.get(leaf), hw.of(leaf));
            vHw += product;
            wHv += DerivativeChecks.dot(w.get(leaf), hv.of(leaf));
            size += Math.abs(product);
        }
        assertTrue(size > 0.1, "too small to tell: " + size);
        // Sums of up to 3 x 8 x 8 products each way, through seven ops.
        assertEquals(vHw, wHv, 400 * 0x1p-24 * 10 * size);
    }

    private static Map<Variable, Tensor> directions(Layer net, Tape tape, SeededRandom random) {
        Map<Variable, Tensor> directions = new HashMap<>();
        net.parameters()
                .forEach(p -> directions.put(tape.leaf(p), Tensor.generate(p.shape(), i -> random.nextDouble(-1, 1))));
        return directions;
    }

    /**
     * Moves all parameters along a direction. The step is so small that no kink is crossed for this seed, and the
     * gradients so exact that four digits are left.
     */
    private static void againstDifferences(Layer net, Shape input, int[] labels) {
        SeededRandom random = new SeededRandom(10);
        Tensor x = Tensor.generate(input, i -> random.nextGaussian());
        Tape tape = Tape.recording(ENGINE);
        Variable loss = loss(net, x, labels, tape);
        Map<Variable, Tensor> directions = directions(net, tape, random);
        HessianVector hv = tape.hessianVector(loss, directions);
        float h = 0x1p-10f;
        Map<Variable, Tensor> above = moved(net, x, labels, tape, directions, h);
        Map<Variable, Tensor> below = moved(net, x, labels, tape, directions, -h);
        double largest = 0;
        double off = 0;
        for (Variable leaf : directions.keySet()) {
            Tensor product = hv.of(leaf);
            for (int i = 0; i < product.elements(); i++) {
                double expected =
                        ((double) above.get(leaf).toArray()[i] - below.get(leaf).toArray()[i]) / (2 * h);
                largest = Math.max(largest, Math.abs(expected));
                off = Math.max(off, Math.abs(expected - product.array()[product.offset() + i]));
            }
        }
        assertTrue(largest > 0.05, "too small to tell: " + largest);
        assertTrue(off < 2e-3 * largest + 1e-3, "differ by " + off + " where the largest is " + largest);
    }

    private static Map<Variable, Tensor> moved(
            Layer net, Tensor x, int[] labels, Tape names, Map<Variable, Tensor> directions, float h) {
        net.parameters().forEach(p -> ENGINE.elementwise().axpby(h, directions.get(names.leaf(p)), 1f, p.value()));
        Tape tape = Tape.recording(ENGINE);
        Gradients gradients = tape.backward(loss(net, x, labels, tape));
        Map<Variable, Tensor> found = new HashMap<>();
        net.parameters().forEach(p -> found.put(names.leaf(p), gradients.of(p).copy()));
        net.parameters().forEach(p -> ENGINE.elementwise().axpby(-h, directions.get(names.leaf(p)), 1f, p.value()));
        return found;
    }

    private static Variable loss(Layer net, Tensor x, int[] labels, Tape tape) {
        Pass pass = Pass.evaluation(tape);
        return SoftmaxCrossEntropy.of(net.forward(tape.constant(x), pass), labels, pass);
    }

    @Test
    void should_leave_no_trace_in_the_next_gradients() {
        Tape tape = Tape.recording(ENGINE);
        Variable x = tape.leaf(Tensor.of(Shape.of(2, 3), 1, 2, 3, -1, 0.5f, 2));
        Variable loss = tape.apply(new SoftmaxCrossEntropyOp(new int[] {2, 0}), tape.apply(ReluOp.RELU, x));
        float[] before = tape.backward(loss).of(x).toArray();
        Hessian.of(tape, loss, x);
        assertArrayEquals(before, tape.backward(loss).of(x).toArray());
    }

    @Test
    void should_say_what_does_not_fit() {
        Tape tape = Tape.recording(ENGINE);
        Variable x = tape.leaf(Tensor.zeros(100, 100));
        Variable y = tape.apply(ReluOp.RELU, x);
        assertEquals(
                "hessianVector: the loss is [100, 100], needs a single value; or give a seed of its shape",
                assertThrows(ShapeMismatchException.class, () -> tape.hessianVector(y, Map.of()))
                        .getMessage());
        assertTrue(assertThrows(ShapeMismatchException.class, () -> Hessian.of(tape, y, x))
                .getMessage()
                .startsWith("hessian: the leaf [100, 100] has 10000 elements, at most 4096"));
        HessianVector hv = tape.hessianVector(tape.leaf(Tensor.scalar(1)), Map.of());
        tape.reset();
        assertThrows(IllegalStateException.class, () -> hv.of(x));
    }
}
