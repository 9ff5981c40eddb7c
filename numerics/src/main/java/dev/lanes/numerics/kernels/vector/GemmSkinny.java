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
 * <p>One row at a time runs down eight vectors of columns, whose sums stay in registers; a chunk of work is such a group
 * of columns. The order of each sum is that of {@link GemmBlocked}, so the bits are the same.
 */
final class GemmSkinny implements GemmKernel {
    private static final int VECTORS = 8;
    private static final int MOST_ROWS = 3;

    @Override
    public String name() {
        return "skinny";
    }

    @Override
    public boolean supports(GemmGeometry g) {
        return g.m() <= MOST_ROWS && g.n() >= LANES && !g.transB() && (!g.transA() || g.m() == 1);
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
            workspace.run(Math.ceilDiv(g.n(), VECTORS * LANES), Math.max(g.flops(), g.bytes()), job);
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
            int first = chunk * VECTORS * LANES;
            int columns = Math.min(VECTORS * LANES, g.n() - first);
            Blocks.begin(epilogue, g.m(), columns, beta, c, cOffset + first, g.ldc(), first);
            for (int i = 0; i < g.m(); i++) {
                int aAt = aOffset + i * g.lda();
                int aStep = g.transA() ? g.lda() : 1;
                int at = cOffset + i * g.ldc() + first;
                int from = bOffset + first;
                if (columns == VECTORS * LANES) {
                    eight(g.k(), a, aAt, aStep, alpha, b, from, g.ldb(), c, at);
                } else {
                    int j = 0;
                    for (; j <= columns - LANES; j += LANES) {
                        one(g.k(), a, aAt, aStep, alpha, b, from + j, g.ldb(), c, at + j);
                    }
                    for (; j < columns; j++) {
                        single(g.k(), a, aAt, aStep, alpha, b, from + j, g.ldb(), c, at + j);
                    }
                }
            }
            epilogue.end(g.m(), columns, c, cOffset + first, g.ldc());
        }

        private static void eight(
                int k, float[] a, int aAt, int aStep, float alpha, float[] b, int bAt, int ldb, float[] c, int cAt) {
            FloatVector c0 = FloatVector.fromArray(F, c, cAt);
            FloatVector c1 = FloatVector.fromArray(F, c, cAt + LANES);
            FloatVector c2 = FloatVector.fromArray(F, c, cAt + 2 * LANES);
            FloatVector c3 = FloatVector.fromArray(F, c, cAt + 3 * LANES);
            FloatVector c4 = FloatVector.fromArray(F, c, cAt + 4 * LANES);
            FloatVector c5 = FloatVector.fromArray(F, c, cAt + 5 * LANES);
            FloatVector c6 = FloatVector.fromArray(F, c, cAt + 6 * LANES);
            FloatVector c7 = FloatVector.fromArray(F, c, cAt + 7 * LANES);
            int from = bAt;
            int at = aAt;
            for (int p = 0; p < k; p++) {
                FloatVector v = FloatVector.broadcast(F, a[at]);
                c0 = FloatVector.fromArray(F, b, from).mul(alpha).fma(v, c0);
                c1 = FloatVector.fromArray(F, b, from + LANES).mul(alpha).fma(v, c1);
                c2 = FloatVector.fromArray(F, b, from + 2 * LANES).mul(alpha).fma(v, c2);
                c3 = FloatVector.fromArray(F, b, from + 3 * LANES).mul(alpha).fma(v, c3);
                c4 = FloatVector.fromArray(F, b, from + 4 * LANES).mul(alpha).fma(v, c4);
                c5 = FloatVector.fromArray(F, b, from + 5 * LANES).mul(alpha).fma(v, c5);
                c6 = FloatVector.fromArray(F, b, from + 6 * LANES).mul(alpha).fma(v, c6);
                c7 = FloatVector.fromArray(F, b, from + 7 * LANES).mul(alpha).fma(v, c7);
                from += ldb;
                at += aStep;
            }
            c0.intoArray(c, cAt);
            c1.intoArray(c, cAt + LANES);
            c2.intoArray(c, cAt + 2 * LANES);
            c3.intoArray(c, cAt + 3 * LANES);
            c4.intoArray(c, cAt + 4 * LANES);
            c5.intoArray(c, cAt + 5 * LANES);
            c6.intoArray(c, cAt + 6 * LANES);
            c7.intoArray(c, cAt + 7 * LANES);
        }

        private static void one(
                int k, float[] a, int aAt, int aStep, float alpha, float[] b, int bAt, int ldb, float[] c, int cAt) {
            FloatVector sum = FloatVector.fromArray(F, c, cAt);
            int from = bAt;
            int at = aAt;
            for (int p = 0; p < k; p++) {
                sum = FloatVector.fromArray(F, b, from).mul(alpha).fma(FloatVector.broadcast(F, a[at]), sum);
                from += ldb;
                at += aStep;
            }
            sum.intoArray(c, cAt);
        }

        private static void single(
                int k, float[] a, int aAt, int aStep, float alpha, float[] b, int bAt, int ldb, float[] c, int cAt) {
            float sum = c[cAt];
            int from = bAt;
            int at = aAt;
            for (int p = 0; p < k; p++) {
                sum = Math.fma(alpha * b[from], a[at], sum);
                from += ldb;
                at += aStep;
            }
            c[cAt] = sum;
        }
    }
}
