package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.AxpbyKernel;
import dev.lanes.numerics.kernels.Conv2dBackwardWeightsKernel;
import dev.lanes.numerics.kernels.Conv2dForwardKernel;
import dev.lanes.numerics.kernels.DoubleGemmKernel;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.GemmKernel;
import dev.lanes.numerics.kernels.Kernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import dev.lanes.tests.kit.Geometries;
import dev.lanes.tests.kit.KernelEntry;
import dev.lanes.tests.kit.Kernels;
import dev.lanes.tests.kit.Seed;
import dev.lanes.tests.kit.Values;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promise behind equal bits: every output of a fast kernel is one chain of fused multiply-adds in a fixed order, of a
 * dot product 16 such chains, added in halves, of a gradient by the weights one for each part of the batch. They are
 * written out here in scalar Java; the kernels must give their bits, but for the sign of a zero.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderOfSumsTest {
    private final List<KernelEntry<?, ?>> promising = Kernels.all().stream()
            .filter(entry -> entry.deterministic() && !entry.isReference())
            .toList();

    private Parallel team;
    private Workspace workspace;

    @BeforeAll
    void start() {
        assumeFalse(promising.isEmpty(), () -> "no backend but the reference: " + Kernels.unavailable());
        team = Parallel.ofThreads(2, Parallel.DEFAULT_SPIN);
        workspace = new Workspace(team);
    }

    @AfterAll
    void stop() {
        if (team != null) {
            team.close();
        }
    }

    /** Those that promise an order; the reference sums in double, and a native library as it likes. */
    private <G, K extends Kernel<G>> List<K> promising(Slot<G, K> slot) {
        return promising.stream()
                .filter(entry -> entry.slot() == slot)
                .map(entry -> OrderOfSumsTest.<G, K>kernel(entry))
                .toList();
    }

    @SuppressWarnings("unchecked") // the entry's slot is Slot<G, K>, as its user has seen
    private static <G, K extends Kernel<G>> K kernel(KernelEntry<?, ?> entry) {
        return (K) entry.kernel();
    }

    static List<GemmGeometry> products() {
        return Geometries.gemm().stream()
                .filter(g -> g.ldc() == g.n() && g.flops() < 100_000)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("products")
    void should_sum_a_product_along_k_and_dot_products_in_parts(GemmGeometry g) {
        for (GemmKernel kernel : promising(Slot.GEMM)) {
            if (kernel.supports(g)) {
                gemm(kernel, g, 1f, 0f, Epilogue.NONE);
                gemm(kernel, g, 1f, 1f, Epilogue.NONE);
                gemm(kernel, g, 0.3f, -0.7f, Epilogue.NONE);
                Values values = new Values(Seed.random("bias"));
                Epilogue bias = Epilogue.bias(values.ordinary(g.n() + 3), 3);
                gemm(kernel, g, 1f, 0f, bias);
                gemm(kernel, g, 1f, 1f, bias.relu());
            }
        }
    }

    private void gemm(GemmKernel kernel, GemmGeometry g, float alpha, float beta, Epilogue epilogue) {
        Values values = new Values(Seed.random("order " + g));
        float[] a = values.any(g.spanA());
        float[] b = values.any(g.spanB());
        float[] c = values.ordinary(g.spanC());
        float[] expected = new float[c.length];
        for (int i = 0; i < g.m(); i++) {
            for (int j = 0; j < g.n(); j++) {
                float sum = beta == 0 ? 0f : beta * c[i * g.ldc() + j];
                sum += epilogue.bias() == null ? 0f : epilogue.bias()[epilogue.biasOffset() + j];
                float[] parts = new float[16];
                for (int p = 0; p < g.k(); p++) {
                    float left = a[g.transA() ? p * g.lda() + i : i * g.lda() + p];
                    float right = b[g.transB() ? j * g.ldb() + p : p * g.ldb() + j];
                    if (g.isDots()) {
                        parts[p % 16] = Math.fma(left, right, parts[p % 16]);
                    } else {
                        sum = Math.fma(left, alpha * right, sum);
                    }
                }
                sum = g.isDots() ? Math.fma(alpha, addedInHalves(parts), sum) : sum;
                expected[i * g.ldc() + j] = clamp(sum, epilogue);
            }
        }
        kernel.run(g, alpha, a, 0, b, 0, beta, c, 0, epilogue, workspace);
        sameBits(kernel.name() + " " + g + " alpha " + alpha + " beta " + beta + " " + epilogue, expected, c);
    }

    @ParameterizedTest
    @MethodSource("products")
    void should_sum_a_product_in_double_precision_the_same_way(GemmGeometry g) {
        Values values = new Values(Seed.random("double order " + g));
        double[] a = values.anyDouble(g.spanA());
        double[] b = values.anyDouble(g.spanB());
        double[] before = values.anyDouble(g.spanC());
        double[] expected = before.clone();
        for (int at = 0; at < expected.length; at++) {
            expected[at] = inOrder(g, a, b, at / g.ldc(), at % g.ldc(), -0.7 * before[at]);
        }
        for (DoubleGemmKernel kernel : promising(Slot.DOUBLE_GEMM)) {
            if (kernel.supports(g)) {
                double[] c = before.clone();
                kernel.run(g, 0.3, a, 0, b, 0, -0.7, c, 0, workspace);
                for (int i = 0; i < c.length; i++) {
                    c[i] += 0.0; // the sign of a zero is free
                    expected[i] += 0.0;
                }
                assertArrayEquals(expected, c, kernel.name() + " " + g);
            }
        }
    }

    private static double inOrder(GemmGeometry g, double[] a, double[] b, int i, int j, double sum) {
        double[] parts = new double[8];
        double chain = sum;
        for (int p = 0; p < g.k(); p++) {
            double left = a[g.transA() ? p * g.lda() + i : i * g.lda() + p];
            double right = b[g.transB() ? j * g.ldb() + p : p * g.ldb() + j];
            chain = Math.fma(left, 0.3 * right, chain);
            parts[p % 8] = Math.fma(left, right, parts[p % 8]);
        }
        double even = parts[0] + parts[4] + (parts[2] + parts[6]);
        double odd = parts[1] + parts[5] + (parts[3] + parts[7]);
        return g.isDots() ? Math.fma(0.3, even + odd, sum) : chain;
    }

    private static float addedInHalves(float[] parts) {
        for (int half = parts.length / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                parts[i] += parts[i + half];
            }
        }
        return parts[0];
    }

    static List<Conv2dGeometry> convolutions() {
        return Geometries.conv2d().stream().filter(g -> g.flops() < 100_000).toList();
    }

    @ParameterizedTest
    @MethodSource("convolutions")
    void should_sum_a_convolution_tap_by_tap(Conv2dGeometry g) {
        Values values = new Values(Seed.random("order " + g));
        float[] x = values.any(g.inputShape().elements());
        float[] w = values.any(g.weightShape().elements());
        Epilogue bias = Epilogue.bias(values.ordinary(g.outC() + 1), 1);
        float[] residual = values.ordinary(g.outputShape().elements() + 2);
        for (Epilogue epilogue : List.of(
                Epilogue.NONE, bias.relu(), bias.residual(residual, 2, 0).relu())) {
            float[] expected = convolution(g, x, w, epilogue);
            for (Conv2dForwardKernel kernel : promising(Slot.CONV2D_FORWARD)) {
                if (kernel.supports(g)) {
                    float[] y = new float[expected.length];
                    kernel.run(g, x, 0, w, 0, y, 0, epilogue, workspace);
                    sameBits(kernel.name() + " " + g + " " + epilogue, expected, y);
                }
            }
        }
    }

    private static float[] convolution(Conv2dGeometry g, float[] x, float[] w, Epilogue epilogue) {
        float[] y = new float[g.outputShape().elements()];
        for (int i = 0; i < y.length; i++) {
            int co = i % g.outC();
            int ow = i / g.outC() % g.outW();
            int oh = i / g.outC() / g.outW() % g.outH();
            int b = i / g.outC() / g.outW() / g.outH();
            float sum = pixel(g, x, w, epilogue, b, oh, ow, co);
            float more = epilogue.residual() == null ? 0f : epilogue.residual()[i + epilogue.residualShift()];
            y[i] = clamp(sum + more, epilogue);
        }
        return y;
    }

    private static float pixel(
            Conv2dGeometry g, float[] x, float[] w, Epilogue epilogue, int b, int oh, int ow, int co) {
        Window2d window = g.window();
        float sum = epilogue.bias() == null ? 0f : epilogue.bias()[epilogue.biasOffset() + co];
        for (int kh = 0; kh < window.kH(); kh++) {
            for (int kw = 0; kw < window.kW(); kw++) {
                int ih = oh * window.strideH() + kh * window.dilationH() - window.padTop();
                int iw = ow * window.strideW() + kw * window.dilationW() - window.padLeft();
                if (ih < 0 || ih >= g.inH() || iw < 0 || iw >= g.inW()) {
                    continue; // a pixel outside counts as an exact zero
                }
                for (int ci = 0; ci < g.inCPerGroup(); ci++) {
                    int channel = co / g.outCPerGroup() * g.inCPerGroup() + ci;
                    float pixel = x[((b * g.inH() + ih) * g.inW() + iw) * g.inC() + channel];
                    sum = Math.fma(pixel, w[((kh * window.kW() + kw) * g.inCPerGroup() + ci) * g.outC() + co], sum);
                }
            }
        }
        return sum;
    }

    static List<Conv2dGeometry> gradients() {
        return Geometries.conv2d().stream()
                .filter(g -> g.flops() < 100_000 || g.gradientParts() > 1)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void should_sum_a_gradient_by_the_weights_pixel_by_pixel_in_parts_of_whole_images(Conv2dGeometry g) {
        Values values = new Values(Seed.random("order " + g));
        float[] x = values.any(g.inputShape().elements());
        float[] dy = values.any(g.outputShape().elements());
        float[] expected = new float[g.weightShape().elements()];
        for (int at = 0; at < expected.length; at++) {
            for (int part = 0; part < g.gradientParts(); part++) {
                float sum = 0f;
                for (int b = g.firstImage(part); b < g.firstImage(part + 1); b++) {
                    sum = image(g, x, dy, b, at / g.outC(), at % g.outC(), sum);
                }
                expected[at] = part == 0 ? sum : expected[at] + sum;
            }
        }
        for (Conv2dBackwardWeightsKernel kernel : promising(Slot.CONV2D_BACKWARD_WEIGHTS)) {
            if (kernel.supports(g)) {
                float[] dw = new float[expected.length];
                kernel.run(g, x, 0, dy, 0, dw, 0, workspace);
                sameBits(kernel.name() + " " + g, expected, dw);
            }
        }
    }

    /** Adds one image to the sum of one weight. */
    private static float image(Conv2dGeometry g, float[] x, float[] dy, int b, int tap, int co, float before) {
        Window2d window = g.window();
        int channel = co / g.outCPerGroup() * g.inCPerGroup() + tap % g.inCPerGroup();
        int kw = tap / g.inCPerGroup() % window.kW();
        int kh = tap / g.inCPerGroup() / window.kW();
        float sum = before;
        for (int pixel = 0; pixel < g.outH() * g.outW(); pixel++) {
            int ih = pixel / g.outW() * window.strideH() + kh * window.dilationH() - window.padTop();
            int iw = pixel % g.outW() * window.strideW() + kw * window.dilationW() - window.padLeft();
            if (ih >= 0 && ih < g.inH() && iw >= 0 && iw < g.inW()) {
                float value = x[((b * g.inH() + ih) * g.inW() + iw) * g.inC() + channel];
                sum = Math.fma(value, dy[(b * g.outH() * g.outW() + pixel) * g.outC() + co], sum);
            }
        }
        return sum;
    }

    static List<RowsGeometry> rows() {
        return List.copyOf(Geometries.rows());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void should_fuse_axpby(RowsGeometry g) {
        for (AxpbyKernel kernel : promising(Slot.AXPBY)) {
            for (float beta : new float[] {0f, 1f, -0.7f}) {
                Values values = new Values(Seed.random("order " + g));
                float[] x = values.any(g.elements());
                float[] y = values.ordinary(g.elements());
                float[] expected = new float[y.length];
                for (int i = 0; i < y.length; i++) {
                    expected[i] = Math.fma(0.3f, x[i], beta == 0 ? 0f : beta * y[i]);
                }
                kernel.run(g, 0.3f, x, 0, beta, y, 0, workspace);
                sameBits(kernel.name() + " " + g + " beta " + beta, expected, y);
            }
        }
    }

    private static float clamp(float value, Epilogue epilogue) {
        return Math.min(Math.max(value, epilogue.low()), epilogue.high());
    }

    private static void sameBits(String what, float[] expected, float[] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToIntBits(expected[i] + 0f) != Float.floatToIntBits(actual[i] + 0f)) {
                fail(what + ": [" + i + "] is " + actual[i] + ", the chain gives " + expected[i] + " (seed "
                        + Seed.VALUE + ")");
            }
        }
    }
}
