package dev.lanes.openblas;

import dev.lanes.numerics.geometry.GemmGeometry;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The functions of OpenBLAS; matrices are row-major. Unchecked: a wrong size reads or writes memory that is not ours.
 *
 * <p>Those whose name ends in {@code OnHeap} take segments of Java arrays. The garbage collector waits for them, so they
 * are for short calls; the others take off-heap segments, and the collector may run meanwhile.
 */
final class Cblas {
    /** The only order used here. */
    static final int ROW_MAJOR = 101;
    /** An operand as it is stored. */
    static final int PLAIN = 111;
    /** An operand transposed. */
    static final int TRANSPOSED = 112;

    /** Order, transpositions, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc. */
    static final String SGEMM_PARAMETERS = "eeeiiifpipifpi";

    private static final String DGEMM_PARAMETERS = "eeeiiidpipidpi";
    /** Order, transposition, rows, columns, alpha, a, lda, x, its step, beta, y, its step. */
    private static final String SGEMV_PARAMETERS = "eeiifpipifpi";

    private static final String DGEMV_PARAMETERS = "eeiidpipidpi";

    private static final Linker.Option HEAP = Linker.Option.critical(true);
    private static final OpenBlasLibrary LIBRARY = Loaded.library();

    private static final MethodHandle SGEMM = LIBRARY.bind("cblas_sgemm", 'v', SGEMM_PARAMETERS);
    private static final MethodHandle SGEMM_ON_HEAP = LIBRARY.bind("cblas_sgemm", 'v', SGEMM_PARAMETERS, HEAP);
    private static final MethodHandle DGEMM = LIBRARY.bind("cblas_dgemm", 'v', DGEMM_PARAMETERS);
    private static final MethodHandle DGEMM_ON_HEAP = LIBRARY.bind("cblas_dgemm", 'v', DGEMM_PARAMETERS, HEAP);
    private static final MethodHandle SGEMV_ON_HEAP = LIBRARY.bind("cblas_sgemv", 'v', SGEMV_PARAMETERS, HEAP);
    private static final MethodHandle DGEMV_ON_HEAP = LIBRARY.bind("cblas_dgemv", 'v', DGEMV_PARAMETERS, HEAP);
    private static final MethodHandle GET_THREADS = LIBRARY.bind("openblas_get_num_threads", 'e', "");
    private static final MethodHandle SET_THREADS = LIBRARY.bind("openblas_set_num_threads", 'v', "e");

    private Cblas() {}

    /** Computes {@code c = beta * c + alpha * op(a) * op(b)} off the heap. */
    static void sgemm(GemmGeometry g, float alpha, MemorySegment a, MemorySegment b, float beta, MemorySegment c) {
        int transA = transposition(g.transA());
        int transB = transposition(g.transB());
        try {
            SGEMM.invokeExact(
                    ROW_MAJOR, transA, transB, g.m(), g.n(), g.k(), alpha, a, g.lda(), b, g.ldb(), beta, c, g.ldc());
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    /** As {@link #sgemm} on the heap; sizes one by one, as this is called for parts of a problem. */
    static void sgemmOnHeap(
            boolean transA,
            boolean transB,
            int m,
            int n,
            int k,
            float alpha,
            MemorySegment a,
            int lda,
            MemorySegment b,
            int ldb,
            float beta,
            MemorySegment c,
            int ldc) {
        int ta = transposition(transA);
        int tb = transposition(transB);
        try {
            SGEMM_ON_HEAP.invokeExact(ROW_MAJOR, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    /** As {@link #sgemm}, in double precision. */
    static void dgemm(GemmGeometry g, double alpha, MemorySegment a, MemorySegment b, double beta, MemorySegment c) {
        int transA = transposition(g.transA());
        int transB = transposition(g.transB());
        try {
            DGEMM.invokeExact(
                    ROW_MAJOR, transA, transB, g.m(), g.n(), g.k(), alpha, a, g.lda(), b, g.ldb(), beta, c, g.ldc());
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    /** As {@link #dgemm}, on the heap. */
    static void dgemmOnHeap(
            GemmGeometry g, double alpha, MemorySegment a, MemorySegment b, double beta, MemorySegment c) {
        int transA = transposition(g.transA());
        int transB = transposition(g.transB());
        try {
            DGEMM_ON_HEAP.invokeExact(
                    ROW_MAJOR, transA, transB, g.m(), g.n(), g.k(), alpha, a, g.lda(), b, g.ldb(), beta, c, g.ldc());
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    /**
     * Computes {@code y = y + alpha * op(matrix) * x} on the heap.
     *
     * @param length elements of y
     * @param k elements of x
     */
    static void sgemvOnHeap(
            boolean transposed,
            int length,
            int k,
            float alpha,
            MemorySegment matrix,
            int stride,
            MemorySegment x,
            int xStep,
            MemorySegment y,
            int yStep) {
        int trans = transposition(transposed);
        int rows = transposed ? k : length;
        int columns = transposed ? length : k;
        try {
            SGEMV_ON_HEAP.invokeExact(ROW_MAJOR, trans, rows, columns, alpha, matrix, stride, x, xStep, 1f, y, yStep);
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    /** As {@link #sgemvOnHeap}, in double precision. */
    static void dgemvOnHeap(
            boolean transposed,
            int length,
            int k,
            double alpha,
            MemorySegment matrix,
            int stride,
            MemorySegment x,
            int xStep,
            MemorySegment y,
            int yStep) {
        int trans = transposition(transposed);
        int rows = transposed ? k : length;
        int columns = transposed ? length : k;
        try {
            DGEMV_ON_HEAP.invokeExact(ROW_MAJOR, trans, rows, columns, alpha, matrix, stride, x, xStep, 1d, y, yStep);
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    /** Returns how many threads OpenBLAS uses for one call. */
    static int threads() {
        try {
            return (int) GET_THREADS.invokeExact();
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    /** Sets how many threads OpenBLAS uses for one call, for the whole process. */
    static void threads(int count) {
        try {
            SET_THREADS.invokeExact(count);
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    private static int transposition(boolean transposed) {
        return transposed ? TRANSPOSED : PLAIN;
    }

    private static RuntimeException failed(Throwable t) {
        return switch (t) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(t);
        };
    }
}
