package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.UnaryFunction;
import dev.lanes.tests.kit.TrueFunctions;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How far the functions are from the truth, in units of the last place: the bounds that their Javadoc states. */
class FunctionAccuracyTest {
    private static final int BLOCK = 1 << 16;
    private static final long FLOATS = 1L << 32;
    /** A prime, so that the sample meets all bits of the mantissa in every binade. */
    private static final int STRIDE = 4099;

    static Stream<Arguments> bounds() {
        return Stream.of(
                Arguments.of(UnaryFunction.EXP, 1.0),
                Arguments.of(UnaryFunction.ERF, 1.0),
                Arguments.of(UnaryFunction.SIGMOID, 1.0),
                Arguments.of(UnaryFunction.TANH, 1.0),
                Arguments.of(UnaryFunction.LOG, 1.0),
                Arguments.of(UnaryFunction.SILU, 2.0),
                Arguments.of(UnaryFunction.SOFTPLUS, 2.0),
                Arguments.of(UnaryFunction.GELU, 5.0),
                Arguments.of(UnaryFunction.SELU, 2.0),
                Arguments.of(UnaryFunction.elu(1f), 2.0),
                Arguments.of(UnaryFunction.SQRT, 0.5));
    }

    /** The error that was the largest, and where. */
    private record Worst(double ulps, float x, float y) {
        static final Worst NONE = new Worst(-1, 0, 0);

        Worst or(Worst other) {
            return other.ulps > ulps ? other : this;
        }

        @Override
        public String toString() {
            return ulps + " ulp at " + Float.toHexString(x) + ", where it gives " + Float.toHexString(y);
        }
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void should_keep_the_bound_on_a_sample(UnaryFunction function, double bound) {
        try (Engine engine = Engine.builder().threads(1).build()) {
            Worst worst = Worst.NONE;
            long perBlock = (long) BLOCK * STRIDE;
            for (long first = 0; first < FLOATS; first += perBlock) {
                worst = worst.or(block(engine, function, first, STRIDE));
            }
            System.out.println(engine + " " + function + ": at most " + worst + " (sample)");
            check(function, bound, worst);
        }
    }

    /** All floats there are, on all processors: minutes. The measured maxima stand in the Javadoc of the functions. */
    @Tag("exhaustive")
    @ParameterizedTest
    @MethodSource("bounds")
    void should_keep_the_bound_on_every_float(UnaryFunction function, double bound) {
        String execution = System.getProperty("lanes.tests.execution", "widest");
        assumeTrue(execution.equals("widest"), "the bits do not depend on the width");
        AtomicLong done = new AtomicLong();
        try (Engine engine = Engine.builder().threads(1).build()) {
            Worst worst = LongStream.range(0, FLOATS / BLOCK)
                    .parallel()
                    .mapToObj(i -> {
                        long blocks = done.incrementAndGet();
                        if (blocks % 8192 == 0) {
                            System.out.println(function + ": " + 100 * blocks * BLOCK / FLOATS + " %");
                        }
                        return block(engine, function, i * BLOCK, 1);
                    })
                    .reduce(Worst.NONE, Worst::or);
            System.out.println(engine + " " + function + ": at most " + worst + " (all 2^32 floats)");
            check(function, bound, worst);
        }
    }

    static Stream<UnaryFunction> throughZero() {
        return Stream.of(UnaryFunction.TANH, UnaryFunction.ERF, UnaryFunction.SILU, UnaryFunction.GELU);
    }

    /** Which an error in units of the last place cannot see. */
    @ParameterizedTest
    @MethodSource("throughZero")
    void should_keep_the_sign_of_zero(UnaryFunction function) {
        try (Engine engine = Engine.builder().threads(1).build()) {
            float[] x = {0f, -0f, -Float.MIN_VALUE, Float.MIN_VALUE};
            float[] y = new float[x.length];
            Shape shape = Shape.of(x.length);
            engine.elementwise().apply(function, Tensor.wrap(x, 0, shape), Tensor.wrap(y, 0, shape));
            for (int i = 0; i < x.length; i++) {
                assertEquals(Math.copySign(1f, x[i]), Math.copySign(1f, y[i]), function + " of " + x[i]);
            }
        }
    }

    private static void check(UnaryFunction function, double bound, Worst worst) {
        assertTrue(worst.ulps <= bound, () -> function + " is off by " + worst + "; its bound is " + bound);
    }

    private static Worst block(Engine engine, UnaryFunction function, long first, int stride) {
        int count = (int) Math.min(BLOCK, Math.ceilDiv(FLOATS - first, stride));
        float[] x = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = Float.intBitsToFloat((int) (first + (long) i * stride));
        }
        float[] y = new float[count];
        Shape shape = Shape.of(count);
        engine.elementwise().apply(function, Tensor.wrap(x, 0, shape), Tensor.wrap(y, 0, shape));
        Worst worst = Worst.NONE;
        for (int i = 0; i < count; i++) {
            double ulps = TrueFunctions.ulps(y[i], TrueFunctions.value(function, x[i]));
            if (ulps > worst.ulps) {
                worst = new Worst(ulps, x[i], y[i]);
            }
        }
        return worst;
    }
}
