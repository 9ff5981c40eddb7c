package dev.lanes.layers.optimisers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.UpdateOps;
import org.junit.jupiter.api.Test;

/**
 * The steps of optimisers against the numbers of ONNX 1.12, ai.onnx.preview.training, as Debian's libonnx-testdata has
 * them: test_momentum, test_nesterov_momentum, test_adam, test_adam_multiple, test_adagrad, test_adagrad_multiple. There
 * the count of updates is 0, where ONNX corrects nothing.
 */
class OnnxUpdatesTest {
    private static final UpdateOps UPDATE = Engine.builder().threads(1).build().update();
    private static final float NO_BOUND = Float.POSITIVE_INFINITY;

    private static Tensor of(float... values) {
        return Tensor.of(Shape.of(values.length), values);
    }

    private static void assertValues(Tensor actual, float... expected) {
        assertArrayEquals(expected, actual.toArray(), 1e-6f);
    }

    @Test
    void should_gather_momentum() {
        Tensor v = of(1.7f, 3.6f);
        Tensor x = of(1.2f, 2.8f);
        UPDATE.momentum(1, NO_BOUND, 0.001f, 0.95f, false, 0.1f, of(-0.94f, -2.5f), v, x);
        assertValues(v, 0.67620003f, 0.92279983f);
        assertValues(x, 1.13238f, 2.70772f);
    }

    @Test
    void should_look_ahead_after_nesterov() {
        Tensor v = of(1.7f, 3.6f);
        Tensor x = of(1.2f, 2.8f);
        UPDATE.momentum(1, NO_BOUND, 0.01f, 0.95f, true, 0.1f, of(-0.94f, -2.5f), v, x);
        assertValues(v, 0.68700004f, 0.94799995f);
        assertValues(x, 1.227535f, 2.95714f);
    }

    @Test
    void should_step_as_adam() {
        Tensor v = of(1.7f, 3.6f);
        Tensor h = of(0.1f, 0.1f);
        Tensor x = of(1.2f, 2.8f);
        UPDATE.adaptive(1, NO_BOUND, 0.001f, 0.95f, 0.1f, 0.9f, 1, 1e-7f, 1, 0.1f, of(-0.94f, -2.5f), v, h, x);
        assertValues(v, 1.56806f, 3.2951398f);
        assertValues(h, 0.8032108f, 5.622407f);
        assertValues(x, 1.0250363f, 2.6610327f);
    }

    @Test
    void should_step_as_adam_with_another_epsilon() {
        Tensor v = of(4, 1);
        Tensor h = of(1, 10);
        Tensor x = of(1, 2);
        UPDATE.adaptive(1, NO_BOUND, 0.001f, 0.95f, 0.85f, 0.15f, 1, 0.01f, 1, 0.1f, of(-1, -3), v, h, x);
        assertValues(v, 3.75005f, 0.80009997f);
        assertValues(h, 0.9997002f, 9.848201f);
        assertValues(x, 0.6286528f, 1.9745853f);
    }

    @Test
    void should_step_as_adagrad() {
        Tensor h = of(2);
        Tensor x = of(1);
        UPDATE.adaptive(1, NO_BOUND, 0.001f, 0, 1, 1, 1, 1e-5f, 1, 0.1f, of(-1), null, h, x);
        assertValues(h, 2.998001f);
        assertValues(x, 1.0576962f);
        Tensor more = of(4, 1);
        Tensor two = of(1, 2);
        UPDATE.adaptive(1, NO_BOUND, 0.001f, 0, 1, 1, 1, 1e-5f, 1, 0.1f, of(-1, -3), null, more, two);
        assertValues(more, 4.998001f, 9.988004f);
        assertValues(two, 1.0446854f, 2.0948617f);
    }
}
