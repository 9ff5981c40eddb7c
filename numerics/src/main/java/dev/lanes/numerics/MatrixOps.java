package dev.lanes.numerics;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;

/** The matrix products of an {@link Engine}. */
public final class MatrixOps {
    private final Engine engine;

    MatrixOps(Engine engine) {
        this.engine = engine;
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
            ShapeMismatchException.require(
                    "linear", "bias", bias.shape(), Shape.of(w.shape().dim(1)));
            Checks.apart("linear", "y", y, "bias", bias);
            epilogue = Epilogue.bias(bias.array(), bias.offset());
        }
        run(false, false, 1f, x, w, 0f, y, epilogue);
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
        ShapeMismatchException.require("matmul", "the result", c.shape(), Shape.of(m, n));
        Checks.apart("matmul", "the result", c, "a", a);
        Checks.apart("matmul", "the result", c, "b", b);
        GemmGeometry g = GemmGeometry.of(transA, transB, m, n, k);
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
