package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.tests.kit.Geometries;
import dev.lanes.tests.kit.Oracle;
import dev.lanes.tests.kit.Seed;
import dev.lanes.tests.kit.Values;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The oracle of all other suites against values worked out by hand, and its gradients against what defines them. */
@Tag("once")
class ReferenceTest {
    private static final float NAN = Float.NaN;
    private static final float INF = Float.POSITIVE_INFINITY;
    private static Engine engine;

    @BeforeAll
    static void start() {
        engine = Engine.builder().backend("reference").threads(1).build();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static Tensor of(int[] dims, float... values) {
        return Tensor.of(Shape.of(dims), values);
    }

    private static int[] dims(int... dims) {
        return dims;
    }

    @Test
    void should_multiply_matrices_in_all_four_transpositions() {
        Tensor a = of(dims(2, 3), 1, 2, 3, 4, 5, 6);
        Tensor at = of(dims(3, 2), 1, 4, 2, 5, 3, 6);
        Tensor b = of(dims(3, 2), 7, 8, 9, 10, 11, 12);
        Tensor bt = of(dims(2, 3), 7, 9, 11, 8, 10, 12);
        float[] product = {58, 64, 139, 154};
        for (int i = 0; i < 4; i++) {
            boolean transA = i / 2 == 1;
            boolean transB = i % 2 == 1;
            Tensor c = of(dims(2, 2), NAN, NAN, NAN, NAN);
            engine.matrix().gemm(transA, transB, 1f, transA ? at : a, transB ? bt : b, 0f, c);
            assertArrayEquals(product, c.toArray());
            engine.matrix().gemm(transA, transB, 0.5f, transA ? at : a, transB ? bt : b, -1f, c);
            assertArrayEquals(new float[] {-29, -32, -69.5f, -77}, c.toArray());
        }
        Tensor y = Tensor.zeros(2, 2);
        engine.matrix().linear(a, b, of(dims(2), 100, 200), y);
        assertArrayEquals(new float[] {158, 264, 239, 354}, y.toArray());
    }

    @Test
    void should_honour_leading_dimensions_offsets_and_clamps() {
        float[] c = {9, 9, 9, 9, 9, 9, 9};
        Oracle.kernel(Slot.GEMM)
                .run(
                        dev.lanes.numerics.geometry.GemmGeometry.parse("NN m2 n1 k2 lda3 ldb2 ldc4"),
                        1f,
                        new float[] {0, 1, 2, 0, 3, 4},
                        1,
                        new float[] {1, 0, 1},
                        0,
                        0f,
                        c,
                        1,
                        Epilogue.bias(new float[] {0, -4}, 1).clamp(0f, 2f),
                        Oracle.workspace());
        assertArrayEquals(new float[] {9, 0, 9, 9, 9, 2, 9}, c); // 1 + 2 - 4 and 3 + 4 - 4, clamped to [0, 2]
    }

    @Test
    void should_convolve_with_asymmetric_padding_stride_and_bias() {
        Conv2dGeometry g = Conv2dGeometry.parse("b1 3x3x1 -> 1 k2x2 s2 p0,1,0,1 d1 g1");
        Tensor x = of(dims(1, 3, 3, 1), 1, 2, 3, 4, 5, 6, 7, 8, 9);
        Tensor w = of(dims(2, 2, 1, 1), 1, 10, 100, 1000);
        // rows 0 and 2, columns 0 and 2; the second of each hangs over the edge
        assertArrayEquals(
                new float[] {5421.5f, 603.5f, 87.5f, 9.5f},
                engine.conv2d(x, w, of(dims(1), 0.5f), g).toArray());
    }

    @Test
    void should_convolve_with_dilation() {
        Conv2dGeometry g = Conv2dGeometry.parse("b1 3x3x1 -> 1 k2x2 s1 p0 d2 g1");
        Tensor x = of(dims(1, 3, 3, 1), 1, 2, 3, 4, 5, 6, 7, 8, 9);
        Tensor w = of(dims(2, 2, 1, 1), 1, 10, 100, 1000);
        assertArrayEquals(new float[] {9731}, engine.conv2d(x, w, null, g).toArray());
    }

    @Test
    void should_convolve_groups_apart() {
        // two groups of one channel, two outputs each: outputs 0 and 1 see channel 0, 2 and 3 see channel 1
        Conv2dGeometry g = Conv2dGeometry.parse("b1 1x2x2 -> 4 k1x1 s1 p0 d1 g2");
        Tensor x = of(dims(1, 1, 2, 2), 2, 3, 5, 7);
        Tensor w = of(dims(1, 1, 1, 4), 1, 10, 100, 1000);
        assertArrayEquals(
                new float[] {2, 20, 300, 3000, 5, 50, 700, 7000},
                engine.conv2d(x, w, null, g).toArray());
    }

    /** {@code <dy, conv(x, w)> = <backwardInput(dy, w), x> = <backwardWeights(x, dy), w>}: both are linear. */
    @Test
    void should_have_gradients_that_are_adjoint() {
        for (Conv2dGeometry g : Geometries.conv2d()) {
            if (g.flops() < 50_000) {
                Values values = new Values(Seed.random("adjoint " + g));
                Tensor x = whole(values, g.inputShape());
                Tensor w = whole(values, g.weightShape());
                Tensor dy = whole(values, g.outputShape());
                Tensor dx = Tensor.zeros(g.inputShape());
                Tensor dw = Tensor.zeros(g.weightShape());
                engine.conv2d().backwardInput(dy, w, g, dx);
                engine.conv2d().backwardWeights(x, dy, g, dw);
                double expected = dot(dy, engine.conv2d(x, w, null, g));
                assertEquals(expected, dot(dx, x), g::toString); // small whole numbers: nothing is rounded
                assertEquals(expected, dot(dw, w), g::toString);
            }
        }
    }

    private static Tensor whole(Values values, Shape shape) {
        return Tensor.of(shape, values.ties(shape.elements()));
    }

    private static double dot(Tensor a, Tensor b) {
        double sum = 0;
        for (int i = 0; i < a.elements(); i++) {
            sum += (double) a.array()[a.offset() + i] * b.array()[b.offset() + i];
        }
        return sum;
    }

    @Test
    void should_pool_and_remember_the_first_of_equal_taps() {
        Pool2dGeometry g = Pool2dGeometry.parse("b1 3x3x1 k2x2 s1 p0 d1");
        Tensor x = of(dims(1, 3, 3, 1), 1, 5, 2, 5, 3, NAN, -INF, -INF, -1);
        Tensor y = Tensor.zeros(g.outputShape());
        int[] switches = new int[4];
        engine.pool2d().max(x, g, y, switches);
        assertArrayEquals(new float[] {5, NAN, 5, NAN}, y.toArray());
        assertArrayEquals(new int[] {1, 3, 0, 1}, switches);

        Tensor dx = Tensor.zeros(x.shape()).fill(NAN);
        engine.pool2d().maxBackward(of(dims(1, 2, 2, 1), 1, 2, 4, 8), switches, g, dx);
        assertArrayEquals(new float[] {0, 1, 0, 4, 0, 10, 0, 0, 0}, dx.toArray());
    }

    @Test
    void should_keep_padding_out_of_a_maximum() {
        Pool2dGeometry g = Pool2dGeometry.parse("b1 2x2x1 k2x2 s2 p1 d1");
        Tensor x = of(dims(1, 2, 2, 1), -1, -2, -3, -INF);
        Tensor y = Tensor.zeros(g.outputShape());
        int[] switches = new int[4];
        engine.pool2d().max(x, g, y, switches);
        assertArrayEquals(new float[] {-1, -2, -3, -INF}, y.toArray());
        assertArrayEquals(new int[] {3, 2, 1, 0}, switches);
    }

    @Test
    void should_compute_elementwise() {
        Tensor a = of(dims(4), 1, -2, NAN, 0);
        Tensor b = of(dims(4), 10, 20, 30, 40);
        Tensor y = Tensor.zeros(4);
        engine.elementwise().add(a, b, y);
        assertArrayEquals(new float[] {11, 18, NAN, 40}, y.toArray());
        engine.elementwise().multiply(a, b, y);
        assertArrayEquals(new float[] {10, -40, NAN, 0}, y.toArray());
        engine.elementwise().reluBackward(a, b, y);
        assertArrayEquals(new float[] {10, 0, 0, 0}, y.toArray());
        assertArrayEquals(
                new float[] {0, 0, NAN, INF, 0},
                engine.relu(of(dims(5), -0f, -INF, NAN, INF, -1)).toArray());
        y = of(dims(4), NAN, NAN, NAN, NAN);
        engine.elementwise().axpby(2f, b, 0f, y);
        assertArrayEquals(new float[] {20, 40, 60, 80}, y.toArray());
        engine.elementwise().axpby(1f, b, -0.5f, y);
        assertArrayEquals(new float[] {0, 0, 0, 0}, y.toArray());
    }

    @Test
    void should_work_along_rows() {
        Tensor x = of(dims(3, 2), 1, 2, 3, 4, 5, 6);
        Tensor y = Tensor.zeros(3, 2);
        engine.rows().addRow(x, of(dims(2), 10, 20), y);
        assertArrayEquals(new float[] {11, 22, 13, 24, 15, 26}, y.toArray());
        Tensor sum = of(dims(2), NAN, NAN);
        engine.rows().sum(x, sum);
        assertArrayEquals(new float[] {9, 12}, sum.toArray());
        engine.rows().sum(Tensor.zeros(0, 2), sum);
        assertArrayEquals(new float[] {0, 0}, sum.toArray());
    }

    @Test
    void should_take_a_softmax_without_overflow() {
        Tensor x = of(dims(4, 2), 0, (float) Math.log(3), 1e38f, 1e38f, -INF, 7, 3, -3e38f);
        float[] logSumExp = new float[4];
        Tensor y = Tensor.zeros(4, 2);
        engine.rows().softmax(x, y, logSumExp);
        assertArrayEquals(new float[] {0.25f, 0.75f, 0.5f, 0.5f, 0, 1, 1, 0}, y.toArray(), 0x1p-24f);
        assertArrayEquals(new float[] {(float) Math.log(4), 1e38f, 7, 3}, logSumExp);
        float[] hopeless =
                engine.softmax(of(dims(3, 2), -INF, -INF, NAN, 1, INF, 1)).toArray();
        for (float value : hopeless) {
            assertTrue(Float.isNaN(value), "a row without a finite maximum has no softmax");
        }
    }
}
