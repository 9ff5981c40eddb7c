package dev.lanes.openblas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.kernels.Slot;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Convolutions and their gradients through an engine, against the reference backend. */
@RequiresOpenBlas
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenBlasConv2dTest {
    private final Engine reference =
            Engine.builder().backend("reference").threads(1).build();

    @AfterAll
    void close() {
        reference.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b1 1x1x1 -> 1 k1x1 s1 p0 d1 g1",
                "b2 28x28x1 -> 6 k5x5 s1 p2 d1 g1",
                "b3 9x7x5 -> 4 k3x2 s2x1 p1,0,2,1 d1 g1",
                "b2 12x12x6 -> 10 k3x3 s1 p2 d2 g1",
                "b5 6x6x20 -> 130 k1x1 s1 p0 d1 g1",
                "b2 8x8x16 -> 24 k1x1 s2 p0 d1 g1",
                "b2 7x7x32 -> 48 k3x3 s1 p1 d1 g2",
                "b2 7x7x32 -> 32 k1x1 s1 p0 d1 g4",
                "b70 2x2x3 -> 5 k2x2 s1 p1 d1 g1",
                "b1 14x14x70 -> 200 k3x3 s1 p1 d1 g1",
                "b1 3x3x4 -> 4 k3x3 s1 p0 d1 g4",
                "b0 5x5x2 -> 3 k3x3 s1 p1 d1 g1",
                "b300 7x7x8 -> 9 k3x3 s1 p1 d1 g1",
            })
    void should_agree_with_the_reference(String text) {
        Conv2dGeometry g = Conv2dGeometry.parse(text);
        for (int threads = 1; threads <= 3; threads++) {
            try (Engine engine =
                    Engine.builder().backend("openblas").threads(threads).build()) {
                Tensor x = tensor(g.inputShape(), 1);
                Tensor w = tensor(g.weightShape(), 2);
                Tensor bias = tensor(Shape.of(g.outC()), 3);
                Tensor dy = tensor(g.outputShape(), 4);
                check("y", g, reference.conv2d(x, w, bias, g), engine.conv2d(x, w, bias, g), g.reductionLength());

                Tensor dx = nan(g.inputShape());
                Tensor expected = nan(g.inputShape());
                engine.conv2d().backwardInput(dy, w, g, dx);
                reference.conv2d().backwardInput(dy, w, g, expected);
                check("dx", g, expected, dx, g.window().kH() * g.window().kW() * g.outCPerGroup());

                Tensor dw = nan(g.weightShape());
                Tensor expectedW = nan(g.weightShape());
                engine.conv2d().backwardWeights(x, dy, g, dw);
                reference.conv2d().backwardWeights(x, dy, g, expectedW);
                check("dw", g, expectedW, dw, g.batch() * g.outH() * g.outW());
            }
        }
    }

    @Test
    void should_leave_depthwise_convolution_to_the_backend_below() {
        Conv2dGeometry depthwise = Conv2dGeometry.parse("b1 14x14x32 -> 32 k3x3 s1 p1 d1 g32");
        Conv2dGeometry full = Conv2dGeometry.parse("b1 14x14x32 -> 32 k3x3 s1 p1 d1 g1");
        try (Engine engine = Engine.builder().backend("openblas").threads(1).build()) {
            assertEquals(
                    "openblas",
                    engine.kernels().choose(Slot.CONV2D_FORWARD, full).name());
            assertNotEquals(
                    "openblas",
                    engine.kernels().choose(Slot.CONV2D_FORWARD, depthwise).name());
        }
    }

    @Test
    void should_give_the_same_gradient_every_time() {
        Conv2dGeometry g = Conv2dGeometry.parse("b64 14x14x8 -> 16 k3x3 s1 p1 d1 g1");
        Tensor x = tensor(g.inputShape(), 1);
        Tensor dy = tensor(g.outputShape(), 2);
        try (Engine engine = Engine.builder().backend("openblas").threads(3).build()) {
            Tensor first = nan(g.weightShape());
            engine.conv2d().backwardWeights(x, dy, g, first);
            for (int i = 0; i < 10; i++) {
                Tensor again = nan(g.weightShape());
                engine.conv2d().backwardWeights(x, dy, g, again);
                assertArrayEquals(first.toArray(), again.toArray());
            }
        }
    }

    private static void check(String name, Conv2dGeometry g, Tensor expected, Tensor actual, int terms) {
        float[] e = expected.toArray();
        float[] a = actual.toArray();
        double allowed = (terms + 4) * 0x1p-24 * (1 + terms * 0.25); // values are below a half
        for (int i = 0; i < e.length; i++) {
            if (!(Math.abs(e[i] - a[i]) <= allowed)) {
                throw new AssertionError(g + ": " + name + "[" + i + "] is " + a[i] + ", should be " + e[i]);
            }
        }
    }

    private static Tensor nan(Shape shape) {
        float[] values = new float[shape.elements()];
        Arrays.fill(values, Float.NaN);
        return Tensor.of(shape, values);
    }

    private static Tensor tensor(Shape shape, long seed) {
        Random random = new Random(seed);
        float[] values = new float[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return Tensor.of(shape, values);
    }
}
