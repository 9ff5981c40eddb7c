package dev.lanes.layers.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.initialisers.Initialisers;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Window2d;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LayersTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private final RandomGenerator random = new SeededRandom(2);

    @Test
    void should_build_a_convolution_as_told() {
        Conv2d conv = Conv2d.builder(4, 6, 3)
                .stride(2)
                .padding(1)
                .dilation(1)
                .groups(2)
                .initialiser(Initialisers.constant(1))
                .build(random);
        assertEquals("Conv2d 4 -> 6 k3x3 s2 p1 d1 g2", conv.toString());
        assertEquals(Shape.of(3, 3, 2, 6), conv.weight().shape());
        assertEquals(List.of("weight", "bias"), names(conv));
        assertEquals(Shape.of(5, 4, 4, 6), conv.outputShape(Shape.of(5, 8, 7, 4)));
        assertEquals(2L * 5 * 4 * 4 * 6 * 18, conv.flops(Shape.of(5, 8, 7, 4)));
        Tensor y = value(conv, Tensor.zeros(1, 2, 2, 4).fill(1));
        assertArrayEquals(new float[] {8, 8, 8, 8, 8, 8}, y.toArray());
        conv.bias().orElseThrow().value().fill(0.5f);
        assertArrayEquals(
                new float[] {8.5f, 8.5f, 8.5f, 8.5f, 8.5f, 8.5f},
                value(conv, Tensor.zeros(1, 2, 2, 4).fill(1)).toArray());
    }

    @Test
    void should_build_a_convolution_without_a_bias_and_with_any_window() {
        Conv2d conv = Conv2d.builder(1, 1, Window2d.of(1, 2).padding(0, 0, 1, 0))
                .bias(false)
                .build(random);
        assertEquals("Conv2d 1 -> 1 k1x2 s1 p0,0,1,0 d1 g1 no bias", conv.toString());
        assertEquals(List.of("weight"), names(conv));
        assertTrue(conv.bias().isEmpty());
        assertEquals(Shape.of(1, 3, 3, 1), conv.outputShape(Shape.of(1, 3, 3, 1)));
    }

    @Test
    void should_refuse_impossible_settings() {
        assertEquals(
                "conv2d: 2 groups must divide both 3 input channels and 4 output channels",
                message(() -> Conv2d.builder(3, 4, 1).groups(2)));
        assertEquals(
                "conv2d: 0 groups must divide both 3 input channels and 4 output channels",
                message(() -> Conv2d.builder(3, 4, 1).groups(0)));
        assertEquals("conv2d: channels 0 -> 4 must be at least 1 -> 1", message(() -> Conv2d.builder(0, 4, 1)));
        assertEquals("linear: 3 -> 0 must be at least 1 -> 1", message(() -> Linear.builder(3, 0)));
        assertEquals(
                "window: size 0x0, stride 1x1 and dilation 1x1 must be at least 1", message(() -> new MaxPool2d(0)));
    }

    private static String message(Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }

    @Test
    void should_multiply_and_add() {
        Linear linear =
                Linear.builder(3, 2).initialiser(Initialisers.constant(2)).build(random);
        linear.bias().orElseThrow().value().set(10, 1);
        assertEquals("Linear 3 -> 2", linear.toString());
        assertEquals(List.of("weight", "bias"), names(linear));
        assertArrayEquals(
                new float[] {12, 22},
                value(linear, Tensor.of(Shape.of(1, 3), 1, 2, 3)).toArray());
        assertEquals(2L * 7 * 3 * 2, linear.flops(Shape.of(7, 3)));
        assertThrows(ShapeMismatchException.class, () -> linear.flops(Shape.of(7, 4)));
        Linear plain = Linear.builder(3, 2).bias(false).build(random);
        assertEquals("Linear 3 -> 2 no bias", plain.toString());
        assertEquals(List.of("weight"), names(plain));
    }

    @Test
    void should_pool_flatten_and_rectify() {
        Tensor x = Tensor.generate(Shape.of(1, 2, 4, 1), i -> i - 4);
        MaxPool2d pool = new MaxPool2d(2);
        assertArrayEquals(new float[] {1, 3}, value(pool, x).toArray());
        assertEquals(Shape.of(1, 1, 2, 1), pool.outputShape(x.shape()));
        assertEquals(8, pool.flops(x.shape()));
        assertArrayEquals(
                new float[] {0, 0, 0, 0, 0, 1, 2, 3}, value(new ReLU(), x).toArray());
        assertEquals(x.shape(), new ReLU().outputShape(x.shape()));
        assertEquals(8, new ReLU().flops(x.shape()));
        assertEquals(Shape.of(1, 8), value(new Flatten(), x).shape());
        assertEquals(Shape.of(1, 8), new Flatten().outputShape(x.shape()));
        assertEquals(0, new Flatten().flops(x.shape()));
    }

    /** y = relu(x w + b) worked by hand at x = (1 -2), w = (1 2; 3 1), b = (6 -1): y = (1 0). */
    @Test
    void should_linearise_in_the_style_of_the_textbook() {
        Linear linear = Linear.builder(2, 2).build(random);
        linear.weight().value().copyFrom(Tensor.of(Shape.of(2, 2), 1, 2, 3, 1));
        linear.bias().orElseThrow().value().copyFrom(Tensor.of(Shape.of(2), 6, -1));
        Layer layer =
                Sequential.builder().add("fc", linear).add("relu", new ReLU()).build();
        Tensor x = Tensor.of(Shape.of(1, 2), 1, -2);
        Linearization at = layer.linearize(x, ENGINE);
        assertArrayEquals(new float[] {1, 0}, at.value().toArray());
        Linearization.Pullback back = at.backward(Tensor.of(Shape.of(1, 2), 10, 100));
        assertArrayEquals(new float[] {10, 30}, back.dx().toArray());
        assertArrayEquals(new float[] {10, 0, -20, 0}, back.of(linear.weight()).toArray());
        assertArrayEquals(
                new float[] {10, 0}, back.of(linear.bias().orElseThrow()).toArray());
        assertSame(
                back.of(linear.weight()),
                back.of(layer.parameters().getFirst()),
                "the names inside and outside should mean the same");
        assertArrayEquals(
                new float[] {7, 0}, at.forward(Tensor.of(Shape.of(1, 2), 1, 2)).toArray());
    }

    @Test
    void should_carry_mode_and_random_numbers_explicitly() {
        Tape tape = Tape.none(ENGINE);
        Pass training = Pass.training(tape, random);
        assertTrue(training.isTraining());
        assertSame(random, training.random());
        assertSame(ENGINE, training.engine());
        Pass evaluation = Pass.evaluation(tape);
        assertFalse(evaluation.isTraining());
        assertEquals(
                "a pass in evaluation has no random numbers; use Pass.training(tape, random)",
                assertThrows(IllegalStateException.class, evaluation::random).getMessage());
    }

    private static List<String> names(Layer layer) {
        return layer.parameters().stream().map(Parameter::name).toList();
    }

    private static Tensor value(Layer layer, Tensor x) {
        Pass pass = Pass.evaluation(Tape.none(ENGINE));
        return layer.forward(pass.tape().constant(x), pass).value();
    }
}
