package dev.lanes.layers.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.initialisers.Initialisers;
import dev.lanes.layers.ops.Resample2dOp.Extent;
import dev.lanes.layers.ops.Switches;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.AxisTaps.Border;
import dev.lanes.numerics.geometry.Window2d;
import org.junit.jupiter.api.Test;

class ImageLayersTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private final SeededRandom random = new SeededRandom(4);

    private static Tensor use(Layer layer, Tensor x) {
        Tape tape = Tape.none(ENGINE);
        return layer.forward(tape.constant(x), Pass.evaluation(tape)).value();
    }

    private static Tensor line(float... values) {
        return Tensor.of(Shape.of(1, 1, values.length, 1), values);
    }

    @Test
    void should_change_the_size_of_images() {
        Tensor x = Tensor.of(Shape.of(1, 2, 2, 1), 1, 2, 3, 4);
        assertArrayEquals(
                new float[] {1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4},
                use(Upsample2d.nearest(2), x).toArray());
        Extent one = Extent.fixed(1);
        assertArrayEquals(
                new float[] {1, 1.25f, 1.75f, 2},
                use(Upsample2d.bilinear(one, Extent.times(2), false), line(1, 2))
                        .toArray());
        assertArrayEquals(
                new float[] {1, 1.5f, 2},
                use(Upsample2d.bilinear(one, Extent.fixed(3), true), line(1, 2)).toArray());
        assertArrayEquals(
                new float[] {1.5f, 3},
                use(new AdaptiveAvgPool2d(1, 2), line(1, 2, 2.5f, 3.5f).reshape(Shape.of(1, 1, 4, 1)))
                        .toArray());
        assertArrayEquals(
                new float[] {2, 3.5f},
                use(new AdaptiveMaxPool2d(1, 2), line(1, 2, 2, 3.5f)).toArray());
        assertEquals("AdaptiveMaxPool2d 1x2", new AdaptiveMaxPool2d(1, 2).toString());
        assertEquals("Upsample2d bicubic", Upsample2d.bicubic(one, one, true).toString());
        assertEquals("AdaptiveAvgPool2d 6x5", new AdaptiveAvgPool2d(6, 5).toString());
        assertEquals(Shape.of(3, 6, 6, 8), new AdaptiveAvgPool2d(6, 6).outputShape(Shape.of(3, 13, 11, 8)));
    }

    @Test
    void should_pad_with_three_borders() {
        Tensor x = line(1, 2, 3);
        assertArrayEquals(
                new float[] {0, 0, 1, 2, 3, 0},
                use(new Pad2d(0, 0, 2, 1, Border.ZERO), x).toArray());
        assertArrayEquals(
                new float[] {3, 2, 1, 2, 3, 2},
                use(new Pad2d(0, 0, 2, 1, Border.REFLECT), x).toArray());
        assertArrayEquals(
                new float[] {1, 1, 1, 2, 3, 3},
                use(new Pad2d(0, 0, 2, 1, Border.REPLICATE), x).toArray());
        assertEquals("Pad2d REFLECT 1,1,1,1", new Pad2d(1, Border.REFLECT).toString());
        assertEquals(
                "pad2d: padding -1,0,0,0 (top, bottom, left, right) must not be negative",
                assertThrows(IllegalArgumentException.class, () -> new Pad2d(-1, 0, 0, 0, Border.ZERO))
                        .getMessage());
    }

    @Test
    void should_put_maxima_back_where_they_were() {
        Switches switches = new Switches();
        Layer pool = new MaxPool2d(2).into(switches);
        MaxUnpool2d unpool = new MaxUnpool2d(switches);
        assertEquals(
                "maxUnpool2d: there are no switches yet; the pooling must be applied before",
                assertThrows(IllegalArgumentException.class, () -> unpool.outputShape(Shape.of(1, 1, 1, 1)))
                        .getMessage());
        Tensor x = Tensor.of(Shape.of(1, 2, 4, 1), 1, 2, 3, 9, 8, 4, 5, 7);
        Tensor y = use(pool, x);
        assertArrayEquals(new float[] {8, 9}, y.toArray());
        assertEquals(x.shape(), unpool.outputShape(y.shape()));
        assertArrayEquals(new float[] {0, 0, 0, 9, 8, 0, 0, 0}, use(unpool, y).toArray());
    }

    @Test
    void should_join_branches() {
        Concat concat = new Concat(
                Conv2d.pointwise(2, 1).initialiser(Initialisers.constant(1)).build(random),
                new ReLU(),
                new BatchNorm(2));
        Tensor x = Tensor.of(Shape.of(1, 1, 2, 2), 1, 2, -3, 4);
        assertEquals(Shape.of(1, 1, 2, 5), concat.outputShape(x.shape()));
        float[] y = use(concat, x).toArray();
        assertArrayEquals(new float[] {3, 1, 2, 1, 2, 1, 0, 4, -3, 4}, y, 1e-4f);
        assertEquals("0.weight", concat.parameters().getFirst().name());
        assertEquals("2.running_mean", concat.buffers().getFirst().name());
        assertEquals("Concat of 3 branches", concat.toString());
    }

    @Test
    void should_enlarge_by_a_transposed_convolution() {
        ConvTranspose2d up = ConvTranspose2d.builder(1, 1, Window2d.of(2, 2).stride(2))
                .initialiser(Initialisers.constant(1))
                .build(random);
        up.bias().orElseThrow().value().fill(0.5f);
        assertArrayEquals(
                new float[] {1.5f, 1.5f, 2.5f, 2.5f, 1.5f, 1.5f, 2.5f, 2.5f},
                use(up, line(1, 2)).toArray());
        ConvTranspose2d padded = ConvTranspose2d.builder(
                        4, 6, Window2d.of(3, 3).stride(2).padding(1))
                .outputPadding(1)
                .groups(2)
                .bias(false)
                .build(random);
        assertEquals(Shape.of(2, 28, 28, 6), padded.outputShape(Shape.of(2, 14, 14, 4)));
        assertEquals(Shape.of(3, 3, 3, 4), padded.weight().shape());
        assertEquals("ConvTranspose2d 4 -> 6 k3x3 s2 p1 d1 g2 op1x1 no bias", padded.toString());
        assertEquals(
                "convTranspose2d: output padding 1x1 must be at least 0 and below the stride 1x1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ConvTranspose2d.builder(1, 1, Window2d.of(2, 2))
                                        .outputPadding(1)
                                        .build(random))
                        .getMessage());
    }

    @Test
    void should_reshape_and_normalise() {
        Tensor x = Tensor.generate(Shape.of(2, 6), i -> i);
        assertEquals(Shape.of(2, 2, 3), use(new Reshape(Shape.of(2, 3)), x).shape());
        assertEquals("Reshape [2, 3]", new Reshape(Shape.of(2, 3)).toString());
        float[] p = use(new Softmax(), Tensor.zeros(1, 4)).toArray();
        assertArrayEquals(new float[] {0.25f, 0.25f, 0.25f, 0.25f}, p);
        assertEquals(-Math.log(4), use(Softmax.log(), Tensor.zeros(1, 4)).get(0, 2), 1e-6);
        assertEquals("LogSoftmax", Softmax.log().toString());
        // s = 2 + 1e-4 * (1 + 4 + 9): the window of 5 reaches all three channels.
        float[] y = use(LocalResponseNorm.alexNet(), Tensor.of(Shape.of(1, 3), 1, 2, 3))
                .toArray();
        double s = Math.pow(2 + 1e-4 * 14, -0.75);
        assertArrayEquals(new float[] {(float) s, (float) (2 * s), (float) (3 * s)}, y, 1e-6f);
        assertEquals(
                "LocalResponseNorm n5 alpha 5.0E-4 beta 0.75 k 2.0",
                LocalResponseNorm.alexNet().toString());
    }
}
