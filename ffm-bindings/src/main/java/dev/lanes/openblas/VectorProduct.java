package dev.lanes.openblas;

import dev.lanes.numerics.geometry.GemmGeometry;

/**
 * A matrix product whose C is one row or one column, seen as {@code y = op(matrix) * x}: a row times B is B transposed
 * times a column.
 *
 * @param row whether C is a row: then B is the matrix and A is x, else the other way round
 * @param transposed whether the matrix is used transposed from how it is stored
 * @param length the number of elements of y
 * @param stride the distance between the stored rows of the matrix
 * @param xStep the distance between the elements of x
 * @param yStep the distance between the elements of y
 */
record VectorProduct(boolean row, boolean transposed, int length, int stride, int xStep, int yStep) {
    /** The most elements of a matrix of floats in one call on the heap: 32 MiB, some milliseconds. */
    static final long MAX_ELEMENTS = 1L << 23;

    /** Tells whether a product is one with a vector. */
    static boolean is(GemmGeometry g) {
        return g.m() == 1 || g.n() == 1;
    }

    /** Returns the view of a product for which {@link #is} holds. */
    static VectorProduct of(GemmGeometry g) {
        return g.m() == 1
                ? new VectorProduct(true, !g.transB(), g.n(), g.ldb(), g.transA() ? g.lda() : 1, 1)
                : new VectorProduct(false, g.transA(), g.m(), g.lda(), g.transB() ? 1 : g.ldb(), g.ldc());
    }

    /** Returns the distance in the array of the matrix from its start to what makes element {@code i} of y. */
    int matrixAt(int i) {
        return transposed ? i : i * stride;
    }
}
