package dev.lanes.numerics;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.PackedGemm;
import dev.lanes.numerics.kernels.Workspace;

/**
 * One operand of matrix products, arranged once as an engine's backend reads it fastest, for a matrix that is used many
 * times, as the weights of a trained layer are; made by {@link MatrixOps#packB} or {@link MatrixOps#packA}.
 *
 * <p>A copy: later changes of the tensor do not reach it. Engines of the backend and the vector width that made it can
 * use it. Immutable, safe for any thread.
 */
public final class PackedMatrix {
    private final String backend;
    private final int vectorBits;
    private final boolean left;
    private final boolean transposed;
    private final int rows;
    private final int columns;
    private final PackedGemm product;

    PackedMatrix(Engine engine, boolean left, boolean transposed, int rows, int columns, PackedGemm product) {
        this.backend = engine.backend();
        this.vectorBits = engine.vectorBits();
        this.left = left;
        this.transposed = transposed;
        this.rows = rows;
        this.columns = columns;
        this.product = product;
    }

    /** Tells whether this is the left operand of products. */
    public boolean isLeft() {
        return left;
    }

    /** Returns the rows of the operand, after a transposition. */
    public int rows() {
        return rows;
    }

    /** Returns the columns of the operand, after a transposition. */
    public int columns() {
        return columns;
    }

    /** Returns the backend whose engines can use this. */
    public String backend() {
        return backend;
    }

    /** Tells whether the matrix was transposed when it was packed. */
    boolean transposed() {
        return transposed;
    }

    /**
     * Returns the call {@code c = finish(a * this)} on these very tensors, for a matrix packed as the right operand,
     * checked now and then run as often as wanted: a run checks and allocates nothing, and reads and writes what the
     * tensors hold at the time.
     *
     * <p><b>Shapes</b>: a {@code [m, k]}, this {@code [k, n]}, c {@code [m, n]}, a bias {@code [n]}; the bits are those of
     * {@link MatrixOps#gemm(boolean, Tensor, PackedMatrix, float, Finish, Tensor)}. One thread at a time may run it.
     *
     * @throws ShapeMismatchException if the operands do not fit
     * @throws IllegalArgumentException if this was packed as the left operand, or by another backend or for another
     *     width; or c shares memory with another operand
     */
    public Runnable bind(Engine engine, Tensor a, Finish finish, Tensor c) {
        String op = MatrixOps.MATMUL;
        MatrixOps.requireMatrix("a", a);
        PackedGemm kept = product(engine, false);
        int m = a.shape().dim(0);
        ShapeMismatchException.require(op, "a", a.shape(), Shape.of(m, rows), this);
        Checks.matrix(op, MatrixOps.RESULT, c, m, columns);
        Checks.apart(op, MatrixOps.RESULT, c, "a", a);
        Epilogue epilogue = finish.epilogue(op, c, columns, this);
        GemmGeometry g =
                new GemmGeometry(false, transposed, m, columns, rows, rows, transposed ? rows : columns, columns);
        return () -> {
            Workspace workspace = engine.borrow();
            try {
                kept.run(g, a.array(), a.offset(), 0f, c.array(), c.offset(), epilogue, workspace);
            } finally {
                engine.giveBack(workspace);
            }
        };
    }

    /** Returns what the kernel keeps, once side, backend and width are found to fit. */
    PackedGemm product(Engine engine, boolean asLeft) {
        if (left != asLeft) {
            throw new IllegalArgumentException("matmul: " + this + " was packed as the " + (left ? "left" : "right")
                    + " operand; pack it with " + (asLeft ? "packA" : "packB"));
        }
        if (!backend.equals(engine.backend()) || vectorBits != engine.vectorBits()) {
            throw new IllegalArgumentException(
                    "matmul: " + this + " cannot be used by " + engine + "; pack the matrix with it");
        }
        return product;
    }

    /** Returns size, side and backend, as in {@code PackedMatrix[B 576x64, vector 512 bits]}. */
    @Override
    public String toString() {
        return "PackedMatrix[" + (left ? "A " : "B ") + rows + "x" + columns + ", " + backend
                + (vectorBits == 0 ? "]" : " " + vectorBits + " bits]");
    }
}
