package dev.lanes.layers.differentiation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.differentiation.symbolic.Expr;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FourWaysTest {
    private static <T extends Arithmetic<T>> T everything(T x) {
        T a = x.sin().times(x.cos()).plus(x.tan()).minus(x.exp().over(3));
        T b = x.log().times(x.sqrt()).plus(x.tanh()).minus(x.sigmoid().negate());
        return a.times(b)
                .plus(x.pow(x))
                .minus(x.pow(-3))
                .plus(x.constant(2).pow(x))
                .over(x.plus(1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.9, 1.2, 2.5})
    void should_agree_on_a_function_of_everything(double x) {
        double differences = FiniteDifferences.central()
                .derivative(t -> everything(new Real(t)).value(), x);
        double forward = Dual.derivative(FourWaysTest::everything, x);
        Scalar leaf = Scalar.of(x);
        double backward = everything(leaf).gradients().of(leaf);
        double symbolic = everything(Expr.variable("x")).differentiate("x").evaluate(Map.of("x", x));
        double several = everything(MultiDual.variables(x)[0]).tangents()[0];
        double size = Math.abs(forward);
        assertEquals(forward, backward, 1e-13 * size);
        assertEquals(forward, symbolic, 1e-13 * size);
        assertEquals(forward, several, 1e-13 * size);
        assertEquals(forward, differences, 1e-8 * size);
    }

    @ParameterizedTest
    @EnumSource
    void should_have_the_functions_right(Elementary f) {
        for (double x : new double[] {0.25, 1.1, 3}) {
            double expected = FiniteDifferences.central().derivative(f::apply, x);
            double allowed = 1e-7 * Math.max(1, Math.abs(expected));
            assertEquals(expected, Dual.variable(x).apply(f).tangent(), allowed);
        }
    }

    @Test
    void should_add_up_what_several_uses_contribute() {
        Scalar x = Scalar.of(3);
        Scalar y = x;
        for (int i = 0; i < 40; i++) {
            y = y.plus(y); // 2^40 paths, which must not be walked one by one
        }
        Scalar.Gradients gradients = y.gradients();
        assertEquals(0x1p40, gradients.of(x));
        assertEquals(0, gradients.of(Scalar.of(1)));
        Scalar deep = x;
        for (int i = 0; i < 200_000; i++) {
            deep = deep.plus(1);
        }
        assertEquals(1, deep.gradients().of(x));
    }

    /** Two outputs of one graph, each walked back by itself. */
    @Test
    void should_differentiate_several_outputs_of_one_graph() {
        Scalar x = Scalar.of(3);
        Scalar y = Scalar.of(2);
        Scalar product = x.times(y);
        Scalar first = product.plus(x);
        Scalar second = product.times(product);
        assertEquals(3, first.gradients().of(x));
        assertEquals(3, first.gradients().of(y));
        assertEquals(2 * 6 * 2, second.gradients().of(x));
        assertEquals(2 * 6, second.gradients().of(product));
        assertEquals(0, second.gradients().of(first));
    }

    @Test
    void should_take_whole_powers_of_negative_numbers() {
        assertEquals(new Dual(9, -6), Dual.variable(-3).pow(2));
        assertArrayEquals(new double[] {-6}, MultiDual.variables(-3)[0].pow(2).tangents());
        Scalar x = Scalar.of(-3);
        assertEquals(-6, x.pow(2).gradients().of(x));
        assertEquals(new Dual(0, 0), Dual.variable(0).pow(2));
        assertEquals(-6, Expr.parse("x^2").differentiate("x").evaluate(Map.of("x", -3.0)));
    }

    @Test
    void should_compare_by_value() {
        assertTrue(new Dual(1, 5).compareTo(new Dual(2, -7)) < 0);
        assertEquals(0, new Dual(1, 5).compareTo(new Dual(1, -7)));
        assertEquals(3, Dual.derivative(x -> x.compareTo(Dual.of(0)) > 0 ? x.times(3) : x, 2));
        MultiDual[] v = MultiDual.variables(1, 2);
        assertTrue(v[0].compareTo(v[1]) < 0);
    }

    @Test
    void should_give_jacobians_worked_by_hand() {
        double[][] expected = {{3, 2}, {Math.cos(2), 0}, {0, 1}};
        double[][] dual = MultiDual.jacobian(x -> new MultiDual[] {x[0].times(x[1]), x[0].sin(), x[1]}, 2, 3);
        double[] at = {2, 3};
        double[][] differences =
                FiniteDifferences.central().jacobian(x -> new double[] {x[0] * x[1], Math.sin(x[0]), x[1]}, at);
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(expected[i], dual[i], 1e-15);
            assertArrayEquals(expected[i], differences[i], 1e-9);
        }
        assertArrayEquals(new double[] {2, 3}, at);
    }

    @Test
    void should_take_one_direction_with_two_evaluations_whatever_the_size() {
        int[] calls = {0};
        double[] x = new double[1000];
        double[] v = new double[1000];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % 7;
            v[i] = i % 5 - 2;
        }
        double[] change = FiniteDifferences.central()
                .along(
                        t -> {
                            calls[0]++;
                            double sum = 0;
                            for (double value : t) {
                                sum += value * value;
                            }
                            return new double[] {sum};
                        },
                        x,
                        v);
        double expected = 0;
        for (int i = 0; i < x.length; i++) {
            expected += 2 * x[i] * v[i];
        }
        assertEquals(2, calls[0]);
        assertEquals(expected, change[0], 1e-5 * 1000);
    }

    @Test
    void should_use_the_step_given_and_refuse_what_is_none() {
        double coarse = FiniteDifferences.step(0.5).derivative(x -> x * x * x, 1);
        assertEquals(3 + 0.25, coarse); // what is left out is h^2 f''' / 6
        assertEquals(0, FiniteDifferences.step(0.1).derivative(Math::abs, 0));
        assertEquals(
                "finite differences: the step is -1.0, needs to be above 0",
                assertThrows(IllegalArgumentException.class, () -> FiniteDifferences.step(-1))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> FiniteDifferences.central().along(x -> x, new double[2], new double[3]));
    }

    @Test
    void should_choose_a_step_for_the_size_of_each_input() {
        for (double x : new double[] {1e-12, 1e-3, 1, 1e6, 1e12}) {
            assertEquals(2 * x, FiniteDifferences.central().derivative(t -> t * t, x), 1e-9 * Math.max(1, x));
        }
    }

    @Test
    void should_take_differences_of_tensors() {
        Tensor x = Tensor.of(Shape.of(2, 2), 1, -20, 300, 0);
        Tensor before = x.copy();
        Tensor g = TensorDifferences.central()
                .gradient(
                        t -> {
                            double sum = 0;
                            for (float value : t.toArray()) {
                                sum += (double) value * value;
                            }
                            return sum;
                        },
                        x);
        assertArrayEquals(new float[] {2, -40, 600, 0}, g.toArray(), 1e-3f);
        assertArrayEquals(before.toArray(), x.toArray());
        Tensor v = Tensor.of(x.shape(), 1, 0, 2, -1);
        Tensor change = TensorDifferences.central()
                .along(t -> Tensor.generate(t.shape(), i -> 3 * (double) t.array()[t.offset() + i]), x, v);
        assertArrayEquals(new float[] {3, 0, 6, -3}, change.toArray(), 1e-2f);
    }

    /** Of the product of a matrix with a vector the Jacobian is the matrix; the function may write to one tensor. */
    @Test
    void should_take_jacobians_of_tensors() {
        Tensor m = Tensor.of(Shape.of(2, 3), 1, -2, 3, 0, 5, -0.25f);
        Tensor y = Tensor.zeros(2, 1);
        Tensor x = Tensor.of(Shape.of(3, 1), 1, -2, 40);
        try (Engine engine = Engine.builder().threads(1).build()) {
            Tensor jacobian = TensorDifferences.central()
                    .jacobian(
                            t -> {
                                engine.matrix().gemm(false, false, 1f, m, t, 0f, y);
                                return y;
                            },
                            x);
            assertEquals(m.shape(), jacobian.shape());
            assertArrayEquals(m.toArray(), jacobian.toArray(), 1e-3f);
        }
    }

    @Test
    void should_use_the_step_given_for_tensors() {
        Tensor x = Tensor.of(Shape.of(1), 1);
        ToDoubleFunction<Tensor> cube = t -> Math.pow(t.array()[t.offset()], 3);
        assertEquals(3.25, TensorDifferences.step(0.5).gradient(cube, x).item());
        Tensor along = TensorDifferences.step(0.5)
                .along(t -> Tensor.scalar((float) cube.applyAsDouble(t)), x, Tensor.of(Shape.of(1), 2));
        assertEquals(2 * 3.25, along.item());
        assertEquals(
                "finite differences: the step is 0.0, needs to be above 0",
                assertThrows(IllegalArgumentException.class, () -> TensorDifferences.step(0))
                        .getMessage());
    }
}
