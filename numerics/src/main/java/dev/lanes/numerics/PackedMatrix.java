package dev.lanes.numerics;

import dev.lanes.numerics.kernels.PackedGemm;

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
