package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Finish;
import dev.lanes.numerics.MatrixOps;
import dev.lanes.numerics.PackedMatrix;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import dev.lanes.tests.kit.Seed;
import dev.lanes.tests.kit.Values;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Products with a packed operand and with an ending: the bits of the plain product, and what they refuse. */
class PackedMatrixTest {
    private final Engine engine = Engine.builder().threads(2).build();
    private final MatrixOps matrix = engine.matrix();
    private final Values values = new Values(Seed.random("packed matrix"));

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void should_give_the_bits_of_the_plain_product() {
        for (int m : new int[] {1, 3, 7, 65, 130}) {
            for (int n : new int[] {1, 15, 33, 96}) {
                for (int k : new int[] {0, 5, 64, 300}) {
                    for (int trans = 0; trans < 4; trans++) {
                        same(m, n, k, trans / 2 == 1, trans % 2 == 1, trans % 2);
                    }
                }
            }
        }
    }

    private void same(int m, int n, int k, boolean transA, boolean transB, float beta) {
        Tensor a = some(transA ? k : m, transA ? m : k);
        Tensor b = some(transB ? n : k, transB ? k : n);
        Finish finish = Finish.bias(Tensor.of(Shape.of(n), values.ordinary(n)))
                .residual(some(m, n))
                .clamp(-1f, 1f);
        Tensor expected = some(m, n);
        Tensor right = expected.copy();
        Tensor left = expected.copy();
        PackedMatrix packedA = matrix.packA(transA, a);
        PackedMatrix packedB = matrix.packB(transB, b);
        matrix.gemm(transA, transB, 1f, a, b, beta, finish, expected);
        Tensor otherA = a.copy();
        Tensor otherB = b.copy();
        a.fill(Float.NaN); // a packed operand is a copy
        matrix.gemm(packedA, transB, b, beta, finish, left);
        b.fill(Float.NaN);
        matrix.gemm(transA, otherA, packedB, beta, finish, right);
        assertArrayEquals(expected.toArray(), left.toArray());
        assertArrayEquals(expected.toArray(), right.toArray());
        assertEquals(otherB.shape(), b.shape());
    }

    @Test
    void should_add_a_value_to_each_row_or_each_column() {
        Tensor a = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
        Tensor one = Tensor.of(Shape.of(2, 2), 1, 0, 0, 1);
        Tensor c = Tensor.of(Shape.of(2, 2), 1, 1, 1, Float.NaN);
        matrix.gemm(false, false, 1f, a, one, 0f, Finish.bias(Tensor.of(Shape.of(2), 10, 20)), c);
        assertArrayEquals(new float[] {11, 22, 13, 24}, c.toArray());
        Finish rows = Finish.bias(Tensor.of(Shape.of(2, 1), 10, -20)).residual(a.copy());
        matrix.gemm(false, false, 1f, a, one, 0f, rows, c);
        assertArrayEquals(new float[] {12, 14, -14, -12}, c.toArray());
        matrix.gemm(false, false, 1f, a, one, 2f, rows.relu(), c);
        assertArrayEquals(new float[] {36, 42, 0, 0}, c.toArray());
    }

    @Test
    void should_refuse_what_does_not_fit() {
        PackedMatrix b = matrix.packB(true, Tensor.zeros(5, 3));
        PackedMatrix a = matrix.packA(false, Tensor.zeros(4, 3));
        String text = b.toString();
        assertEquals("PackedMatrix[B 3x5", text.substring(0, text.indexOf(',')));
        Tensor c = Tensor.zeros(4, 5);
        matrix.gemm(false, Tensor.zeros(4, 3), b, 0f, Finish.NONE, c);
        assertEquals(
                "matmul: a [4, 2] has 2 columns, b is " + b,
                assertThrows(
                                ShapeMismatchException.class,
                                () -> matrix.gemm(false, Tensor.zeros(4, 2), b, 0f, Finish.NONE, c))
                        .getMessage());
        assertEquals(
                "matmul: " + a + " was packed as the left operand; pack it with packB",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> matrix.gemm(false, Tensor.zeros(4, 3), a, 0f, Finish.NONE, c))
                        .getMessage());
        float[] array = new float[40];
        Tensor other = Tensor.wrap(array, 0, Shape.of(3, 5));
        Tensor result = Tensor.wrap(array, 14, Shape.of(4, 5));
        assertEquals(
                "matmul: the result must not share memory with b, which is still read",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> matrix.gemm(a, false, other, 0f, Finish.NONE, result))
                        .getMessage());
    }

    @Test
    void should_refuse_an_engine_of_another_backend() {
        assumeTrue(!engine.backend().equals("reference"), "there is one backend alone");
        try (Engine other = Engine.builder().backend("reference").threads(1).build()) {
            PackedMatrix b = matrix.packB(false, Tensor.zeros(3, 5));
            assertEquals(
                    "matmul: " + b + " cannot be used by " + other + "; pack the matrix with it",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> other.matrix()
                                            .gemm(false, Tensor.zeros(4, 3), b, 0f, Finish.NONE, Tensor.zeros(4, 5)))
                            .getMessage());
        }
    }

    private Tensor some(int rows, int columns) {
        return Tensor.of(Shape.of(rows, columns), values.ordinary(rows * columns));
    }
}
