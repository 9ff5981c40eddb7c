package dev.lanes.numerics;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;

/** The products of {@link MatrixOps} whose operands are sections of arrays, as the BLAS describes them: checks and calls. */
final class ArrayProducts {
    private final Engine engine;

    ArrayProducts(Engine engine) {
        this.engine = engine;
    }

    void multiply(
            String operation,
            GemmGeometry g,
            float alpha,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            float beta,
            float[] c,
            int cOffset) {
        check(operation, g, a, a.length, aOffset, b, b.length, bOffset, c, c.length, cOffset);
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.GEMM, g)
                    .run(g, alpha, a, aOffset, b, bOffset, beta, c, cOffset, Epilogue.NONE, workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    void multiply(
            String operation,
            GemmGeometry g,
            double alpha,
            double[] a,
            int aOffset,
            double[] b,
            int bOffset,
            double beta,
            double[] c,
            int cOffset) {
        check(operation, g, a, a.length, aOffset, b, b.length, bOffset, c, c.length, cOffset);
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.DOUBLE_GEMM, g)
                    .run(g, alpha, a, aOffset, b, bOffset, beta, c, cOffset, workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /** Returns the product with a vector as one with a matrix of one column, whose rows are the increments apart. */
    static GemmGeometry column(
            GemmGeometries geometries, String operation, boolean trans, int m, int n, int lda, int incX, int incY) {
        if (incX < 1 || incY < 1) {
            throw new IllegalArgumentException(
                    operation + ": the increments must be at least 1, are " + incX + " and " + incY);
        }
        return geometries.of(trans, false, trans ? n : m, 1, trans ? m : n, lda, incX, incY);
    }

    private static void check(
            String operation,
            GemmGeometry g,
            Object a,
            int aLength,
            int aOffset,
            Object b,
            int bLength,
            int bOffset,
            Object c,
            int cLength,
            int cOffset) {
        boolean vector = operation.endsWith("v");
        String bName = vector ? "x" : "b";
        String cName = vector ? "y" : "c";
        section(operation, "a", aLength, aOffset, g.spanA());
        section(operation, bName, bLength, bOffset, g.spanB());
        section(operation, cName, cLength, cOffset, g.spanC());
        if (c == a) {
            apart(operation, cName, "a", g, cOffset, aOffset, g.transA() ? g.m() : g.k(), g.lda(), g.spanA());
        }
        if (c == b) {
            apart(operation, cName, bName, g, cOffset, bOffset, g.transB() ? g.k() : g.n(), g.ldb(), g.spanB());
        }
    }

    private static void section(String operation, String name, int length, int offset, int span) {
        if (offset < 0 || span > length - offset) {
            throw new IndexOutOfBoundsException(operation + ": " + name + " needs " + span + " values from " + offset
                    + " on, its array has " + length);
        }
    }

    /** Throws if C shares values with an operand in its array; blocks of columns of one matrix share none. */
    private static void apart(
            String operation,
            String cName,
            String name,
            GemmGeometry g,
            int cOffset,
            int offset,
            int width,
            int leading,
            int span) {
        if (span == 0 || g.spanC() == 0 || cOffset >= offset + span || offset >= cOffset + g.spanC()) {
            return;
        }
        if (g.ldc() == leading) {
            int shift = Math.floorMod(cOffset - offset, leading);
            if (shift >= width && shift + g.n() <= leading) {
                return; // their rows alternate in memory
            }
        }
        throw new IllegalArgumentException(
                operation + ": " + cName + " must not share memory with " + name + ", which is still read");
    }
}
