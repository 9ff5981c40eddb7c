package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What the checked operations say of operands that do not fit, word for word. */
@Tag("once") // the checks stand before the choice of a kernel
class OperationErrorsTest {
    private static Engine engine;

    @BeforeAll
    static void start() {
        engine = Engine.builder().backend("reference").threads(1).build();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static Tensor zeros(int... dims) {
        return Tensor.zeros(dims);
    }

    private static void mismatch(String operation, String message, Executable code) {
        ShapeMismatchException thrown = assertThrows(ShapeMismatchException.class, code);
        assertEquals(operation + ": " + message, thrown.getMessage());
        assertEquals(operation, thrown.operation());
    }

    private static void overlap(String message, Executable code) {
        assertEquals(
                message + ", which is still read",
                assertThrows(IllegalArgumentException.class, code).getMessage());
    }

    @Test
    void should_name_matrices_that_do_not_fit() {
        mismatch("matmul", "a is [2], needs two axes", () -> engine.matmul(zeros(2), zeros(2, 3)));
        mismatch("matmul", "b is [2, 3, 4], needs two axes", () -> engine.matmul(zeros(2, 2), zeros(2, 3, 4)));
        mismatch(
                "matmul", "a [2, 3] has 3 columns, b [4, 5] has 4 rows", () -> engine.matmul(zeros(2, 3), zeros(4, 5)));
        mismatch(
                "matmul",
                "a [2, 3] transposed has 2 columns, b [5, 4] transposed has 4 rows",
                () -> engine.matrix().gemm(true, true, 1f, zeros(2, 3), zeros(5, 4), 0f, zeros(3, 5)));
        mismatch(
                "matmul",
                "the result is [2, 6], needs [2, 5]",
                () -> engine.matrix().gemm(false, false, 1f, zeros(2, 3), zeros(3, 5), 0f, zeros(2, 6)));
        mismatch(
                "linear",
                "bias is [4], needs [5]",
                () -> engine.matrix().linear(zeros(2, 3), zeros(3, 5), zeros(4), zeros(2, 5)));
    }

    @Test
    void should_name_images_that_do_not_fit() {
        Conv2dGeometry g = Conv2dGeometry.parse("b1 5x6x4 -> 8 k3x3 s1 p1 d1 g2");
        String end = "; b1 5x6x4 -> 8 k3x3 s1 p1 d1 g2";
        Tensor x = zeros(1, 5, 6, 4);
        Tensor w = zeros(3, 3, 2, 8);
        Tensor y = zeros(1, 5, 6, 8);
        mismatch(
                "conv2d",
                "input is [1, 5, 6, 2], needs [1, 5, 6, 4]" + end,
                () -> engine.conv2d(zeros(1, 5, 6, 2), w, null, g));
        mismatch(
                "conv2d",
                "weights is [3, 3, 4, 8], needs [3, 3, 2, 8]" + end,
                () -> engine.conv2d(x, zeros(3, 3, 4, 8), null, g));
        mismatch("conv2d", "bias is [4], needs [8]" + end, () -> engine.conv2d(x, w, zeros(4), g));
        mismatch(
                "conv2d",
                "output is [1, 5, 6, 4], needs [1, 5, 6, 8]" + end,
                () -> engine.conv2d().forward(x, w, null, g, x.copy()));
        mismatch(
                "conv2d.backwardInput",
                "output gradient is [1, 5, 6, 4], needs [1, 5, 6, 8]" + end,
                () -> engine.conv2d().backwardInput(x, w, g, x.copy()));
        mismatch(
                "conv2d.backwardInput",
                "input gradient is [1, 5, 6, 8], needs [1, 5, 6, 4]" + end,
                () -> engine.conv2d().backwardInput(y, w, g, y.copy()));
        mismatch(
                "conv2d.backwardWeights",
                "weight gradient is [1, 5, 6, 8], needs [3, 3, 2, 8]" + end,
                () -> engine.conv2d().backwardWeights(x, y, g, y.copy()));
    }

    @Test
    void should_name_poolings_that_do_not_fit() {
        Pool2dGeometry g = Pool2dGeometry.parse("b1 4x4x3 k2x2 s2 p0 d1");
        String end = "; b1 4x4x3 k2x2 s2 p0 d1";
        Tensor x = zeros(1, 4, 4, 3);
        Tensor y = zeros(1, 2, 2, 3);
        mismatch("maxPool2d", "input is [1, 2, 2, 3], needs [1, 4, 4, 3]" + end, () -> engine.maxPool2d(y, g));
        mismatch(
                "maxPool2d",
                "output is [1, 4, 4, 3], needs [1, 2, 2, 3]" + end,
                () -> engine.pool2d().max(x, g, x.copy(), null));
        mismatch(
                "maxPool2d",
                "11 switches, needs 12" + end,
                () -> engine.pool2d().max(x, g, y, new int[11]));
        mismatch(
                "maxPool2d.backward",
                "output gradient is [1, 4, 4, 3], needs [1, 2, 2, 3]" + end,
                () -> engine.pool2d().maxBackward(x, new int[12], g, x.copy()));
        mismatch(
                "maxPool2d.backward",
                "0 switches, needs 12" + end,
                () -> engine.pool2d().maxBackward(y, new int[0], g, x));
    }

    @Test
    void should_name_arrays_that_do_not_fit() {
        Tensor x = zeros(2, 3);
        mismatch(
                "add",
                "second operand is [3, 2], needs [2, 3]",
                () -> engine.elementwise().add(x, zeros(3, 2), x));
        mismatch(
                "multiply",
                "output is [6], needs [2, 3]",
                () -> engine.elementwise().multiply(x, x, zeros(6)));
        mismatch(
                "relu",
                "output is [6], needs [2, 3]",
                () -> engine.elementwise().relu(x, zeros(6)));
        mismatch(
                "reluBackward",
                "second operand is [6], needs [2, 3]",
                () -> engine.elementwise().reluBackward(x, zeros(6), x));
        mismatch("axpby", "y is [6], needs [2, 3]", () -> engine.elementwise().axpby(1f, x, 0f, zeros(6)));
        mismatch("addRow", "row is [2], needs [3]", () -> engine.rows().addRow(x, zeros(2), x));
        mismatch("addRow", "output is [3, 2], needs [2, 3]", () -> engine.rows().addRow(x, zeros(3), zeros(3, 2)));
        mismatch("sumRows", "output is [2], needs [3]", () -> engine.rows().sum(x, zeros(2)));
        mismatch(
                "softmax", "output is [3, 2], needs [2, 3]", () -> engine.rows().softmax(x, zeros(3, 2), null));
        mismatch(
                "softmax",
                "1 places for log-sum-exp, needs 2",
                () -> engine.rows().softmax(x, x, new float[1]));
    }

    @Test
    void should_refuse_an_output_that_shares_memory_with_what_is_still_read() {
        float[] array = new float[200];
        Tensor square = Tensor.wrap(array, 0, Shape.of(4, 4));
        Tensor later = Tensor.wrap(array, 15, Shape.of(4, 4));
        overlap(
                "matmul: the result must not share memory with a",
                () -> engine.matrix().gemm(false, false, 1f, square, zeros(4, 4), 0f, later));
        overlap(
                "matmul: the result must not share memory with b",
                () -> engine.matrix().gemm(false, false, 1f, zeros(4, 4), square, 0f, square));
        overlap(
                "linear: y must not share memory with bias",
                () -> engine.matrix().linear(zeros(4, 4), zeros(4, 4), Tensor.wrap(array, 15, Shape.of(4)), square));
        overlap(
                "relu: output must not share memory with input",
                () -> engine.elementwise().relu(square, later));
        overlap(
                "add: output must not share memory with second operand",
                () -> engine.elementwise().add(zeros(4, 4), later, square));
        overlap(
                "axpby: y must not share memory with x",
                () -> engine.elementwise().axpby(1f, later, 1f, square));
        overlap(
                "softmax: output must not share memory with input",
                () -> engine.rows().softmax(square, later, null));
        overlap(
                "addRow: output must not share memory with row",
                () -> engine.rows().addRow(square, Tensor.wrap(array, 12, Shape.of(4)), square));
        overlap(
                "sumRows: output must not share memory with input",
                () -> engine.rows().sum(square, Tensor.wrap(array, 12, Shape.of(4))));

        Conv2dGeometry g = Conv2dGeometry.parse("b1 4x4x1 -> 1 k3x3 s1 p1 d1 g1");
        Tensor x = square.reshape(g.inputShape());
        Tensor w = Tensor.wrap(array, 10, g.weightShape());
        overlap(
                "conv2d: output must not share memory with input",
                () -> engine.conv2d().forward(x, zeros(3, 3, 1, 1), null, g, x));
        overlap(
                "conv2d: output must not share memory with weights",
                () -> engine.conv2d().forward(zeros(1, 4, 4, 1), w, null, g, x));
        overlap(
                "conv2d: output must not share memory with bias",
                () -> engine.conv2d()
                        .forward(zeros(1, 4, 4, 1), zeros(3, 3, 1, 1), Tensor.wrap(array, 3, Shape.of(1)), g, x));
        overlap(
                "conv2d.backwardInput: input gradient must not share memory with weights",
                () -> engine.conv2d().backwardInput(zeros(1, 4, 4, 1), w, g, x));
        overlap(
                "conv2d.backwardWeights: weight gradient must not share memory with output gradient",
                () -> engine.conv2d().backwardWeights(zeros(1, 4, 4, 1), x, g, w));

        Pool2dGeometry p = Pool2dGeometry.parse("b1 4x4x1 k1x1 s1 p0 d1");
        overlap(
                "maxPool2d: output must not share memory with input",
                () -> engine.pool2d().max(x, p, x, null));
        overlap(
                "maxPool2d.backward: input gradient must not share memory with output gradient",
                () -> engine.pool2d().maxBackward(x, new int[16], p, x));
    }

    @Test
    void should_let_neighbours_in_one_array_be() {
        float[] array = {1, 2, 3, 4, 0, 0, 0, 0};
        Tensor x = Tensor.wrap(array, 0, Shape.of(2, 2));
        Tensor y = Tensor.wrap(array, 4, Shape.of(2, 2));
        engine.matrix().gemm(false, false, 1f, x, x, 0f, y);
        assertArrayEquals(new float[] {1, 2, 3, 4, 7, 10, 15, 22}, array);
        engine.elementwise().axpby(1f, x, 1f, x);
        engine.elementwise().add(x, y, x);
        assertArrayEquals(new float[] {9, 14, 21, 30, 7, 10, 15, 22}, array);
    }
}
