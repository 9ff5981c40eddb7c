package dev.lanes.layers.differentiation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.losses.SoftmaxCrossEntropy;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Flatten;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.MaxPool2d;
import dev.lanes.layers.nn.ReLU;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.ops.AddOp;
import dev.lanes.layers.ops.SumOp;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientCheckTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();

    /** The square as a user might write it, with derivatives of a chosen factor; the right one is 2. */
    private record Square(float vjpFactor, float jvpFactor) implements Op {
        @Override
        public String name() {
            return "square";
        }

        @Override
        public Shape outputShape(List<Shape> inputs) {
            return inputs.getFirst();
        }

        @Override
        public void forward(Evaluation e) {
            e.engine().elementwise().multiply(e.input(0), e.input(0), e.output());
        }

        @Override
        public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
            Tensor dx = into.target(0);
            e.engine().elementwise().multiply(e.input(0), dOut, dx);
            e.engine().elementwise().axpby(vjpFactor, dx, 0f, dx);
        }

        @Override
        public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
            e.engine().elementwise().multiply(e.input(0), in.get(0), dOut);
            e.engine().elementwise().axpby(jvpFactor, dOut, 0f, dOut);
        }
    }

    private static GradientCheck.Report square(float vjp, float jvp) {
        return new GradientCheck(ENGINE, 1)
                .function(
                        (tape, in) -> tape.apply(new Square(vjp, jvp), in[0]),
                        List.of(Tensor.of(Shape.of(2, 2), 1, -2, 3, 0.5f)));
    }

    @Test
    void should_agree_with_a_right_op() {
        GradientCheck.Report report = square(2, 2).orThrow();
        assertTrue(report.agrees());
        assertEquals(4, report.checked());
        assertEquals(4, report.telling());
    }

    @Test
    void should_name_the_worst_entry_and_all_three_values() {
        GradientCheck.Report report = square(1.99f, 2);
        assertFalse(report.agrees());
        String message =
                assertThrows(GradientMismatchException.class, report::orThrow).getMessage();
        assertTrue(
                message.matches("gradients disagree, worst at input 0\\[\\d, \\d]: vjp \\S+, jvp \\S+ "
                        + "\\(may differ by \\S+\\), difference \\S+ \\(by \\S+\\); 4 entries checked, seed 1"),
                message);
    }

    @Test
    void should_name_the_parameter_of_a_network_that_is_wrong() {
        Linear fc = Linear.builder(2, 2).build(new SeededRandom(1));
        String message = assertThrows(
                        GradientMismatchException.class,
                        () -> new GradientCheck(ENGINE, 1)
                                .network(fc, Tensor.of(Shape.of(1, 2), 1, 2), (y, pass) -> {
                                    Variable w = pass.tape().leaf(fc.weight());
                                    Variable wrong = pass.tape().apply(new Square(3, 2), w);
                                    Variable sum = pass.tape().apply(SumOp.SUM, wrong);
                                    return pass.tape()
                                            .apply(AddOp.ADD, sum, pass.tape().apply(SumOp.SUM, y));
                                })
                                .orThrow())
                .getMessage();
        assertTrue(message.startsWith("gradients disagree, worst at weight["), message);
        assertTrue(message.endsWith("; 8 entries checked, seed 1"), message);
    }

    /** Where both modes share a mistake only the differences can tell. */
    @Test
    void should_see_a_mistake_that_both_modes_share() {
        assertFalse(square(1.9f, 1.9f).agrees());
        assertFalse(square(-2, -2).agrees());
        assertFalse(square(Float.NaN, 2).agrees());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void should_agree_on_a_small_cnn_and_leave_it_as_it_was(long seed) {
        RandomGenerator random = new SeededRandom(seed);
        Sequential net = Sequential.builder()
                .add("conv1", Conv2d.builder(1, 4, 3).padding(1).build(random))
                .add("relu1", new ReLU())
                .add("pool1", new MaxPool2d(2))
                .add("conv2", Conv2d.builder(4, 6, 3).build(random))
                .add("relu2", new ReLU())
                .add("flatten", new Flatten())
                .add("fc", Linear.builder(24, 3).build(random))
                .build();
        List<float[]> before =
                net.parameters().stream().map(p -> p.value().toArray()).toList();
        SplittableRandom values = new SplittableRandom(seed);
        Tensor x = Tensor.generate(Shape.of(4, 8, 8, 1), i -> values.nextGaussian());
        int[] labels = {0, 2, 1, 1};
        GradientCheck.Report report = new GradientCheck(ENGINE, seed)
                .network(net, x, (y, pass) -> SoftmaxCrossEntropy.of(y, labels, pass))
                .orThrow();
        assertTrue(report.checked() > 90 && report.telling() > report.checked() / 2, report.toString());
        for (int i = 0; i < before.size(); i++) {
            assertArrayEquals(before.get(i), net.parameters().get(i).value().toArray());
        }
    }

    @Test
    void should_refuse_to_check_nothing() {
        assertThrows(IllegalArgumentException.class, () -> new GradientCheck(ENGINE, 1, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new GradientCheck(ENGINE, 1)
                        .function((tape, in) -> tape.apply(new Square(2, 2), in[0]), List.of(Tensor.zeros(0))));
    }
}
