package dev.lanes.numerics;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.GemmKernel;
import dev.lanes.numerics.kernels.PackedGemm;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;

/** The matrix products of an {@link Engine}. */
public final class MatrixOps {
    static final String MATMUL = "matmul";

    static final String RESULT = "the result";

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
        gemm(transA, transB, alpha, a, b, beta, Finish.NONE, c);
    }

    /**
     * Computes {@code c = finish(alpha * op(a) * op(b) + beta * c)}: bias, residual and clamps in the same pass.
     *
     * <p><b>Shapes</b>: as above; a bias {@code [n]} is added to every row, a bias {@code [m, 1]} to every column, a
     * residual has the shape of c. The sum begins at {@code beta * c + bias}. Modifies c, which must not share memory
     * with the others.
     *
     * @throws ShapeMismatchException if the operands are not matrices or do not fit
     * @throws IllegalArgumentException if c shares memory with another operand
     */
    public void gemm(
            boolean transA, boolean transB, float alpha, Tensor a, Tensor b, float beta, Finish finish, Tensor c) {
        requireMatrix("a", a);
        requireMatrix("b", b);
        int k = a.shape().dim(transA ? 0 : 1);
        if (b.shape().dim(transB ? 1 : 0) != k) {
            throw new ShapeMismatchException(
                    MATMUL,
                    "a " + a.shape() + (transA ? " transposed" : "") + " has " + k + " columns, b " + b.shape()
                            + (transB ? " transposed" : "") + " has "
                            + b.shape().dim(transB ? 1 : 0) + " rows");
        }
        GemmGeometry g = geometry(
                transA, transB, a.shape().dim(transA ? 1 : 0), b.shape().dim(transB ? 0 : 1), k);
        Checks.apart(MATMUL, RESULT, c, "a", a);
        Checks.apart(MATMUL, RESULT, c, "b", b);
        run(null, alpha, a, b, beta, g, finish, c);
    }

    /**
     * Returns a copy of b, arranged for {@link #gemm(boolean, Tensor, PackedMatrix, float, Finish, Tensor)} as this
     * engine's backend reads a right operand fastest; worth it where the same matrix is used many times, most of all with
     * few rows.
     *
     * <p><b>Shapes</b>: op(b) {@code [k, n]}.
     *
     * @throws ShapeMismatchException if b is not a matrix
     */
    public PackedMatrix packB(boolean transB, Tensor b) {
        requireMatrix("b", b);
        int k = b.shape().dim(transB ? 1 : 0);
        int n = b.shape().dim(transB ? 0 : 1);
        GemmGeometry g = geometry(false, transB, 1, n, k);
        Workspace workspace = engine.borrow();
        try {
            PackedGemm product = packing().packRight(g, b.array(), b.offset(), workspace);
            return new PackedMatrix(engine, false, transB, k, n, product);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /**
     * Returns a copy of a, arranged for {@link #gemm(PackedMatrix, boolean, Tensor, float, Finish, Tensor)} as this
     * engine's backend reads a left operand fastest.
     *
     * <p><b>Shapes</b>: op(a) {@code [m, k]}.
     *
     * @throws ShapeMismatchException if a is not a matrix
     */
    public PackedMatrix packA(boolean transA, Tensor a) {
        requireMatrix("a", a);
        int m = a.shape().dim(transA ? 1 : 0);
        int k = a.shape().dim(transA ? 0 : 1);
        GemmGeometry g = geometry(transA, false, m, 1, k);
        Workspace workspace = engine.borrow();
        try {
            PackedGemm product = packing().packLeft(g, a.array(), a.offset(), workspace);
            return new PackedMatrix(engine, true, transA, m, k, product);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /**
     * Computes {@code c = finish(op(a) * b + beta * c)} with a packed b; with every backend but a native one the bits are
     * those of b as it was.
     *
     * <p><b>Shapes</b>: op(a) {@code [m, k]}, b {@code [k, n]}, c {@code [m, n]}, and the operands of finish as in {@link
     * #gemm(boolean, boolean, float, Tensor, Tensor, float, Finish, Tensor)}. Modifies c, which must not share memory with
     * the others.
     *
     * <pre>{@code
     * PackedMatrix w = engine.matrix().packB(true, weights);   // [out, in], once
     * engine.matrix().gemm(false, x, w, 0f, Finish.bias(b).relu(), y);
     * }</pre>
     *
     * @throws ShapeMismatchException if the operands do not fit
     * @throws IllegalArgumentException if b was packed as the left operand, or by another backend or for another width;
     *     or c shares memory with another operand
     */
    public void gemm(boolean transA, Tensor a, PackedMatrix b, float beta, Finish finish, Tensor c) {
        requireMatrix("a", a);
        PackedGemm product = b.product(engine, false);
        int k = a.shape().dim(transA ? 0 : 1);
        if (k != b.rows()) {
            throw new ShapeMismatchException(
                    MATMUL, "a " + a.shape() + (transA ? " transposed" : "") + " has " + k + " columns, b is " + b);
        }
        GemmGeometry g = geometry(transA, b.transposed(), a.shape().dim(transA ? 1 : 0), b.columns(), k);
        Checks.apart(MATMUL, RESULT, c, "a", a);
        run(product, 1f, a, null, beta, g, finish, c);
    }

    /**
     * Computes {@code c = finish(a * op(b) + beta * c)} with a packed a; else as {@link #gemm(boolean, Tensor,
     * PackedMatrix, float, Finish, Tensor)}.
     *
     * @throws ShapeMismatchException if the operands do not fit
     * @throws IllegalArgumentException if a was packed as the right operand, or by another backend or for another width;
     *     or c shares memory with another operand
     */
    public void gemm(PackedMatrix a, boolean transB, Tensor b, float beta, Finish finish, Tensor c) {
        requireMatrix("b", b);
        PackedGemm product = a.product(engine, true);
        int k = b.shape().dim(transB ? 1 : 0);
        if (k != a.columns()) {
            throw new ShapeMismatchException(
                    MATMUL, "a is " + a + ", b " + b.shape() + (transB ? " transposed" : "") + " has " + k + " rows");
        }
        GemmGeometry g = geometry(a.transposed(), transB, a.rows(), b.shape().dim(transB ? 0 : 1), k);
        Checks.apart(MATMUL, RESULT, c, "b", b);
        run(product, 1f, b, null, beta, g, finish, c);
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
        if (bias != null) {
            requireMatrix("w", w);
            Checks.vector("linear", "bias", bias, w.shape().dim(1));
            Checks.apart("linear", "y", y, "bias", bias);
        }
        gemm(false, false, 1f, x, w, 0f, Finish.bias(bias), y);
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

    private GemmKernel packing() {
        for (GemmKernel kernel : engine.kernels().candidates(Slot.GEMM)) {
            if (kernel.packs()) {
                return kernel;
            }
        }
        throw new IllegalStateException("no kernel packs; the reference must");
    }

    private GemmGeometry geometry(boolean transA, boolean transB, int m, int n, int k) {
        return geometries.of(transA, transB, m, n, k, transA ? m : k, transB ? k : n, n);
    }

    /** Checks what all products share, and runs one: of a and b, or of a packed operand and a, the other one. */
    private void run(
            PackedGemm packed, float alpha, Tensor a, Tensor b, float beta, GemmGeometry g, Finish finish, Tensor c) {
        Checks.matrix(MATMUL, RESULT, c, g.m(), g.n());
        Finish rest = finish.beginRows(MATMUL, beta, c);
        float keep = rest == finish ? beta : 1f;
        Epilogue epilogue = rest == Finish.NONE ? Epilogue.NONE : rest.epilogue(MATMUL, c, g.n(), g);
        Workspace workspace = engine.borrow();
        try {
            if (packed != null) {
                packed.run(g, a.array(), a.offset(), keep, c.array(), c.offset(), epilogue, workspace);
            } else {
                engine.kernels()
                        .choose(Slot.GEMM, g)
                        .run(
                                g,
                                alpha,
                                a.array(),
                                a.offset(),
                                b.array(),
                                b.offset(),
                                keep,
                                c.array(),
                                c.offset(),
                                epilogue,
                                workspace);
            }
        } finally {
            engine.giveBack(workspace);
        }
    }

    static void requireMatrix(String name, Tensor tensor) {
        if (tensor.shape().rank() != 2) {
            throw new ShapeMismatchException(MATMUL, name + " is " + tensor.shape() + ", needs two axes");
        }
    }
}
