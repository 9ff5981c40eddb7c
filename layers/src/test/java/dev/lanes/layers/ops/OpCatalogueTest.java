package dev.lanes.layers.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.layers.autodiff.HessianVector;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.differentiation.GradientCheck;
import dev.lanes.layers.testing.DerivativeChecks;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same checks for every op of the library. */
class OpCatalogueTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private static final long SEED = 31;

    private static List<OpCatalogue.Entry> entries() {
        return new OpCatalogue(ENGINE, SEED).entries();
    }

    static Stream<OpCatalogue.Sample> samples() {
        return entries().stream().flatMap(entry -> entry.samples().stream());
    }

    static Stream<OpCatalogue.Kink> kinks() {
        return entries().stream().flatMap(entry -> entry.kinks().stream());
    }

    static Stream<OpCatalogue.Misfit> misfits() {
        return entries().stream().flatMap(entry -> entry.misfits().stream());
    }

    @Test
    void should_have_an_entry_for_every_op() throws Exception {
        Set<String> present =
                entries().stream().map(entry -> entry.type().getName()).collect(Collectors.toCollection(TreeSet::new));
        Set<String> needed = new TreeSet<>();
        for (String name : classes()) {
            Class<?> type = Class.forName(name);
            if (Op.class.isAssignableFrom(type) && !type.isInterface()) {
                needed.add(name);
            }
        }
        assertEquals(needed, present, "ops and entries of OpCatalogue");
        for (OpCatalogue.Entry entry : entries()) {
            assertFalse(
                    entry.samples().isEmpty() || entry.misfits().isEmpty(),
                    entry.type().getName());
        }
    }

    /** Returns the names of the compiled classes of this package, those of tests not among them. */
    private static List<String> classes() throws IOException {
        URI place = URI.create(ReluOp.class.getResource("ReluOp.class").toString());
        try (Stream<Path> files = Files.list(Path.of(place).getParent())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.contains("-info"))
                    .map(file -> ReluOp.class.getPackageName() + "." + file.replace(".class", ""))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void should_have_a_vjp_that_is_the_adjoint_of_its_jvp(OpCatalogue.Sample sample) {
        new DerivativeChecks(ENGINE, SEED)
                .adjoint((tape, in) -> tape.apply(sample.op(), in), sample.terms(), sample.inputs());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void should_have_a_jvp_that_agrees_with_differences(OpCatalogue.Sample sample) {
        OpCatalogue.Step step = sample.step();
        new DerivativeChecks(ENGINE, SEED)
                .differences(
                        (tape, in) -> tape.apply(sample.op(), in),
                        sample.terms(),
                        step.h(),
                        step.reach(),
                        step.truncation(),
                        sample.inputs());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void should_pass_the_public_check(OpCatalogue.Sample sample) {
        new GradientCheck(ENGINE, SEED)
                .function((tape, in) -> tape.apply(sample.op(), in), sample.inputs())
                .orThrow();
    }

    /** Every input alone wants a gradient, and gets the same as where all do. */
    @ParameterizedTest
    @MethodSource("samples")
    void should_give_each_gradient_alone_and_again(OpCatalogue.Sample sample) {
        Tape tape = Tape.recording(ENGINE);
        Variable[] leaves = leaves(tape, sample.inputs());
        Variable y = tape.apply(sample.op(), leaves);
        Tensor u = direction(y.shape(), 1, 1);
        float[][] all = gradients(tape.backward(y, u), leaves);
        float[][] again = gradients(tape.backward(y, u), leaves);
        for (int i = 0; i < leaves.length; i++) {
            assertArrayEquals(all[i], again[i]);
            Tape alone = Tape.recording(ENGINE);
            Variable[] inputs = new Variable[leaves.length];
            for (int k = 0; k < inputs.length; k++) {
                Tensor x = sample.inputs().get(k);
                inputs[k] = k == i ? alone.leaf(x) : alone.constant(x);
            }
            Gradients gradients = alone.backward(alone.apply(sample.op(), inputs), u);
            assertArrayEquals(all[i], gradients.of(inputs[i]).toArray());
        }
    }

    /** The gradient of {@code <y, y>}, which uses y twice, is twice that of {@code <y, constant>}. */
    @ParameterizedTest
    @MethodSource("samples")
    void should_add_up_where_the_output_is_used_twice(OpCatalogue.Sample sample) {
        Tape tape = Tape.recording(ENGINE);
        Variable[] leaves = leaves(tape, sample.inputs());
        Variable y = tape.apply(sample.op(), leaves);
        Tensor twice = Tensor.generate(
                y.shape(), i -> 2 * (double) y.value().array()[y.value().offset() + i]);
        float[][] expected = gradients(tape.backward(y, twice), leaves);
        float[][] actual = gradients(tape.backward(square(tape, y)), leaves);
        for (int i = 0; i < leaves.length; i++) {
            assertArrayEquals(expected[i], actual[i], "seed " + SEED);
        }
    }

    /** The Hessian of {@code <y, y>} has both parts: how u changes and how the Jacobian does. */
    @ParameterizedTest
    @MethodSource("samples")
    void should_have_an_hvp_that_agrees_with_differences_of_gradients(OpCatalogue.Sample sample) {
        Tape tape = Tape.recording(ENGINE);
        Variable[] leaves = leaves(tape, sample.inputs());
        Map<Variable, Tensor> directions = new HashMap<>();
        for (int i = 0; i < leaves.length; i++) {
            directions.put(leaves[i], direction(leaves[i].shape(), sample.step().reach(), i + 2));
        }
        HessianVector hv = tape.hessianVector(square(tape, tape.apply(sample.op(), leaves)), directions);
        double h = 0x1p-6;
        float[][] above = movedGradients(sample, leaves, directions, h);
        float[][] below = movedGradients(sample, leaves, directions, -h);
        double largest = 0;
        double off = 0;
        for (int i = 0; i < leaves.length; i++) {
            Tensor product = hv.of(leaves[i]);
            for (int k = 0; k < product.elements(); k++) {
                double expected = ((double) above[i][k] - below[i][k]) / (2 * h);
                largest = Math.max(largest, Math.abs(expected));
                off = Math.max(off, Math.abs(expected - product.array()[product.offset() + k]));
            }
        }
        assertTrue(largest > 0.01, "too small to tell: " + largest);
        // The gradient is at most cubic or bounded likewise; h^2 / 6 times its third derivative, and its roundings over
        // h.
        assertTrue(off <= 2e-3 * largest, "seed " + SEED + ": off by " + off + ", the largest is " + largest);
    }

    private static float[][] movedGradients(
            OpCatalogue.Sample sample, Variable[] at, Map<Variable, Tensor> directions, double h) {
        Tape tape = Tape.recording(ENGINE);
        Variable[] leaves = new Variable[at.length];
        for (int i = 0; i < at.length; i++) {
            Tensor x = at[i].value();
            Tensor v = directions.get(at[i]);
            leaves[i] = tape.leaf(Tensor.generate(x.shape(), k -> x.array()[x.offset() + k] + h * v.array()[k]));
        }
        return gradients(tape.backward(square(tape, tape.apply(sample.op(), leaves))), leaves);
    }

    private static Variable square(Tape tape, Variable y) {
        int n = y.shape().elements();
        return tape.apply(
                LinearOp.LINEAR,
                tape.apply(ReshapeOp.to(Shape.of(1, n)), y),
                tape.apply(ReshapeOp.to(Shape.of(n, 1)), y));
    }

    @ParameterizedTest
    @MethodSource("kinks")
    void should_choose_the_same_side_of_a_kink_in_both_modes(OpCatalogue.Kink kink) {
        Tape tape = Tape.recording(ENGINE);
        Variable x = tape.leaf(kink.x());
        Variable y = tape.apply(kink.op(), x);
        assertArrayEquals(
                kink.dIn().toArray(), tape.backward(y, kink.dOut()).of(x).toArray());
        for (int i = 0; i < kink.x().elements(); i++) {
            Tensor unit = Tensor.zeros(kink.x().shape());
            unit.array()[i] = 1;
            double jvp = DerivativeChecks.dot(
                    kink.dOut(), tape.forward(Map.of(x, unit)).of(y));
            assertEquals(kink.dIn().array()[i], jvp);
        }
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void should_say_what_would_fit(OpCatalogue.Misfit misfit) {
        assertEquals(
                misfit.message(),
                assertThrows(ShapeMismatchException.class, () -> misfit.op().outputShape(misfit.shapes()))
                        .getMessage());
    }

    private static Variable[] leaves(Tape tape, List<Tensor> inputs) {
        return inputs.stream().map(tape::leaf).toArray(Variable[]::new);
    }

    private static float[][] gradients(Gradients gradients, Variable[] leaves) {
        float[][] values = new float[leaves.length][];
        for (int i = 0; i < leaves.length; i++) {
            values[i] = gradients.of(leaves[i]).toArray();
        }
        return values;
    }

    private static Tensor direction(Shape shape, float reach, long number) {
        SplittableRandom random = new SplittableRandom(SEED + number);
        return Tensor.generate(shape, i -> random.nextDouble(-reach, reach));
    }
}
