package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Finish;
import dev.lanes.numerics.PreparedConv2d;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.tests.kit.Seed;
import dev.lanes.tests.kit.Values;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the facade builds from kernels: prepared weights, fused endings, transposed convolution, poolings. */
class ImageOperationsTest {
    private static Engine engine;

    @BeforeAll
    static void start() {
        engine = Engine.builder().threads(2).build();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static Tensor random(String seed, Shape shape) {
        return Tensor.of(shape, new Values(Seed.random(seed)).ordinary(shape.elements()));
    }

    private static Tensor of(Shape shape, float... values) {
        return Tensor.of(shape, values);
    }

    @Test
    void should_end_as_separate_operations_would() {
        Conv2dGeometry g = Conv2dGeometry.parse("b2 9x8x20 -> 37 k3x3 s1 p1 d1 g1");
        Tensor x = random("x", g.inputShape());
        Tensor w = random("w", g.weightShape());
        Tensor bias = random("bias", Shape.of(37));
        Tensor shortcut = random("shortcut", g.outputShape());
        Tensor expected = engine.conv2d(x, w, bias, g);
        for (int i = 0; i < expected.elements(); i++) {
            float sum = expected.array()[expected.offset() + i] + shortcut.array()[shortcut.offset() + i];
            expected.array()[expected.offset() + i] = Math.min(Math.max(sum, 0f), 6f);
        }
        Finish finish = Finish.bias(bias).residual(shortcut).clamp(0f, 6f);
        Tensor y = Tensor.zeros(g.outputShape()).fill(Float.NaN);
        engine.conv2d().forward(x, w, g, finish, y);
        boolean rounded = engine.backend().equals("reference"); // it adds in double
        assertArrayEquals(expected.toArray(), y.toArray(), rounded ? 0x1p-20f : 0f);

        Tensor again = Tensor.zeros(g.outputShape()).fill(Float.NaN);
        engine.conv2d().forward(x, engine.conv2d().prepare(w, g), g, finish, again);
        assertArrayEquals(y.toArray(), again.toArray());
    }

    @Test
    void should_keep_prepared_weights_apart_from_the_tensor() {
        Conv2dGeometry g = Conv2dGeometry.parse("b1 6x6x3 -> 16 k3x3 s1 p1 d1 g1");
        Tensor w = random("w", g.weightShape());
        PreparedConv2d prepared = engine.conv2d().prepare(w, g);
        Conv2dGeometry larger = Conv2dGeometry.parse("b3 8x7x3 -> 16 k3x3 s1 p1 d1 g1");
        Tensor x = random("x", larger.inputShape());
        Tensor expected = engine.conv2d(x, w, null, larger);
        w.fill(Float.NaN);
        Tensor y = Tensor.zeros(larger.outputShape());
        engine.conv2d().forward(x, prepared, (Tensor) null, larger, y);
        assertArrayEquals(expected.toArray(), y.toArray());
    }

    @Test
    void should_refuse_prepared_weights_that_do_not_fit() {
        Conv2dGeometry g = Conv2dGeometry.parse("b1 6x6x3 -> 16 k3x3 s1 p1 d1 g1");
        PreparedConv2d prepared = engine.conv2d().prepare(Tensor.zeros(g.weightShape()), g);
        Conv2dGeometry strided = Conv2dGeometry.parse("b1 6x6x3 -> 16 k3x3 s2 p1 d1 g1");
        assertEquals(
                "conv2d: the weights were prepared for " + g
                        + ", of which only the batch and the size of the image may change; " + strided,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> engine.conv2d()
                                        .forward(
                                                Tensor.zeros(strided.inputShape()),
                                                prepared,
                                                strided,
                                                Finish.NONE,
                                                Tensor.zeros(strided.outputShape())))
                        .getMessage());
        String other = engine.backend().equals("reference") ? "vector" : "reference";
        if (Engine.backends().stream()
                .anyMatch(s -> s.name().equals(other) && s.probe().available())) {
            try (Engine stranger = Engine.builder().backend(other).threads(1).build()) {
                assertEquals(
                        "conv2d: the weights were prepared by the backend " + engine.backend() + ", this engine has "
                                + other + "; prepare them with it",
                        assertThrows(
                                        IllegalArgumentException.class,
                                        () -> stranger.conv2d()
                                                .forward(
                                                        Tensor.zeros(g.inputShape()),
                                                        prepared,
                                                        g,
                                                        Finish.NONE,
                                                        Tensor.zeros(g.outputShape())))
                                .getMessage());
            }
        }
    }

    @Test
    void should_refuse_endings_that_do_not_fit() {
        Conv2dGeometry g = Conv2dGeometry.parse("b1 4x4x3 -> 8 k1x1 s1 p0 d1 g1");
        Tensor y = Tensor.zeros(g.outputShape());
        Finish small = Finish.NONE.residual(Tensor.zeros(1, 4, 4, 3));
        Tensor x = Tensor.zeros(g.inputShape());
        Tensor w = Tensor.zeros(g.weightShape());
        assertEquals(
                "conv2d: residual is [1, 4, 4, 3], needs [1, 4, 4, 8]; " + g,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> engine.conv2d().forward(x, w, g, small, y))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class, () -> engine.conv2d().forward(x, w, g, Finish.NONE.residual(y), y));
        assertEquals(
                "clamp from 1.0 to 0.0 leaves no value",
                assertThrows(IllegalArgumentException.class, () -> Finish.NONE.clamp(1f, 0f))
                        .getMessage());
    }

    @Test
    void should_spread_pixels_by_a_transposed_convolution() {
        // every pixel of x writes a 2x2 window, 2 apart, and one more line and column is asked for
        Conv2dGeometry g =
                Conv2dGeometry.transposed(1, 1, 2, 1, 1, 1, Window2d.of(2, 2).stride(2), 1, 1);
        assertEquals(Shape.of(1, 3, 5, 1), g.inputShape());
        Tensor x = of(Shape.of(1, 1, 2, 1), 1, 10);
        Tensor w = of(Shape.of(2, 2, 1, 1), 1, 2, 3, 4);
        Tensor y = Tensor.zeros(g.inputShape()).fill(Float.NaN);
        engine.conv2d().transposed(x, w, of(Shape.of(1), 0.5f), g, y);
        assertArrayEquals(
                new float[] {
                    1.5f, 2.5f, 10.5f, 20.5f, 0.5f, 3.5f, 4.5f, 30.5f, 40.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f
                },
                y.toArray());
    }

    @Test
    void should_refuse_an_output_padding_of_a_whole_stride() {
        assertEquals(
                "conv2d.transposed: output padding 0x2 must be at least 0 and below the stride 2x2",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Conv2dGeometry.transposed(
                                        1, 4, 4, 1, 1, 1, Window2d.of(3, 3).stride(2), 0, 2))
                        .getMessage());
    }

    @Test
    void should_average_with_and_without_the_padding() {
        Pool2dGeometry g = Pool2dGeometry.parse("b1 2x2x1 k2x2 s2 p1 d1");
        Tensor x = of(Shape.of(1, 2, 2, 1), 1, 2, 3, 4);
        Tensor y = Tensor.zeros(g.outputShape());
        engine.pool2d().average(x, g, true, y);
        assertArrayEquals(new float[] {0.25f, 0.5f, 0.75f, 1f}, y.toArray());
        engine.pool2d().average(x, g, false, y);
        assertArrayEquals(new float[] {1, 2, 3, 4}, y.toArray());
        Tensor dx = Tensor.zeros(g.inputShape()).fill(Float.NaN);
        engine.pool2d().averageBackward(y, g, true, dx);
        assertArrayEquals(new float[] {0.25f, 0.5f, 0.75f, 1f}, dx.toArray());
    }

    @Test
    void should_pool_whole_images() {
        Tensor x = of(Shape.of(2, 2, 2, 1), 1, 2, 3, 6, 8, 8, 4, -4);
        Tensor y = Tensor.zeros(2, 1);
        engine.pool2d().globalAverage(x, y);
        assertArrayEquals(new float[] {3, 4}, y.toArray());
        Tensor dx = Tensor.zeros(x.shape()).fill(Float.NaN);
        engine.pool2d().globalAverageBackward(y, dx);
        assertArrayEquals(new float[] {0.75f, 0.75f, 0.75f, 0.75f, 1, 1, 1, 1}, dx.toArray());
        int[] switches = new int[2];
        engine.pool2d().globalMax(x, Tensor.zeros(2, 1, 1, 1), switches);
        assertArrayEquals(new int[] {3, 0}, switches);
        engine.pool2d().globalMaxBackward(y, switches, dx);
        assertArrayEquals(new float[] {0, 0, 0, 3, 4, 0, 0, 0}, dx.toArray());
        assertEquals(
                "globalAveragePool2d: output is [1, 2], needs [2, 1]; b2 2x2x1 k2x2 s1 p0 d1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> engine.pool2d().globalAverage(x, Tensor.zeros(1, 2)))
                        .getMessage());
    }
}
