package dev.lanes.layers.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.ops.ReluOp;
import dev.lanes.layers.ops.ReshapeOp;
import dev.lanes.layers.testing.DerivativeChecks;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TapeTest {
    private static final Engine ENGINE = Engine.builder().threads(1).build();
    private static final Shape PAIR = Shape.of(2);
    private static final Tensor ONES = Tensor.of(PAIR, 1, 1);

    private final Tape tape = Tape.recording(ENGINE);

    private static Tensor pair(float a, float b) {
        return Tensor.of(PAIR, a, b);
    }

    private static void assertValues(Tensor actual, float... expected) {
        assertArrayEquals(expected, actual.toArray());
    }

    @Test
    void should_add_up_the_gradients_of_a_value_used_twice() {
        Variable x = tape.leaf(pair(3, -5));
        Variable square = tape.apply(TestOps.MULTIPLY, x, x);
        Variable y = tape.apply(TestOps.ADD, square, x); // x^2 + x, derivative 2 x + 1
        assertValues(tape.backward(y, ONES).of(x), 7, -9);
        assertValues(tape.forward(Map.of(x, pair(1, 10))).of(y), 7, -90);
    }

    @Test
    void should_add_up_where_both_inputs_pass_the_same_gradient_on() {
        Variable x = tape.leaf(pair(1, 2));
        Variable hidden = tape.apply(ReluOp.RELU, x);
        Variable doubled = tape.apply(TestOps.ADD, hidden, hidden);
        Variable y = tape.apply(TestOps.ADD, tape.apply(TestOps.ADD, doubled, hidden), x); // 4 x
        assertValues(tape.backward(y, pair(1, 10)).of(x), 4, 40);
    }

    @Test
    void should_not_mix_gradients_that_share_an_array_while_they_are_passed_on() {
        Variable a = tape.leaf(pair(1, 2));
        Variable b = tape.leaf(pair(3, 4));
        Variable p = tape.apply(ReluOp.RELU, a);
        Variable q = tape.apply(ReluOp.RELU, b);
        Variable sum = tape.apply(TestOps.ADD, p, q);
        Variable y = tape.apply(TestOps.ADD, tape.apply(TestOps.MULTIPLY, sum, p), q); // (a + b) a + b
        Gradients gradients = tape.backward(y, ONES);
        assertValues(gradients.of(a), 5, 8); // 2 a + b
        assertValues(gradients.of(b), 2, 3); // a + 1
    }

    @Test
    void should_agree_forwards_and_backwards_on_a_tangle() {
        DerivativeChecks checks = new DerivativeChecks(ENGINE, 7);
        Shape shape = Shape.of(4, 6);
        checks.adjoint(
                (t, in) -> {
                    Variable a = t.apply(TestOps.MULTIPLY, in[0], in[1]);
                    Variable b = t.apply(ReshapeOp.to(Shape.of(24)), t.apply(TestOps.ADD, a, in[0]));
                    Variable c = t.apply(TestOps.MULTIPLY, b, b);
                    Variable d = t.apply(TestOps.ADD, c, t.apply(ReshapeOp.to(Shape.of(24)), in[1]));
                    return t.apply(TestOps.ADD, d, t.apply(ReluOp.RELU, b));
                },
                8,
                List.of(checks.uniform(shape), checks.uniform(shape)));
    }

    /** y = x^2 and z = y w, with a leaf, a value on the way and the last of all as outputs. */
    @Test
    void should_give_the_gradients_of_several_outputs_in_one_walk() {
        Variable x = tape.leaf(pair(3, -5));
        Variable w = tape.leaf(pair(2, 10));
        Variable y = tape.apply(TestOps.MULTIPLY, x, x);
        Variable z = tape.apply(TestOps.MULTIPLY, y, w);
        Tensor ofY = pair(1, 1);
        Gradients gradients = tape.backward(Map.of(z, pair(1, 2), y, ofY, w, pair(100, 0)));
        assertValues(gradients.of(x), 2 * 3 * (2 + 1), 2 * -5 * (20 + 1));
        assertValues(gradients.of(w), 9 + 100, 50);
        assertValues(ofY, 1, 1);
        assertEquals(
                "backward: the seed is [3], needs [2]",
                assertThrows(ShapeMismatchException.class, () -> tape.backward(Map.of(z, ONES, y, Tensor.zeros(3))))
                        .getMessage());
        assertValues(tape.backward(z, ONES).of(w), 9, 25);
    }

    @Test
    void should_treat_all_uses_of_a_parameter_as_one_leaf() {
        Tensor weight = pair(2, 3);
        Parameter local = new Parameter("weight", weight);
        Parameter global = local.within("fc1");
        Variable x = tape.constant(pair(10, 20));
        Variable once = tape.apply(TestOps.MULTIPLY, x, tape.leaf(local));
        Variable twice = tape.apply(TestOps.MULTIPLY, once, tape.leaf(global)); // x w^2
        Gradients gradients = tape.backward(twice, ONES);
        assertValues(gradients.of(global), 40, 120);
        assertSame(gradients.of(global), gradients.of(local));
        assertSame(tape.leaf(local), tape.leaf(global));
    }

    @Test
    void should_see_the_new_values_of_a_parameter_after_a_reset() {
        Parameter w = new Parameter("w", pair(2, 3));
        Variable leaf = tape.leaf(w);
        tape.apply(TestOps.MULTIPLY, leaf, leaf);
        tape.reset();
        w.value().fill(10);
        Variable y = tape.apply(TestOps.MULTIPLY, leaf, tape.leaf(w));
        assertValues(y.value(), 100, 100);
        assertValues(tape.backward(y, ONES).of(w), 20, 20);
    }

    @Test
    void should_give_zeros_for_what_the_output_does_not_depend_on() {
        Variable x = tape.leaf(pair(1, 2));
        Variable unused = tape.leaf(pair(3, 4));
        Parameter absent = new Parameter("absent", Tensor.zeros(3));
        Gradients before = tape.backward(tape.apply(ReluOp.RELU, unused), ONES);
        assertTrue(before.contains(unused));
        Variable y = tape.apply(ReluOp.RELU, x);
        Gradients gradients = tape.backward(y, ONES);
        assertValues(gradients.of(unused), 0, 0);
        assertValues(gradients.of(absent), 0, 0, 0);
        assertTrue(gradients.contains(x));
        assertFalse(gradients.contains(unused));
        assertFalse(gradients.contains(absent));
        assertValues(tape.forward(Map.of(unused, ONES)).of(y), 0, 0);
    }

    @Test
    void should_use_its_buffers_again_and_give_the_same_bits() {
        float[][] first = pass(4);
        Tensor value = last;
        float[][] second = pass(4);
        assertSame(value, last, "the second pass should have used the buffers of the first");
        assertArrayEquals(first, second);
        pass(2);
        assertSame(value.array(), last.array(), "a smaller pass should have used the same array");
        pass(9);
        assertArrayEquals(first, pass(4));
    }

    private Tensor last;

    /** Poisons what the last pass left, so that an op that does not write everything shows. */
    private float[][] pass(int rows) {
        if (last != null) {
            Arrays.fill(last.array(), Float.NaN);
        }
        tape.reset();
        Variable x = tape.leaf(Tensor.generate(Shape.of(rows, 3), i -> i - 5));
        Variable flat = tape.apply(ReshapeOp.to(Shape.of(rows * 3)), x);
        Variable y = tape.apply(TestOps.MULTIPLY, flat, tape.apply(ReluOp.RELU, flat));
        last = y.value();
        Tensor gradient = tape.backward(y, Tensor.zeros(rows * 3).fill(1f)).of(x);
        return new float[][] {y.value().toArray(), gradient.toArray()};
    }

    @Test
    void should_not_write_into_a_view_when_another_op_takes_its_place() {
        Tensor data = pair(1, 2);
        tape.apply(ReshapeOp.to(Shape.of(2, 1)), tape.constant(data));
        tape.reset();
        tape.apply(ReluOp.RELU, tape.constant(pair(-1, 5)));
        assertValues(data, 1, 2);
    }

    @Test
    void should_refuse_variables_of_other_tapes_and_earlier_passes() {
        Variable x = tape.leaf(pair(1, 2));
        Tape other = Tape.recording(ENGINE);
        IllegalStateException foreign = assertThrows(IllegalStateException.class, () -> other.apply(ReluOp.RELU, x));
        assertEquals("relu: a variable belongs to another tape", foreign.getMessage());
        tape.reset();
        IllegalStateException stale = assertThrows(IllegalStateException.class, () -> tape.apply(ReluOp.RELU, x));
        assertEquals(
                "relu: a variable was made before the tape was reset; make it anew in each pass", stale.getMessage());
        assertThrows(IllegalStateException.class, x::value);
        assertThrows(IllegalStateException.class, () -> tape.backward(x));
        assertEquals("variable of a pass that is over", x.toString());
    }

    @Test
    void should_refuse_gradients_that_are_out_of_date() {
        Variable x = tape.leaf(pair(1, 2));
        Variable y = tape.apply(ReluOp.RELU, x);
        Gradients first = tape.backward(y, ONES);
        Gradients second = tape.backward(y, pair(2, 2));
        String message =
                assertThrows(IllegalStateException.class, () -> first.of(x)).getMessage();
        assertEquals(
                "gradients: the tape has walked backwards again, was reset or asked to keep more; use them before",
                message);
        assertValues(second.of(x), 2, 2);
        Tangents tangents = tape.forward(Map.of(x, ONES));
        tape.reset();
        assertThrows(IllegalStateException.class, () -> second.contains(x));
        assertThrows(IllegalStateException.class, () -> tangents.of(y));
    }

    @Test
    void should_keep_a_gradient_on_the_way_when_asked() {
        Variable x = tape.leaf(pair(1, -2));
        Variable hidden = tape.apply(ReluOp.RELU, x);
        Variable y = tape.apply(TestOps.MULTIPLY, hidden, hidden);
        Gradients forgotten = tape.backward(y, ONES);
        String message = assertThrows(IllegalStateException.class, () -> forgotten.of(hidden))
                .getMessage();
        assertEquals("gradients: there is none by relu [2]; call keep(variable) before backward", message);
        assertSame(hidden, tape.keep(hidden));
        assertThrows(IllegalStateException.class, () -> forgotten.of(hidden), "keeping came too late for these");
        tape.keep(y);
        Gradients gradients = tape.backward(y, ONES);
        assertValues(gradients.of(hidden), 2, 0);
        assertValues(gradients.of(y), 1, 1);
        assertValues(gradients.of(x), 2, 0);
        Variable constant = tape.constant(pair(0, 0));
        assertEquals(
                "gradients: there is none by constant [2]; make it a leaf instead of a constant",
                assertThrows(IllegalStateException.class, () -> gradients.of(constant))
                        .getMessage());
    }

    @Test
    void should_keep_a_gradient_in_an_array_that_nobody_else_gets() {
        for (int pass = 0; pass < 2; pass++) {
            tape.reset();
            Variable x = tape.leaf(pair(1, 2));
            Variable square = tape.apply(TestOps.MULTIPLY, x, x);
            Variable power = tape.apply(TestOps.MULTIPLY, square, square); // x^4
            if (pass == 0) {
                tape.keep(power);
            }
            Variable y = tape.apply(ReshapeOp.to(PAIR), tape.apply(ReshapeOp.to(Shape.of(2, 1)), power));
            Gradients gradients = tape.backward(y, ONES);
            assertValues(gradients.of(x), 4, 32);
            if (pass == 0) {
                assertValues(gradients.of(power), 1, 1);
            } else {
                assertThrows(IllegalStateException.class, () -> gradients.of(power), "asked for in another pass");
            }
        }
    }

    @Test
    void should_keep_a_gradient_that_is_only_passed_on() {
        Variable x = tape.leaf(pair(1, -2));
        Variable sum = tape.keep(tape.apply(TestOps.ADD, tape.apply(ReluOp.RELU, x), x));
        Variable y = tape.apply(ReluOp.RELU, tape.apply(TestOps.ADD, sum, sum));
        Gradients gradients = tape.backward(y, pair(1, 10));
        assertValues(gradients.of(sum), 2, 0);
        assertValues(gradients.of(x), 4, 0);
    }

    @Test
    void should_ask_for_a_seed_where_the_loss_is_not_a_single_value() {
        Variable y = tape.apply(ReluOp.RELU, tape.leaf(pair(1, 2)));
        assertEquals(
                "backward: the loss is [2], needs a single value; or give a seed of its shape",
                assertThrows(ShapeMismatchException.class, () -> tape.backward(y))
                        .getMessage());
        assertEquals(
                "backward: the seed is [3], needs [2]",
                assertThrows(ShapeMismatchException.class, () -> tape.backward(y, Tensor.zeros(3)))
                        .getMessage());
        Variable single = tape.leaf(Tensor.of(Shape.of(1, 1), 3));
        assertValues(tape.backward(tape.apply(ReluOp.RELU, single)).of(single), 1);
    }

    @Test
    void should_differentiate_forwards_along_leaves_only() {
        Variable constant = tape.constant(pair(1, 2));
        assertEquals(
                "forward: a direction is given for constant [2], which is not a leaf; only leaves change by themselves",
                assertThrows(IllegalArgumentException.class, () -> tape.forward(Map.of(constant, ONES)))
                        .getMessage());
        Variable leaf = tape.leaf(pair(1, 2));
        assertEquals(
                "forward: the direction is [3], needs [2]",
                assertThrows(ShapeMismatchException.class, () -> tape.forward(Map.of(leaf, Tensor.zeros(3))))
                        .getMessage());
    }

    @Test
    void should_record_nothing_when_told_so() {
        Tape none = Tape.none(ENGINE);
        Parameter w = new Parameter("w", pair(2, 3));
        Variable x = none.leaf(pair(1, 2));
        Variable y = none.apply(TestOps.MULTIPLY, x, none.leaf(w));
        Variable z = none.apply(TestOps.MULTIPLY, x, none.leaf(w));
        none.reset();
        assertEquals(0, none.size());
        assertValues(y.value(), 2, 6);
        assertNotSame(y.value().array(), z.value().array());
        assertFalse(y.isDifferentiable());
        assertEquals(
                "backward: this tape records nothing; use Tape.recording(engine)",
                assertThrows(IllegalStateException.class, () -> none.backward(y, ONES))
                        .getMessage());
        assertThrows(IllegalStateException.class, () -> none.forward(Map.of(x, ONES)));
    }

    @Test
    void should_stay_usable_after_shapes_that_do_not_fit() {
        Variable x = tape.leaf(pair(1, 2));
        Variable wide = tape.leaf(Tensor.zeros(3));
        int size = tape.size();
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    "test: second operand is [3], needs [2]",
                    assertThrows(ShapeMismatchException.class, () -> tape.apply(TestOps.ADD, x, wide))
                            .getMessage());
        }
        assertEquals(size, tape.size());
        assertValues(tape.backward(tape.apply(TestOps.ADD, x, x), ONES).of(x), 2, 2);
    }

    @Test
    void should_refuse_a_gradient_that_nobody_wants_or_that_was_given() {
        Op greedy = new Misbehaving(0);
        Variable unwanted = tape.apply(greedy, tape.constant(pair(1, 2)), tape.leaf(pair(3, 4)));
        assertEquals(
                "misbehaving: input 0 wants no gradient",
                assertThrows(IllegalStateException.class, () -> tape.backward(unwanted, ONES))
                        .getMessage());
        Op twice = new Misbehaving(1);
        Variable given = tape.apply(twice, tape.constant(pair(1, 2)), tape.leaf(pair(3, 4)));
        assertEquals(
                "misbehaving: input 1 was given a gradient already",
                assertThrows(IllegalStateException.class, () -> tape.backward(given, ONES))
                        .getMessage());
    }

    private record Misbehaving(int input) implements Op {
        @Override
        public String name() {
            return "misbehaving";
        }

        @Override
        public Shape outputShape(List<Shape> inputs) {
            return inputs.getFirst();
        }

        @Override
        public void forward(Evaluation e) {
            e.output().fill(0f);
        }

        @Override
        public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
            into.pass(input, dOut);
            into.target(input);
        }

        @Override
        public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
            in.get(1 - input);
        }
    }
}
