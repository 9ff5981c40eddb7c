package dev.lanes.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.MatrixOps;
import dev.lanes.tests.kit.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The products on sections of arrays: against plain loops, and what they refuse. */
class BlasCallsTest {
    private final Engine engine = Engine.builder().threads(2).build();
    private final MatrixOps matrix = engine.matrix();
    private final RandomGenerator random = Seed.random("blas calls");

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void should_multiply_sections_of_arrays_in_either_precision() {
        int[] sizes = {1, 3, 17, 33};
        for (int i = 0; i < 60; i++) {
            boolean transA = random.nextBoolean();
            boolean transB = random.nextBoolean();
            int m = sizes[random.nextInt(sizes.length)];
            int n = sizes[random.nextInt(sizes.length)];
            int k = sizes[random.nextInt(sizes.length)];
            int lda = (transA ? m : k) + random.nextInt(3);
            int ldb = (transB ? k : n) + random.nextInt(3);
            int ldc = n + random.nextInt(3);
            double[] a = numbers(3 + (transA ? k : m) * lda);
            double[] b = numbers(5 + (transB ? n : k) * ldb);
            double[] c = numbers(7 + m * ldc);
            double beta = random.nextInt(2);
            double[] expected = c.clone();
            for (int row = 0; row < m; row++) {
                for (int column = 0; column < n; column++) {
                    double sum = 0;
                    for (int p = 0; p < k; p++) {
                        sum += a[3 + (transA ? p * lda + row : row * lda + p)]
                                * b[5 + (transB ? column * ldb + p : p * ldb + column)];
                    }
                    int at = 7 + row * ldc + column;
                    expected[at] = 0.5 * sum + beta * c[at];
                }
            }
            float[] single = floats(c);
            matrix.sgemm(
                    transA, transB, m, n, k, 0.5f, floats(a), 3, lda, floats(b), 5, ldb, (float) beta, single, 7, ldc);
            assertArrayEquals(floats(expected), single, 0f); // whole numbers: every sum is exact
            matrix.dgemm(transA, transB, m, n, k, 0.5, a, 3, lda, b, 5, ldb, beta, c, 7, ldc);
            assertArrayEquals(expected, c, 0.);
        }
    }

    @Test
    void should_multiply_vectors_whose_elements_lie_apart() {
        float[] a = {9, 1, 2, 3, 9, 4, 5, 6}; // rows 1 2 3 and 4 5 6
        float[] y = {7, 0, 7, 0, 7};
        matrix.sgemv(false, 2, 3, 1f, a, 1, 4, new float[] {1, 0, 2, 0, 3}, 0, 2, 1f, y, 0, 2);
        assertArrayEquals(new float[] {21, 0, 39, 0, 7}, y);
        double[] yd = {Double.NaN, -1, Double.NaN, -1, Double.NaN};
        double[] ad = {9, 1, 2, 3, 9, 4, 5, 6};
        matrix.dgemv(true, 2, 3, 2, ad, 1, 4, new double[] {10, 1}, 0, 1, 0, yd, 0, 2);
        assertArrayEquals(new double[] {28, -1, 50, -1, 72}, yd);
        float[] ys = new float[2];
        matrix.sgemv(false, 2, 0, 1f, a, 0, 4, a, 0, 1, 0f, ys, 0, 1);
        assertArrayEquals(new float[2], ys);
    }

    @Test
    void should_give_a_vector_the_bits_of_a_matrix_of_one_column() {
        double[] a = numbers(40 * 50);
        double[] x = numbers(50);
        double[] y = new double[40];
        double[] c = new double[40];
        for (int i = 0; i < a.length; i++) {
            a[i] /= 7;
        }
        matrix.dgemv(false, 40, 50, 0.3, a, 0, 50, x, 0, 1, 0, y, 0, 1);
        matrix.dgemm(false, false, 40, 1, 50, 0.3, a, 0, 50, x, 0, 1, 0, c, 0, 1);
        assertArrayEquals(c, y, 0.);
    }

    @Test
    void should_give_the_bits_of_the_reference_in_double_precision() {
        try (Engine reference = Engine.builder().backend("reference").threads(1).build()) {
            for (int trans = 0; trans < 4; trans++) {
                for (int[] size : new int[][] {{1, 40, 30}, {37, 1, 300}, {100, 61, 270}, {14, 16, 5}}) {
                    boolean transA = trans / 2 == 1;
                    boolean transB = trans % 2 == 1;
                    double[] a = thirds(size[0] * size[2]);
                    double[] b = thirds(size[1] * size[2]);
                    double[] c = thirds(size[0] * size[1]);
                    double[] expected = c.clone();
                    dgemm(reference, transA, transB, size, a, b, expected);
                    dgemm(engine, transA, transB, size, a, b, c);
                    assertArrayEquals(expected, c, 0.);
                }
            }
        }
    }

    private static void dgemm(
            Engine engine, boolean transA, boolean transB, int[] size, double[] a, double[] b, double[] c) {
        int m = size[0];
        int n = size[1];
        int k = size[2];
        int lda = transA ? m : k;
        int ldb = transB ? k : n;
        engine.matrix().dgemm(transA, transB, m, n, k, 0.3, a, 0, lda, b, 0, ldb, -0.7, c, 0, n);
    }

    private double[] thirds(int length) {
        return Arrays.stream(numbers(length))
                .map(x -> x / 3 + random.nextDouble())
                .toArray();
    }

    @Test
    void should_let_blocks_of_columns_of_one_matrix_be() {
        float[] array = {1, 2, 0, 0, 3, 4, 0, 0};
        matrix.sgemm(false, false, 2, 2, 2, 1f, array, 0, 4, new float[] {1, 0, 0, 1}, 0, 2, 0f, array, 2, 4);
        assertArrayEquals(new float[] {1, 2, 1, 2, 3, 4, 3, 4}, array);
    }

    @Test
    void should_refuse_what_does_not_fit() {
        float[] s = new float[6];
        double[] d = new double[6];
        refused(
                "gemm: leading dimensions lda 1, ldb 2, ldc 2 must be at least 3, 2, 2",
                () -> matrix.sgemm(false, false, 2, 2, 3, 1f, s, 0, 1, s, 0, 2, 0f, s, 0, 2));
        outside(
                "sgemm: a needs 6 values from 1 on, its array has 6",
                () -> matrix.sgemm(false, false, 2, 2, 3, 1f, s, 1, 3, s, 0, 2, 0f, new float[4], 0, 2));
        outside(
                "dgemm: b needs 6 values from -1 on, its array has 6",
                () -> matrix.dgemm(false, false, 2, 2, 3, 1, d, 0, 3, d, -1, 2, 0, new double[4], 0, 2));
        outside(
                "dgemm: c needs 4 values from 2147483647 on, its array has 4",
                () -> matrix.dgemm(false, false, 2, 2, 3, 1, d, 0, 3, d, 0, 2, 0, new double[4], Integer.MAX_VALUE, 2));
        refused(
                "sgemm: c must not share memory with b, which is still read",
                () -> matrix.sgemm(false, false, 2, 2, 2, 1f, new float[4], 0, 2, s, 0, 2, 0f, s, 1, 2));
        refused(
                "sgemv: the increments must be at least 1, are 1 and 0",
                () -> matrix.sgemv(false, 2, 3, 1f, s, 0, 3, s, 0, 1, 0f, s, 0, 0));
        outside(
                "dgemv: x needs 5 values from 0 on, its array has 4",
                () -> matrix.dgemv(false, 2, 3, 1, d, 0, 3, new double[4], 0, 2, 0, d, 0, 1));
        refused(
                "dgemv: y must not share memory with a, which is still read",
                () -> matrix.dgemv(false, 2, 3, 1, d, 0, 3, new double[4], 0, 1, 0, d, 0, 1));
    }

    private static void refused(String message, org.junit.jupiter.api.function.Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    private static void outside(String message, org.junit.jupiter.api.function.Executable call) {
        assertEquals(
                message, assertThrows(IndexOutOfBoundsException.class, call).getMessage());
    }

    private double[] numbers(int length) {
        return Arrays.stream(new double[length])
                .map(zero -> random.nextInt(-4, 5))
                .toArray();
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
