package dev.lanes.numerics;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;

/** The matrix products of an {@link Engine}. */
public final class MatrixOps {
    private final Engine engine;
    private final ArrayProducts arrays;
    private final GemmGeometries geometries = new GemmGeometries();

    MatrixOps(Engine engine) {
        this.engine = engine;
        this.arrays = new ArrayProducts(engine);
    }

    /**
     * Returns the new tensor {@code a * b}.
     *
     * <p><b>Shapes</b>: a {@code [m, k]}, b {@code [k, n]}, result {@code [m, n]}.
     *
     * @throws ShapeMismatchException if the operands are not matrices or do not fit
     */
    public Tensor multiply(Tensor a, Tensor b) {
        requireMatrix("a", a);
        requireMatrix("b", b);
        Tensor c = Tensor.zeros(Shape.of(a.shape().dim(0), b.shape().dim(1)));
        gemm(false, false, 1f, a, b, 0f, c);
        return c;
    }

    /**
     * Computes {@code c = alpha * op(a) * op(b) + beta * c}, where op transposes or does not.
     *
     * <p><b>Shapes</b>: op(a) {@code [m, k]}, op(b) {@code [k, n]}, c {@code [m, n]}. Modifies c, which must not share
     * memory with a or b; with {@code beta == 0} what stood in c is overwritten unread.
     *
     * @throws ShapeMismatchException if the operands are not matrices or do not fit
     * @throws IllegalArgumentException if c shares memory with a or b
     */
    public void gemm(boolean transA, boolean transB, float alpha, Tensor a, Tensor b, float beta, Tensor c) {
        run(transA, transB, alpha, a, b, beta, c, Epilogue.NONE);
    }

    /**
     * Computes the fully connected layer {@code y = x * w + bias}.
     *
     * <p><b>Shapes</b>: x {@code [batch, in]}, w {@code [in, out]}, bias {@code [out]} or null for none, y {@code
     * [batch, out]}. Modifies y, which must not share memory with the others.
     *
     * @throws ShapeMismatchException if the operands do not fit
     */
    public void linear(Tensor x, Tensor w, Tensor bias, Tensor y) {
        Epilogue epilogue = Epilogue.NONE;
        if (bias != null) {
            requireMatrix("w", w);
            Checks.vector("linear", "bias", bias, w.shape().dim(1));
            Checks.apart("linear", "y", y, "bias", bias);
            epilogue = Epilogue.bias(bias.array(), bias.offset());
        }
        run(false, false, 1f, x, w, 0f, y, epilogue);
    }

    /**
     * Computes {@code c = alpha * op(a) * op(b) + beta * c} on sections of arrays, where op transposes or does
     * not.
     *
     * <p><b>Shapes</b>: op(a) {@code [m, k]}, op(b) {@code [k, n]}, c {@code [m, n]}, all row-major: a matrix begins at
     * its offset and the starts of its stored rows are lda (ldb, ldc) apart. Modifies the elements of c and nothing
     * between its rows. C may lie in the array of a or b where it shares no value with it, as blocks of columns of one
     * matrix do; with {@code beta == 0} what stood in c is overwritten unread, a NaN as well.
     *
     * @throws IllegalArgumentException if a size is negative, a leading dimension is shorter than its row, or c shares
     *     values with a or b
     * @throws IndexOutOfBoundsException if an operand does not lie within its array
     */
    public void sgemm(
            boolean transA,
            boolean transB,
            int m,
            int n,
            int k,
            float alpha,
            float[] a,
            int aOffset,
            int lda,
            float[] b,
            int bOffset,
            int ldb,
            float beta,
            float[] c,
            int cOffset,
            int ldc) {
        GemmGeometry g = geometries.of(transA, transB, m, n, k, lda, ldb, ldc);
        arrays.multiply("sgemm", g, alpha, a, aOffset, b, bOffset, beta, c, cOffset);
    }

    /**
     * Computes {@code c = alpha * op(a) * op(b) + beta * c} on sections of arrays in double precision, where op transposes or does
     * not.
     *
     * <p><b>Shapes</b>: op(a) {@code [m, k]}, op(b) {@code [k, n]}, c {@code [m, n]}, all row-major: a matrix begins at
     * its offset and the starts of its stored rows are lda (ldb, ldc) apart. Modifies the elements of c and nothing
     * between its rows. C may lie in the array of a or b where it shares no value with it, as blocks of columns of one
     * matrix do; with {@code beta == 0} what stood in c is overwritten unread, a NaN as well.
     *
     * @throws IllegalArgumentException if a size is negative, a leading dimension is shorter than its row, or c shares
     *     values with a or b
     * @throws IndexOutOfBoundsException if an operand does not lie within its array
     */
    public void dgemm(
            boolean transA,
            boolean transB,
            int m,
            int n,
            int k,
            double alpha,
            double[] a,
            int aOffset,
            int lda,
            double[] b,
            int bOffset,
            int ldb,
            double beta,
            double[] c,
            int cOffset,
            int ldc) {
        GemmGeometry g = geometries.of(transA, transB, m, n, k, lda, ldb, ldc);
        arrays.multiply("dgemm", g, alpha, a, aOffset, b, bOffset, beta, c, cOffset);
    }

    /**
     * Computes {@code y = alpha * op(a) * x + beta * y} on sections of arrays, where op transposes or does not;
     * the bits are those of {@link #sgemm} with one column.
     *
     * <p><b>Shapes</b>: a {@code [m, n]} row-major with rows lda apart; x {@code [n]} and y {@code [m]}, or where a is
     * transposed x {@code [m]} and y {@code [n]}, their elements incX and incY apart. Modifies y, which must share no
     * value with a or x; with {@code beta == 0} what stood in y is overwritten unread.
     *
     * @throws IllegalArgumentException if a size is negative, lda is shorter than a row, an increment is below 1, or y
     *     shares values with a or x
     * @throws IndexOutOfBoundsException if an operand does not lie within its array
     */
    public void sgemv(
            boolean trans,
            int m,
            int n,
            float alpha,
            float[] a,
            int aOffset,
            int lda,
            float[] x,
            int xOffset,
            int incX,
            float beta,
            float[] y,
            int yOffset,
            int incY) {
        GemmGeometry g = ArrayProducts.column(geometries, "sgemv", trans, m, n, lda, incX, incY);
        arrays.multiply("sgemv", g, alpha, a, aOffset, x, xOffset, beta, y, yOffset);
    }

    /**
     * Computes {@code y = alpha * op(a) * x + beta * y} on sections of arrays in double precision, where op transposes or does not;
     * the bits are those of {@link #dgemm} with one column.
     *
     * <p><b>Shapes</b>: a {@code [m, n]} row-major with rows lda apart; x {@code [n]} and y {@code [m]}, or where a is
     * transposed x {@code [m]} and y {@code [n]}, their elements incX and incY apart. Modifies y, which must share no
     * value with a or x; with {@code beta == 0} what stood in y is overwritten unread.
     *
     * @throws IllegalArgumentException if a size is negative, lda is shorter than a row, an increment is below 1, or y
     *     shares values with a or x
     * @throws IndexOutOfBoundsException if an operand does not lie within its array
     */
    public void dgemv(
            boolean trans,
            int m,
            int n,
            double alpha,
            double[] a,
            int aOffset,
            int lda,
            double[] x,
            int xOffset,
            int incX,
            double beta,
            double[] y,
            int yOffset,
            int incY) {
        GemmGeometry g = ArrayProducts.column(geometries, "dgemv", trans, m, n, lda, incX, incY);
        arrays.multiply("dgemv", g, alpha, a, aOffset, x, xOffset, beta, y, yOffset);
    }

    private void run(
            boolean transA, boolean transB, float alpha, Tensor a, Tensor b, float beta, Tensor c, Epilogue epilogue) {
        requireMatrix("a", a);
        requireMatrix("b", b);
        int m = a.shape().dim(transA ? 1 : 0);
        int k = a.shape().dim(transA ? 0 : 1);
        int n = b.shape().dim(transB ? 0 : 1);
        if (b.shape().dim(transB ? 1 : 0) != k) {
            throw new ShapeMismatchException(
                    "matmul",
                    "a " + a.shape() + (transA ? " transposed" : "") + " has " + k + " columns, b " + b.shape()
                            + (transB ? " transposed" : "") + " has "
                            + b.shape().dim(transB ? 1 : 0) + " rows");
        }
        Checks.matrix("matmul", "the result", c, m, n);
        Checks.apart("matmul", "the result", c, "a", a);
        Checks.apart("matmul", "the result", c, "b", b);
        GemmGeometry g = geometries.of(transA, transB, m, n, k, transA ? m : k, transB ? k : n, n);
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.GEMM, g)
                    .run(
                            g,
                            alpha,
                            a.array(),
                            a.offset(),
                            b.array(),
                            b.offset(),
                            beta,
                            c.array(),
                            c.offset(),
                            epilogue,
                            workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    private static void requireMatrix(String name, Tensor tensor) {
        if (tensor.shape().rank() != 2) {
            throw new ShapeMismatchException("matmul", name + " is " + tensor.shape() + ", needs two axes");
        }
    }
}
