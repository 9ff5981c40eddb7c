package dev.lanes.openblas;

import java.lang.foreign.MemorySegment;

/**
 * Matrix products that read and write Java arrays where they lie; an operand may be off the heap as well.
 *
 * <p>The garbage collector waits for such a call, and with it every other thread that needs memory. So one call is
 * bounded; a larger product is cut into slices of k, between which the collector gets its turn. OpenBLAS itself goes
 * along k in steps of some hundred, so this costs next to nothing; cutting the result costs 5 to 10 %.
 */
final class HeapProduct {
    /** The most floating-point operations of one call: 5 to 10 ms on a core that does 100 to 200 GFLOP/s. */
    private static final long MAX_FLOPS = 1L << 30;
    /** What slices are a multiple of; shorter ones are slower than staging. */
    private static final int SLICE = 256;
    /** A rest of k below this is done with the slice before it. */
    private static final int MIN_REST = 64;
    /** The most elements of C for which a slice is within the bound: 1448 x 1448. */
    static final long MAX_RESULT = MAX_FLOPS / (2 * SLICE);

    private HeapProduct() {}

    /**
     * Computes {@code c = beta * c + alpha * op(a) * op(b)}; a result above {@link #MAX_RESULT} is cut as well.
     *
     * @param aAt index of the first element that is used
     */
    static void sgemm(
            boolean transA,
            boolean transB,
            int m,
            int n,
            int k,
            float alpha,
            MemorySegment a,
            int aAt,
            int lda,
            MemorySegment b,
            int bAt,
            int ldb,
            float beta,
            MemorySegment c,
            int cAt,
            int ldc) {
        if ((long) m * n <= MAX_RESULT) {
            slices(transA, transB, m, n, k, alpha, a, aAt, lda, b, bAt, ldb, beta, c, cAt, ldc);
        } else if (m >= n) {
            int half = m / 2;
            int aHalf = aAt + (transA ? half : half * lda);
            sgemm(transA, transB, half, n, k, alpha, a, aAt, lda, b, bAt, ldb, beta, c, cAt, ldc);
            sgemm(transA, transB, m - half, n, k, alpha, a, aHalf, lda, b, bAt, ldb, beta, c, cAt + half * ldc, ldc);
        } else {
            int half = n / 2;
            int bHalf = bAt + (transB ? half * ldb : half);
            sgemm(transA, transB, m, half, k, alpha, a, aAt, lda, b, bAt, ldb, beta, c, cAt, ldc);
            sgemm(transA, transB, m, n - half, k, alpha, a, aAt, lda, b, bHalf, ldb, beta, c, cAt + half, ldc);
        }
    }

    private static void slices(
            boolean transA,
            boolean transB,
            int m,
            int n,
            int k,
            float alpha,
            MemorySegment a,
            int aAt,
            int lda,
            MemorySegment b,
            int bAt,
            int ldb,
            float beta,
            MemorySegment c,
            int cAt,
            int ldc) {
        long most = MAX_FLOPS / (2L * m * n);
        int slice = most >= k ? k : (int) Math.max(SLICE, most / SLICE * SLICE);
        MemorySegment product = segment(c, cAt);
        int length;
        for (int p = 0; p < k; p += length) {
            length = k - p < slice + MIN_REST ? k - p : slice;
            Cblas.sgemmOnHeap(
                    transA,
                    transB,
                    m,
                    n,
                    length,
                    alpha,
                    segment(a, aAt + (transA ? p * lda : p)),
                    lda,
                    segment(b, bAt + (transB ? p : p * ldb)),
                    ldb,
                    p == 0 ? beta : 1f,
                    product,
                    ldc);
        }
    }

    /** Returns an array from an index on. */
    static MemorySegment segment(float[] array, int at) {
        return segment(MemorySegment.ofArray(array), at);
    }

    /** Returns floats from an index on. */
    static MemorySegment segment(MemorySegment floats, int at) {
        return floats.asSlice(4L * at);
    }
}
