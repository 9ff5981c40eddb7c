package dev.lanes.openblas;

import java.lang.foreign.MemorySegment;

/**
 * Matrix products that read and write Java arrays where they lie.
 *
 * <p>The garbage collector waits for such a call, and with it every other thread that needs memory. So one call is
 * bounded; a larger product is cut into several, between which the collector gets its turn.
 */
final class HeapProduct {
    /**
     * The most floating-point operations of one call: a cube of 512, about 3 ms on a core that does 100 GFLOP/s. Up to
     * here staging loses against it, above it does not (docs/adr/0005).
     */
    static final long MAX_FLOPS = 1L << 28;

    private HeapProduct() {}

    /**
     * Computes {@code c = beta * c + alpha * op(a) * op(b)}.
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
            float[] a,
            int aAt,
            int lda,
            float[] b,
            int bAt,
            int ldb,
            float beta,
            float[] c,
            int cAt,
            int ldc) {
        if (2L * m * n * k <= MAX_FLOPS || m + n <= 2) {
            Cblas.sgemmOnHeap(
                    transA,
                    transB,
                    m,
                    n,
                    k,
                    alpha,
                    segment(a, aAt),
                    lda,
                    segment(b, bAt),
                    ldb,
                    beta,
                    segment(c, cAt),
                    ldc);
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

    /** Returns an array from an index on. */
    static MemorySegment segment(float[] array, int at) {
        return MemorySegment.ofArray(array).asSlice(4L * at);
    }
}
