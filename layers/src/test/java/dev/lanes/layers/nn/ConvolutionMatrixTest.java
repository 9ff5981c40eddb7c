package dev.lanes.layers.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionMatrixTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private final RandomGenerator random = new SeededRandom(8);

    /** The matrix of every textbook: a window of 2x2 on an image of 3x3. */
    @Test
    void should_write_a_small_convolution_as_a_matrix() {
        Conv2d conv = Conv2d.builder(1, 1, 2).build(random);
        conv.weight().value().copyFrom(Tensor.of(Shape.of(2, 2, 1, 1), 1, 2, 3, 4));
        Tensor matrix = conv.toMatrix(Shape.of(1, 3, 3, 1));
        assertEquals(Shape.of(4, 9), matrix.shape());
        assertArrayEquals(
                new float[] {
                    1, 2, 0, 3, 4, 0, 0, 0, 0, //
                    0, 1, 2, 0, 3, 4, 0, 0, 0, //
                    0, 0, 0, 1, 2, 0, 3, 4, 0, //
                    0, 0, 0, 0, 1, 2, 0, 3, 4
                },
                matrix.toArray());
        Tensor x = Tensor.generate(Shape.of(1, 3, 3, 1), i -> i + 1);
        Conv2dGeometry g = Conv2dGeometry.parse("b1 3x3x1 -> 1 k2x2 s1 p0 d1 g1");
        assertArrayEquals(
                new float[] {1, 2, 4, 5, 2, 3, 5, 6, 4, 5, 7, 8, 5, 6, 8, 9},
                ConvolutionMatrix.im2col(x, g).toArray());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b1 3x3x1 -> 1 k2x2 s1 p0 d1 g1",
                "b2 5x6x3 -> 4 k3x3 s2 p1 d1 g1",
                "b1 7x5x2 -> 3 k2x3 s1x2 p0,1,2,0 d2x1 g1"
            })
    void should_compute_the_same_in_every_form(String text) {
        Conv2dGeometry g = Conv2dGeometry.parse(text);
        Tensor x = Tensor.generate(g.inputShape(), i -> random.nextInt(-4, 5));
        Tensor w = Tensor.generate(g.weightShape(), i -> random.nextInt(-4, 5));
        float[] expected = ENGINE.conv2d(x, w, null, g).toArray(); // whole numbers: exact in every order
        Tensor columns = ConvolutionMatrix.im2col(x, g);
        Tensor flat = w.reshape(Shape.of(columns.shape().dim(1), g.outC()));
        assertArrayEquals(expected, ENGINE.matmul(columns, flat).toArray());
        Tensor matrix = ConvolutionMatrix.of(w, g);
        int pixels = matrix.shape().dim(1);
        for (int b = 0; b < g.batch(); b++) {
            Tensor image = x.slice(b, b + 1).reshape(Shape.of(pixels, 1));
            float[] y = ENGINE.matmul(matrix, image).toArray();
            assertArrayEquals(Arrays.copyOfRange(expected, b * y.length, (b + 1) * y.length), y);
        }
    }

    @Test
    void should_keep_groups_apart() {
        Conv2dGeometry g = Conv2dGeometry.parse("b1 3x3x4 -> 6 k2x2 s1 p0 d1 g2");
        Tensor x = Tensor.generate(g.inputShape(), i -> random.nextInt(-4, 5));
        Tensor w = Tensor.generate(g.weightShape(), i -> random.nextInt(-4, 5));
        assertArrayEquals(
                ENGINE.conv2d(x, w, null, g).toArray(),
                ENGINE.matmul(ConvolutionMatrix.of(w, g), x.reshape(Shape.of(36, 1)))
                        .toArray());
        assertEquals(
                "im2col: 2 groups, needs 1; b1 3x3x4 -> 6 k2x2 s1 p0 d1 g2",
                assertThrows(IllegalArgumentException.class, () -> ConvolutionMatrix.im2col(x, g))
                        .getMessage());
    }
}
