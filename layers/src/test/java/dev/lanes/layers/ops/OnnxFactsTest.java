package dev.lanes.layers.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanes.layers.autodiff.Op;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.ops.Resample2dOp.Extent;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.UnaryFunction;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Numbers of the ONNX 1.12 node tests (Debian package libonnx-testdata), each named for its folder there: what others
 * mean by the same operations.
 */
class OnnxFactsTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();

    private static Tensor value(Op op, Tensor... inputs) {
        Tape tape = Tape.none(ENGINE);
        return tape.apply(op, Arrays.stream(inputs).map(tape::constant).toArray(Variable[]::new))
                .value();
    }

    private static Tensor counting(int height, int width) {
        return Tensor.generate(Shape.of(1, height, width, 1), i -> i + 1);
    }

    private static void assertValues(Tensor actual, double... expected) {
        float[] values = actual.toArray();
        assertEquals(expected.length, values.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], values[i], 2e-6, "value " + i);
        }
    }

    private static Tensor firstLine(Tensor image) {
        int width = image.shape().dim(2);
        return Tensor.of(Shape.of(width), Arrays.copyOf(image.toArray(), width));
    }

    @Test
    void should_agree_with_test_instancenorm_example() {
        Tensor x = Tensor.of(Shape.of(1, 1, 3, 2), -1, 2, 0, 3, 1, 4);
        Tensor scale = Tensor.of(Shape.of(2), 1, 1.5f);
        Tensor y = value(NormaliseOp.instance(1e-5), x, scale, Tensor.of(Shape.of(2), 0, 1));
        assertValues(y, -1.2247356, -0.8371035, 0, 1, 1.2247356, 2.8371034);
    }

    /** The first pixels of the three channels, with the given statistics. */
    @Test
    void should_agree_with_test_batchnorm_example() {
        Shape three = Shape.of(3);
        Tensor mean = Tensor.of(three, -0.4351535f, 1.8492638f, 0.6722947f);
        Tensor variance = Tensor.of(three, 0.9755215f, 0.8558034f, 0.0117141f);
        Tensor scale = Tensor.of(three, 0.3764255f, -1.0994008f, 0.2982382f);
        Tensor shift = Tensor.of(three, 1.3263859f, -0.6945679f, -0.1496345f);
        Tensor x = Tensor.of(Shape.of(2, 3), 1.7640524f, -2.5529897f, 0.6722947f, 0.4001572f, 0.6536186f, 0.6722947f);
        Tensor y = value(new NormaliseByOp(mean, variance, 1e-5), x, scale, shift);
        assertValues(y, 2.1645408, 4.537117, -0.1496345, 1.644737, 0.7263495, -0.1496345);
    }

    @Test
    void should_agree_with_test_resize_upsample_scales_linear() {
        Op op = Resample2dOp.bilinear(Extent.times(2), Extent.times(2), false);
        assertValues(
                value(op, counting(2, 2)),
                1,
                1.25,
                1.75,
                2,
                1.5,
                1.75,
                2.25,
                2.5,
                2.5,
                2.75,
                3.25,
                3.5,
                3,
                3.25,
                3.75,
                4);
    }

    @Test
    void should_agree_with_test_resize_upsample_scales_linear_align_corners() {
        Op op = Resample2dOp.bilinear(Extent.times(2), Extent.times(2), true);
        assertValues(firstLine(value(op, counting(2, 2))), 1, 1.3333334, 1.6666666, 2);
    }

    @Test
    void should_agree_with_test_resize_upsample_scales_cubic() {
        Op op = Resample2dOp.bicubic(Extent.times(2), Extent.times(2), false);
        assertValues(
                firstLine(value(op, counting(4, 4))),
                0.4726562,
                0.7695312,
                1.2460938,
                1.875,
                2.28125,
                2.9101562,
                3.3867188,
                3.6835938);
    }

    @Test
    void should_agree_with_test_resize_upsample_scales_cubic_align_corners() {
        Op op = Resample2dOp.bicubic(Extent.times(2), Extent.times(2), true);
        assertValues(
                firstLine(value(op, counting(4, 4))),
                1,
                1.3411078,
                1.8002915,
                2.3294461,
                2.6705539,
                3.1997085,
                3.6588922,
                4);
    }

    /** Strides 3 and 2, padding 1 above and below, 2 to the left and right, both output channels alike. */
    @Test
    void should_agree_with_test_convtranspose_pads() {
        Window2d window = Window2d.of(3, 3).stride(3, 2).padding(1, 1, 2, 2);
        Tensor x = Tensor.generate(Shape.of(1, 3, 3, 1), i -> i);
        Tensor y = value(
                new ConvTranspose2dOp(window, 1, 0, 0),
                x,
                Tensor.zeros(3, 3, 1, 1).fill(1));
        assertEquals(Shape.of(1, 7, 3, 1), y.shape());
        assertValues(y, 1, 1, 3, 1, 1, 3, 7, 4, 9, 7, 4, 9, 7, 4, 9, 13, 7, 15, 13, 7, 15);
    }

    @Test
    void should_agree_with_test_averagepool_2d_precomputed_same_upper() {
        Op op = new AvgPool2dOp(Window2d.of(3, 3).stride(2), false, true);
        assertValues(value(op, counting(5, 5)), 4, 5.5, 7, 11.5, 13, 14.5, 19, 20.5, 22);
    }

    @Test
    void should_agree_with_test_averagepool_2d_precomputed_pads_count_include_pad() {
        Op op = new AvgPool2dOp(Window2d.of(5, 5).padding(2), true);
        assertValues(firstLine(value(op, counting(5, 5))), 2.52, 3.6, 4.8, 4.08, 3.24);
    }

    @Test
    void should_agree_with_test_maxunpool_export_without_output_shape() {
        Pool2dGeometry g = Pool2dGeometry.parse("b1 4x4x1 k2x2 s2 p0 d1");
        Tensor y = value(new MaxUnpool2dOp(g, new int[] {3, 3, 3, 3}), counting(2, 2));
        assertArrayEquals(new float[] {0, 0, 0, 0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 3, 0, 4}, y.toArray());
    }

    @Test
    void should_agree_with_activations_of_examples() {
        Tensor x = Tensor.of(Shape.of(3), -1, 0, 1);
        assertValues(value(new ActivationOp(UnaryFunction.elu(2)), x), -1.2642412, 0, 1); // test_elu_example
        assertValues(
                value(new ActivationOp(UnaryFunction.SOFTPLUS), x),
                0.3132617,
                0.6931472,
                1.3132617); // test_softplus_example
        assertValues(
                value(new ActivationOp(UnaryFunction.HARD_SWISH), Tensor.of(Shape.of(2), 1.7640524f, -0.9772779f)),
                1.400673,
                -0.3294603); // test_hardswish
    }
}
