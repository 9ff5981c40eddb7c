package dev.lanes.layers.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.initialisers.Initialisers;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.UnaryFunction;
import dev.lanes.numerics.geometry.Window2d;
import org.junit.jupiter.api.Test;

class SimpleLayersTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private final SeededRandom random = new SeededRandom(4);

    private static Tensor use(Layer layer, Tensor x) {
        Tape tape = Tape.none(ENGINE);
        return layer.forward(tape.constant(x), Pass.evaluation(tape)).value();
    }

    @Test
    void should_apply_functions() {
        Tensor x = Tensor.of(Shape.of(4), -4, -0.5f, 0, 8);
        assertArrayEquals(new float[] {0, 0, 0, 1}, use(Activation.step(), x).toArray());
        assertArrayEquals(
                new float[] {-1, -0.125f, 0, 8},
                use(Activation.leakyRelu(0.25), x).toArray());
        assertArrayEquals(new float[] {0, 0, 0, 6}, use(Activation.relu6(), x).toArray());
        assertArrayEquals(
                new float[] {0, -5 / 24f, 0, 8}, use(Activation.hardSwish(), x).toArray(), 1e-7f);
        assertEquals("Activation leakyRelu(0.25)", Activation.leakyRelu(0.25).toString());
        assertEquals(UnaryFunction.GELU, Activation.gelu().function());
        assertEquals(4, Activation.silu().flops(x.shape()));
        PReLU prelu = new PReLU(2, 0.5);
        prelu.weight().value().set(2, 1);
        assertArrayEquals(
                new float[] {-2, -1, 0, 8},
                use(prelu, x.reshape(Shape.of(2, 2))).toArray());
        assertEquals("PReLU 2", prelu.toString());
    }

    @Test
    void should_drop_in_training_alone() {
        Dropout layer = new Dropout(0.25);
        Tape tape = Tape.recording(ENGINE);
        Pass training = Pass.training(tape, new SeededRandom(9));
        Variable x = tape.leaf(Tensor.zeros(10_000).fill(3));
        Variable y = layer.forward(x, training);
        int dropped = 0;
        for (float value : y.value().toArray()) {
            assertTrue(value == 0 || value == 4, value + " is neither 0 nor 3 / 0.75");
            dropped += value == 0 ? 1 : 0;
        }
        // Binomial, standard deviation 43.
        assertEquals(2500, dropped, 220);
        float[] other = layer.forward(x, training).value().toArray();
        int both = 0;
        for (int i = 0; i < other.length; i++) {
            both += other[i] == 0 && y.value().array()[y.value().offset() + i] == 0 ? 1 : 0;
        }
        assertEquals(625, both, 130, "two masks should have nothing to do with each other");
        assertSame(x, layer.forward(x, Pass.evaluation(tape)));
        assertSame(x, new Dropout(0).forward(x, training));
        assertEquals("Dropout 0.25", layer.toString());
        assertEquals(
                "dropout: the probability is 1.0, needs 0 <= probability < 1",
                assertThrows(IllegalArgumentException.class, () -> new Dropout(1))
                        .getMessage());
    }

    @Test
    void should_average_and_keep_the_size() {
        Tensor x = Tensor.generate(Shape.of(1, 3, 3, 1), i -> i);
        assertArrayEquals(
                new float[] {2, 3, 5, 6},
                use(new AvgPool2d(Window2d.of(2, 2), true), x).toArray());
        AvgPool2d same = AvgPool2d.same(Window2d.of(2, 2).stride(2));
        assertArrayEquals(new float[] {2, 3.5f, 6.5f, 8}, use(same, x).toArray());
        assertEquals("AvgPool2d k2x2 s2 same d1", same.toString());
        assertEquals("AvgPool2d k2x2 s2 p0 d1 padding counts", new AvgPool2d(2).toString());
        MaxPool2d max = MaxPool2d.same(Window2d.of(2, 2).stride(2));
        assertArrayEquals(new float[] {4, 5, 7, 8}, use(max, x).toArray());
        assertEquals("MaxPool2d k2x2 s2 same d1", max.toString());
        assertArrayEquals(new float[] {4}, use(GlobalPool2d.average(), x).toArray());
        assertArrayEquals(new float[] {8}, use(GlobalPool2d.max(), x).toArray());
        assertEquals("GlobalAvgPool2d", GlobalPool2d.average().toString());
        assertEquals(9, GlobalPool2d.max().flops(x.shape()));
        assertEquals(16, same.flops(x.shape()));
    }

    @Test
    void should_pad_convolutions_as_told() {
        Conv2d same = Conv2d.builder(1, 1, 2)
                .stride(2)
                .same()
                .initialiser(Initialisers.constant(1))
                .build(random);
        Tensor x = Tensor.generate(Shape.of(1, 3, 3, 1), i -> i);
        assertArrayEquals(new float[] {8, 7, 13, 8}, use(same, x).toArray());
        assertEquals("Conv2d 1 -> 1 k2x2 s2 same d1 g1", same.toString());
        Conv2d one = Conv2d.builder(1, 1, 2).same().padding(1, 0, 0, 0).build(random);
        assertEquals(Shape.of(1, 3, 2, 1), one.outputShape(x.shape()));
        assertEquals(
                Shape.of(1, 2, 2, 1),
                Conv2d.builder(1, 1, 2).same().valid().build(random).outputShape(x.shape()));
        Conv2d depthwise = Conv2d.depthwise(3, 2, 3).build(random);
        assertEquals(Shape.of(3, 3, 1, 6), depthwise.weight().shape());
        assertEquals("Conv2d 3 -> 6 k3x3 s1 p0 d1 g3", depthwise.toString());
        assertEquals(
                Shape.of(1, 1, 3, 5),
                Conv2d.pointwise(3, 5).build(random).weight().shape());
    }

    @Test
    void should_take_convolutions_apart() {
        DepthwiseSeparableConv2d depthwise = new DepthwiseSeparableConv2d(3, 5, 3, 2, random);
        assertEquals(Shape.of(2, 4, 4, 5), depthwise.outputShape(Shape.of(2, 7, 8, 3)));
        assertEquals("DepthwiseSeparableConv2d 3 -> 5 k3x3 s2 same d1", depthwise.toString());
        assertEquals(2L * 16 * (3 * 9 + 3 * 5), depthwise.flops(Shape.of(1, 7, 8, 3)));
        assertEquals("pointwise.weight", depthwise.parameters().get(1).name());
        SpatiallySeparableConv2d spatial = new SpatiallySeparableConv2d(2, 3, 3, random);
        Tensor x = Tensor.generate(Shape.of(2, 5, 4, 2), i -> random.nextDouble(-1, 1));
        Conv2d whole = Conv2d.builder(2, 3, 3).padding(1).bias(false).build(random);
        whole.weight().value().copyFrom(spatial.kernel());
        assertArrayEquals(use(whole, x).toArray(), use(spatial, x).toArray(), 1e-5f);
        assertEquals("SpatiallySeparableConv2d 2 -> 3 k3", spatial.toString());
    }
}
