package dev.lanes.layers.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.layers.autodiff.HessianVector;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.layers.autodiff.Tangents;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.differentiation.GradientCheck;
import dev.lanes.layers.testing.DefinitionChecks;
import dev.lanes.layers.testing.DerivativeChecks;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.io.IOException;
import java.lang.reflect.Modifier;
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

    /** The layer that it wraps, computed twice (see CheckpointTest), and what a recorded walk backwards consists of. */
    private static final Set<String> WITHOUT_ENTRY = Set.of(
            "dev.lanes.layers.nn.Checkpoint$Segment",
            "dev.lanes.layers.autodiff.VjpStep",
            "dev.lanes.layers.autodiff.RecordedWalk$Sum");

    private static List<OpCatalogue.Entry> entries() {
        return OpCatalogue.entries(ENGINE, SEED);
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
            Class<?> type = Class.forName(name, false, Op.class.getClassLoader());
            boolean concrete = !Modifier.isAbstract(type.getModifiers());
            if (Op.class.isAssignableFrom(type) && concrete && !WITHOUT_ENTRY.contains(name)) {
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

    /** Returns the names of the compiled classes of this module, those of tests not among them. */
    private static List<String> classes() throws IOException {
        URI place = URI.create(Op.class.getResource("Op.class").toString());
        Path root = Path.of(place);
        for (String part : Op.class.getName().split("\\.")) {
            root = root.getParent();
        }
        Path module = root;
        try (Stream<Path> files = Files.walk(module)) {
            return files.map(file -> module.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.contains("-info"))
                    .map(file -> file.replace(".class", "").replace('/', '.').replace('\\', '.'))
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
    void should_compute_what_its_definition_says(OpCatalogue.Sample sample) {
        checks(sample).value();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void should_have_derivatives_that_agree_with_differences_of_the_definition(OpCatalogue.Sample sample) {
        checks(sample).derivatives();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void should_have_an_hvp_that_agrees_with_differences_of_gradients(OpCatalogue.Sample sample) {
        checks(sample).secondDerivatives();
    }

    /** Backwards and backwards again, and forwards through a recorded walk backwards, give what hvp does. */
    @ParameterizedTest
    @MethodSource("samples")
    void should_give_the_same_second_derivatives_by_a_recorded_walk(OpCatalogue.Sample sample) {
        Tape tape = Tape.recording(ENGINE);
        Variable[] leaves = leaves(tape, sample.inputs());
        Variable loss = DefinitionChecks.square(tape, tape.apply(sample.op(), leaves));
        float[][] gradients = gradients(tape.backward(loss), leaves);
        Map<Variable, Tensor> directions = new HashMap<>();
        Stream.of(leaves).forEach(leaf -> directions.put(leaf, direction(leaf.shape())));
        List<Variable> recorded = tape.gradients(loss, List.of(leaves));
        Variable along = null;
        for (int i = 0; i < leaves.length; i++) {
            Variable v = tape.constant(directions.get(leaves[i]));
            Variable part = tape.apply(SumOp.SUM, tape.apply(MultiplyOp.MULTIPLY, recorded.get(i), v));
            along = along == null ? part : tape.apply(AddOp.ADD, along, part);
        }
        float[][] backwards = gradients(tape.backward(along), leaves);
        Tangents forwards = tape.forward(directions);
        HessianVector expected = tape.hessianVector(loss, directions);
        float largest = 0;
        for (Variable leaf : leaves) {
            for (float value : expected.of(leaf).toArray()) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        float tolerance = 8 * sample.terms() * 0x1p-24f * largest;
        for (int i = 0; i < leaves.length; i++) {
            String what = sample + ", seed " + SEED + ", input " + i;
            assertArrayEquals(gradients[i], recorded.get(i).value().toArray(), tolerance, what);
            assertArrayEquals(expected.of(leaves[i]).toArray(), backwards[i], tolerance, what);
            assertArrayEquals(
                    expected.of(leaves[i]).toArray(),
                    forwards.of(recorded.get(i)).toArray(),
                    tolerance,
                    what);
        }
    }

    private static DefinitionChecks checks(OpCatalogue.Sample sample) {
        return new DefinitionChecks(ENGINE, SEED, sample.op(), sample.inputs(), sample.terms(), sample.definition());
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
        Tensor u = direction(y.shape());
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
        float[][] actual = gradients(tape.backward(DefinitionChecks.square(tape, y)), leaves);
        for (int i = 0; i < leaves.length; i++) {
            assertArrayEquals(unsignedZeros(expected[i]), unsignedZeros(actual[i]), "seed " + SEED);
        }
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
            unit.array()[unit.offset() + i] = 1;
            double jvp = DerivativeChecks.dot(
                    kink.dOut(), tape.forward(Map.of(x, unit)).of(y));
            assertEquals(kink.dIn().array()[kink.dIn().offset() + i], jvp);
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

    /** Makes zeros of either sign equal: a sum of products that begins at 0 has lost the sign. */
    private static float[] unsignedZeros(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] += 0f;
        }
        return values;
    }

    private static float[][] gradients(Gradients gradients, Variable[] leaves) {
        float[][] values = new float[leaves.length][];
        for (int i = 0; i < leaves.length; i++) {
            values[i] = gradients.of(leaves[i]).toArray();
        }
        return values;
    }

    private static Tensor direction(Shape shape) {
        SplittableRandom random = new SplittableRandom(SEED);
        return Tensor.generate(shape, i -> random.nextDouble(-1, 1));
    }
}
