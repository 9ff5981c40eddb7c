package dev.lanes.layers.optimisers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.ops.LinearOp;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every optimiser against its formula in double, and what they share. */
class OptimisersTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private static final long SEED = 5;
    private static final int N = 37; // vectors and a tail at every width

    private final Parameter w = new Parameter("fc.weight", Tensor.generate(Shape.of(N, 1), i -> (i - 18) / 8.0));
    private final Parameter b = new Parameter("fc.bias", Tensor.of(Shape.of(1), 2));
    private final Tape tape = Tape.recording(ENGINE);

    /** Returns gradients that are the given ones for the weight, and 1 for the bias. */
    private Gradients gradients(float[] dw) {
        tape.reset();
        Variable x = tape.constant(Tensor.of(Shape.of(1, N), dw));
        return tape.backward(tape.apply(LinearOp.LINEAR, x, tape.leaf(w), tape.leaf(b)));
    }

    private static float[] random(long number) {
        SeededRandom random = new SeededRandom(SEED + number);
        float[] values = new float[N];
        for (int i = 0; i < N; i++) {
            values[i] = (float) (random.nextGaussian() * 3);
        }
        return values;
    }

    /** An optimiser, and what it does to one weight: (weight, gradients so far) to the weight after them. */
    record Example(String name, BiFunction<List<Parameter>, Engine, Optimiser> make, Formula formula) {
        @Override
        public String toString() {
            return name;
        }
    }

    interface Formula {
        double after(double w, double[] gradients);
    }

    static Stream<Example> examples() {
        return Stream.of(
                new Example(
                        "sgd, momentum and decay",
                        (p, e) -> Sgd.builder(p, e)
                                .learningRate(0.1)
                                .momentum(0.8)
                                .weightDecay(0.05)
                                .build(),
                        (w, g) -> {
                            double v = 0;
                            for (double each : g) {
                                v = 0.8 * v + each + 0.05 * w;
                                w -= 0.1 * v;
                            }
                            return w;
                        }),
                new Example(
                        "adam with decay",
                        (p, e) -> Adam.builder(p, e)
                                .learningRate(0.1)
                                .meanKept(0.8)
                                .squareKept(0.95)
                                .epsilon(1e-3)
                                .weightDecay(0.05)
                                .build(),
                        (w, g) -> adam(w, g, 0.05, 0)),
                new Example(
                        "adamw",
                        (p, e) -> AdamW.builder(p, e)
                                .learningRate(0.1)
                                .meanKept(0.8)
                                .squareKept(0.95)
                                .epsilon(1e-3)
                                .weightDecay(0.05)
                                .build(),
                        (w, g) -> adam(w, g, 0, 0.05)),
                new Example(
                        "rmsprop",
                        (p, e) -> RmsProp.builder(p, e)
                                .learningRate(0.1)
                                .squareKept(0.9)
                                .weightDecay(0.05)
                                .build(),
                        (w, g) -> {
                            double s = 0;
                            for (double each : g) {
                                double d = each + 0.05 * w;
                                s = 0.9 * s + 0.1 * d * d;
                                w -= 0.1 * d / (Math.sqrt(s) + 1e-8);
                            }
                            return w;
                        }),
                new Example(
                        "adagrad",
                        (p, e) -> Adagrad.builder(p, e)
                                .learningRate(0.1)
                                .epsilon(1e-3)
                                .build(),
                        (w, g) -> {
                            double s = 0;
                            for (double each : g) {
                                s += each * each;
                                w -= 0.1 * each / (Math.sqrt(s) + 1e-3);
                            }
                            return w;
                        }));
    }

    private static double adam(double w, double[] gradients, double penalty, double decay) {
        double m = 0;
        double s = 0;
        for (int t = 1; t <= gradients.length; t++) {
            double d = gradients[t - 1] + penalty * w;
            m = 0.8 * m + 0.2 * d;
            s = 0.95 * s + 0.05 * d * d;
            double mean = m / (1 - Math.pow(0.8, t));
            double square = s / (1 - Math.pow(0.95, t));
            w = (1 - 0.1 * decay) * w - 0.1 * mean / (Math.sqrt(square) + 1e-3);
        }
        return w;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void should_follow_its_formula(Example example) {
        float[] before = w.value().toArray();
        Optimiser optimiser = example.make.apply(List.of(w, b), ENGINE);
        int steps = 7;
        float[][] all = new float[steps][];
        for (int t = 0; t < steps; t++) {
            all[t] = random(t);
            optimiser.step(gradients(all[t]));
        }
        for (int i = 0; i < N; i++) {
            int at = i;
            double[] gradients = Stream.of(all).mapToDouble(g -> g[at]).toArray();
            double expected = example.formula.after(before[i], gradients);
            assertEquals(
                    expected,
                    w.value().array()[w.value().offset() + i],
                    2e-5 * (1 + Math.abs(expected)),
                    "seed " + SEED + " at " + i);
        }
        double[] ones = new double[steps];
        Arrays.fill(ones, 1);
        assertEquals(example.formula.after(2, ones), b.value().item(), 2e-5);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void should_resume_from_its_state_with_the_same_bits(Example example) {
        Optimiser optimiser = example.make.apply(List.of(w, b), ENGINE);
        optimiser.step(gradients(random(1)));
        optimiser.step(gradients(random(2)));
        Tensor weights = w.value().copy();
        Map<String, Tensor> state = new HashMap<>();
        optimiser.state().forEach((name, tensor) -> state.put(name, tensor.copy()));
        assertFalse(state.isEmpty());
        optimiser.step(gradients(random(3)));
        float[] expected = w.value().toArray();
        w.value().copyFrom(weights);
        Optimiser resumed = example.make.apply(List.of(w, b), ENGINE);
        resumed.restore(state);
        resumed.step(gradients(random(3)));
        assertArrayEquals(expected, w.value().toArray());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void should_give_the_same_bits_for_any_number_of_threads(Example example) {
        int large = 300_001;
        Tensor dw = Tensor.generate(Shape.of(1, large), i -> Math.sin(i));
        float[] first = null;
        for (int threads = 1; threads <= 3; threads++) {
            try (Engine engine = Engine.builder().threads(threads).build()) {
                Parameter p = new Parameter("p", Tensor.generate(Shape.of(large, 1), i -> Math.cos(i)));
                Optimiser optimiser = example.make.apply(List.of(p), engine);
                Tape own = Tape.recording(engine);
                for (int t = 0; t < 2; t++) {
                    own.reset();
                    optimiser.step(own.backward(own.apply(LinearOp.LINEAR, own.constant(dw), own.leaf(p))));
                }
                first = first == null ? p.value().toArray() : first;
                assertArrayEquals(first, p.value().toArray(), threads + " threads");
            }
        }
    }

    /** The gradient is 37 times 3 and once 1, its norm sqrt(37 * 9 + 1) = 18.27...; half of that halves it. */
    @Test
    void should_clip_by_norm_and_then_by_value() {
        float[] threes = new float[N];
        Arrays.fill(threes, 3f);
        double norm = Math.sqrt(N * 9 + 1);
        assertEquals(norm, new GradientNorm(ENGINE).of(gradients(threes), List.of(w, b)), 1e-5);
        Tensor before = w.value().copy();
        Sgd.builder(List.of(w, b), ENGINE)
                .learningRate(1)
                .clipNorm(norm / 2)
                .build()
                .step(gradients(threes));
        assertEquals(
                before.array()[before.offset() + 5] - 1.5,
                w.value().array()[w.value().offset() + 5],
                1e-5);
        assertEquals(1.5, b.value().item(), 1e-5);
        Sgd.builder(List.of(w, b), ENGINE)
                .learningRate(1)
                .clipNorm(norm * 2)
                .build()
                .step(gradients(threes));
        assertEquals(
                before.array()[before.offset() + 5] - 4.5,
                w.value().array()[w.value().offset() + 5],
                1e-5,
                "small gradients stay as they are");
        Sgd.builder(List.of(w, b), ENGINE)
                .learningRate(1)
                .clipValue(0.25)
                .build()
                .step(gradients(threes));
        assertEquals(
                before.array()[before.offset() + 5] - 4.75,
                w.value().array()[w.value().offset() + 5],
                1e-5);
        assertEquals(0.25, b.value().item(), 1e-5);
    }

    @Test
    void should_treat_groups_apart() {
        float[] zeros = new float[N];
        Optimiser sgd = Sgd.builder(List.of(w, b), ENGINE)
                .learningRate(0.5)
                .weightDecay(0.5)
                .decayMatricesOnly()
                .build();
        float before = w.value().array()[w.value().offset()];
        sgd.step(gradients(zeros));
        assertEquals(0.75f * before, w.value().array()[w.value().offset()], "the weight decays");
        assertEquals(1.5f, b.value().item(), "the bias follows its gradient alone");
        Optimiser slow = Sgd.builder(List.of(w, b), ENGINE)
                .learningRate(0.5)
                .group(p -> p.name().endsWith("bias"), 0.25, 1)
                .build();
        slow.step(gradients(zeros));
        assertEquals(1.375f, b.value().item());
    }

    @Test
    void should_refuse_what_makes_no_sense() {
        assertEquals("adam: the meanKept is 1.0, needs 0 <= meanKept < 1", message(() -> adam().meanKept(1)));
        assertEquals("adam: the epsilon is 0.0, needs to be above 0", message(() -> adam().epsilon(0)));
        assertEquals("adam: the bound of the norm is -1.0, needs to be above 0", message(() -> adam().clipNorm(-1)));
        assertEquals("adam: none of the 2 parameters is in the group", message(() -> adam().group(p -> false, 1, 1)));
        assertEquals(
                "optimiser: the saved state is [], needs [fc.bias.mean, fc.bias.square, fc.weight.mean,"
                        + " fc.weight.square, steps]",
                message(() -> adam().build().restore(Map.of())));
    }

    private Adam.Builder adam() {
        return Adam.builder(List.of(w, b), ENGINE);
    }

    private static String message(Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }
}
