package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;
import static dev.lanes.numerics.kernels.vector.Simd.LANES;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.GemmKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import jdk.incubator.vector.FloatVector;

/**
 * The product of very few rows with a matrix, as in a fully connected layer for one image: each value of B is used so
 * seldom that packing it would cost as much as the product, so it is read in place, once, at the speed of memory.
 *
 * <p>Eight rows of B at a time run along a stretch of columns, so that memory is read in eight long streams, which the
 * hardware fetches ahead; the sums of the stretch stay in the first-level cache. The order of each sum is that of {@link
 * GemmBlocked}, so the bits are the same.
 */
final class GemmSkinny implements GemmKernel {
    /** Columns of a chunk of work: 2 KiB of each row of B. */
    private static final int COLUMNS = 512;

    private static final int STREAMS = 8;
    private static final int MOST_ROWS = 6;

    @Override
    public String name() {
        return "skinny";
    }

    @Override
    public boolean supports(GemmGeometry g) {
        return g.m() <= MOST_ROWS && g.n() >= LANES && !g.transB();
    }

    @Override
    public void run(
            GemmGeometry g,
            float alpha,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            float beta,
            float[] c,
            int cOffset,
            Epilogue epilogue,
            Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.g = g;
        job.alpha = alpha;
        job.a = a;
        job.aOffset = aOffset;
        job.b = b;
        job.bOffset = bOffset;
        job.beta = beta;
        job.c = c;
        job.cOffset = cOffset;
        job.epilogue = epilogue;
        try {
            workspace.run(Math.ceilDiv(g.n(), COLUMNS), Math.max(g.flops(), g.bytes()), job);
        } finally {
            job.a = null;
            job.b = null;
            job.c = null;
            job.epilogue = null;
        }
    }

    private static final class Job implements Parallel.Task {
        private GemmGeometry g;
        private float alpha;
        private float[] a;
        private int aOffset;
        private float[] b;
        private int bOffset;
        private float beta;
        private float[] c;
        private int cOffset;
        private Epilogue epilogue;

        @Override
        public void run(int chunk, int worker) {
            int first = chunk * COLUMNS;
            int columns = Math.min(COLUMNS, g.n() - first);
            Blocks.begin(epilogue, g.m(), columns, beta, c, cOffset + first, g.ldc(), first);
            int from = bOffset + first;
            int p = 0;
            for (; p <= g.k() - STREAMS; p += STREAMS) {
                for (int i = 0; i < g.m(); i++) { // the stretch of B is in the first-level cache from the first row on
                    int at = cOffset + i * g.ldc() + first;
                    eight(columns, a, aAt(i, p), aStep(), alpha, b, from + p * g.ldb(), g.ldb(), c, at);
                }
            }
            for (; p < g.k(); p++) {
                for (int i = 0; i < g.m(); i++) {
                    one(columns, a[aAt(i, p)], alpha, b, from + p * g.ldb(), c, cOffset + i * g.ldc() + first);
                }
            }
            epilogue.end(g.m(), columns, c, cOffset + first, g.ldc());
        }

        private int aStep() {
            return g.transA() ? g.lda() : 1;
        }

        private int aAt(int i, int p) {
            return aOffset + (g.transA() ? p * g.lda() + i : i * g.lda() + p);
        }

        private static void eight(
                int n, float[] a, int aAt, int aStep, float alpha, float[] b, int bAt, int ldb, float[] c, int cAt) {
            FloatVector a0 = FloatVector.broadcast(F, a[aAt]);
            FloatVector a1 = FloatVector.broadcast(F, a[aAt + aStep]);
            FloatVector a2 = FloatVector.broadcast(F, a[aAt + 2 * aStep]);
            FloatVector a3 = FloatVector.broadcast(F, a[aAt + 3 * aStep]);
            FloatVector a4 = FloatVector.broadcast(F, a[aAt + 4 * aStep]);
            FloatVector a5 = FloatVector.broadcast(F, a[aAt + 5 * aStep]);
            FloatVector a6 = FloatVector.broadcast(F, a[aAt + 6 * aStep]);
            FloatVector a7 = FloatVector.broadcast(F, a[aAt + 7 * aStep]);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                FloatVector sum = FloatVector.fromArray(F, c, cAt + j);
                sum = FloatVector.fromArray(F, b, bAt + j).mul(alpha).fma(a0, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + ldb).mul(alpha).fma(a1, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 2 * ldb).mul(alpha).fma(a2, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 3 * ldb).mul(alpha).fma(a3, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 4 * ldb).mul(alpha).fma(a4, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 5 * ldb).mul(alpha).fma(a5, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 6 * ldb).mul(alpha).fma(a6, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 7 * ldb).mul(alpha).fma(a7, sum);
                sum.intoArray(c, cAt + j);
            }
            for (; j < n; j++) {
                float sum = c[cAt + j];
                for (int i = 0; i < STREAMS; i++) {
                    sum = Math.fma(alpha * b[bAt + j + i * ldb], a[aAt + i * aStep], sum);
                }
                c[cAt + j] = sum;
            }
        }

        private static void one(int n, float a, float alpha, float[] b, int bAt, float[] c, int cAt) {
            FloatVector v = FloatVector.broadcast(F, a);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                FloatVector sum = FloatVector.fromArray(F, c, cAt + j);
                FloatVector.fromArray(F, b, bAt + j).mul(alpha).fma(v, sum).intoArray(c, cAt + j);
            }
            for (; j < n; j++) {
                c[cAt + j] = Math.fma(alpha * b[bAt + j], a, c[cAt + j]);
            }
        }
    }
}
