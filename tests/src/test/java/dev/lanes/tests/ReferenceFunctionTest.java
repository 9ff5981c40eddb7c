package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.UnaryFunction;
import dev.lanes.tests.kit.Geometries;
import dev.lanes.tests.kit.TrueFunctions;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle of the functions against values known by heart, and its derivatives against differences. */
@Tag("once")
class ReferenceFunctionTest {
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

    private static float value(UnaryFunction f, float x) {
        Tensor y = Tensor.scalar(0);
        engine.elementwise().apply(f, Tensor.scalar(x), y);
        return y.item();
    }

    private static float derivative(UnaryFunction f, int order, float x) {
        Tensor y = Tensor.scalar(0);
        if (order == 1) {
            engine.elementwise().derivative(f, Tensor.scalar(x), Tensor.scalar(1), y);
        } else {
            engine.elementwise().secondDerivative(f, Tensor.scalar(x), Tensor.scalar(1), y);
        }
        return y.item();
    }

    static List<UnaryFunction> functions() {
        return Geometries.FUNCTIONS;
    }

    @Test
    void should_have_values_that_are_known() {
        assertEquals(0.84270079f, value(UnaryFunction.ERF, 1f));
        assertEquals(2.7182817f, value(UnaryFunction.EXP, 1f));
        assertEquals(0.7310586f, value(UnaryFunction.SIGMOID, 1f));
        assertEquals(0.84134475f, value(UnaryFunction.GELU, 1f));
        assertEquals(-0.15865526f, value(UnaryFunction.GELU, -1f));
        assertEquals(0.6931472f, value(UnaryFunction.SOFTPLUS, 0f));
        assertEquals(2f / 3, value(UnaryFunction.HARD_SWISH, 1f));
        assertEquals(-1.1113307f, value(UnaryFunction.SELU, -1f));
        assertEquals(-0.02f, value(UnaryFunction.leakyRelu(0.01f), -2f));
        assertEquals(6f, value(UnaryFunction.clamp(0, 6), 7f));
    }

    @Test
    void should_reach_their_limits() {
        for (UnaryFunction f :
                List.of(UnaryFunction.GELU, UnaryFunction.SILU, UnaryFunction.HARD_SWISH, UnaryFunction.SOFTPLUS)) {
            assertEquals(0f, Math.abs(value(f, -INF)), f::toString);
            assertEquals(INF, value(f, INF), f::toString);
            assertEquals(0f, Math.abs(derivative(f, 1, -INF)), f::toString);
            assertEquals(1f, derivative(f, 1, INF), f::toString);
            assertEquals(0f, Math.abs(derivative(f, 2, INF)), f::toString);
        }
        assertEquals(-INF, value(UnaryFunction.LOG, 0f));
        assertTrue(Float.isNaN(value(UnaryFunction.LOG, -1f)));
        for (UnaryFunction f : functions()) {
            assertTrue(Float.isNaN(value(f, Float.NaN)), f::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void should_have_derivatives_that_differences_confirm(UnaryFunction f) {
        boolean positive =
                EnumSet.of(UnaryFunction.Kind.LOG, UnaryFunction.Kind.SQRT).contains(f.kind());
        double h = 1.0 / 128;
        for (float x = positive ? 0.53f : -4.47f; x < 5; x += 0.37f) {
            double first = (value(f, (float) (x + h)) - value(f, (float) (x - h))) / (2 * h);
            double second = (derivative(f, 1, (float) (x + h)) - derivative(f, 1, (float) (x - h))) / (2 * h);
            assertEquals(first, derivative(f, 1, x), 1e-3 * Math.max(1, Math.abs(first)), f + "' at " + x);
            assertEquals(second, derivative(f, 2, x), 1e-3 * Math.max(1, Math.abs(second)), f + "'' at " + x);
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void should_multiply_by_the_factor(UnaryFunction f) {
        Tensor x = Tensor.of(Shape.of(2), 0.4f, 1.3f);
        Tensor y = Tensor.zeros(2);
        engine.elementwise().derivative(f, x, Tensor.of(Shape.of(2), -3, 0.5f), y);
        assertEquals(-3 * derivative(f, 1, 0.4f), y.get(0));
        assertEquals(0.5f * derivative(f, 1, 1.3f), y.get(1));
    }

    @Test
    void should_agree_with_the_truth_of_the_accuracy_tests() {
        for (UnaryFunction f : List.of(UnaryFunction.ERF, UnaryFunction.GELU, UnaryFunction.SOFTPLUS)) {
            for (float x = -13; x < 8; x += 0.01f) {
                float truth = (float) TrueFunctions.value(f, x);
                float difference = Math.abs(value(f, x) - truth);
                assertTrue(difference <= Math.ulp(truth), f + " at " + x + ": " + value(f, x) + ", not " + truth);
            }
        }
    }
}
