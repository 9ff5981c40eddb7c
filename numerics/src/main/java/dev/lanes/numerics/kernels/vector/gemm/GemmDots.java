package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.gemm.DotTiles.ROWS;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.GemmKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.simd.Endings;
import dev.lanes.numerics.parallel.Parallel;

/**
 * A matrix times a column, or a row times a transposed matrix: every output is a dot product along a row of the matrix,
 * which is read in place, once. These alone are summed over a tree ({@link GemmGeometry#isDots}); in the order of k the
 * rows would have to be turned into columns in registers, at half the speed of the third-level cache. Where the matrix
 * lies the other way, {@link GemmSkinny} does it.
 */
public final class GemmDots implements GemmKernel {
    /** A chunk of work holds about so many multiply-adds. */
    private static final long GRAIN = 1L << 18;

    @Override
    public String name() {
        return "dots";
    }

    @Override
    public boolean supports(GemmGeometry g) {
        return g.isDots();
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
        boolean column = g.n() == 1 && !g.transA();
        int step = column ? (g.transB() ? 1 : g.ldb()) : g.transA() ? g.lda() : 1;
        Job job = workspace.job(Job.class, Job::new);
        job.column = column;
        job.outputs = column ? g.m() : g.n();
        job.k = g.k();
        job.x = column ? b : a;
        job.xAt = column ? bOffset : aOffset;
        if (step != 1) {
            job.x = GemmSkinny.scaled(g.k(), 1f, job.x, job.xAt, step, workspace);
            job.xAt = 0;
        }
        job.alpha = alpha;
        job.matrix = column ? a : b;
        job.matrixAt = column ? aOffset : bOffset;
        job.stride = column ? g.lda() : g.ldb();
        job.beta = beta;
        job.c = c;
        job.cOffset = cOffset;
        job.cStep = column ? g.ldc() : 1;
        job.epilogue = epilogue;
        job.workspace = workspace;
        job.share = ROWS * Math.clamp(GRAIN / ((long) ROWS * Math.max(1, g.k())), 1, 1 << 16);
        try {
            workspace.run(Math.ceilDiv(job.outputs, job.share), Math.max(g.flops(), g.bytes()), job);
        } finally {
            job.x = null;
            job.matrix = null;
            job.c = null;
            job.epilogue = null;
            job.workspace = null;
        }
    }

    private static final class Job implements Parallel.Task {
        private boolean column;
        private int outputs;
        private int k;
        private float[] x;
        private int xAt;
        private float alpha;
        private float[] matrix;
        private int matrixAt;
        private int stride;
        private float beta;
        private float[] c;
        private int cOffset;
        private int cStep;
        private Epilogue epilogue;
        private Workspace workspace;
        /** How many outputs make a chunk. */
        private int share;

        @Override
        public void run(int chunk, int worker) {
            float[] parts = workspace.floats(worker, 2, DotTiles.SCRATCH);
            int first = chunk * share;
            int last = Math.min(first + share, outputs);
            boolean apart = column && (cStep != 1 || !epilogue.isNone());
            int rows = apart ? last - first : 1;
            int columns = apart ? 1 : last - first;
            int to = cOffset + first * cStep;
            epilogue.begin(rows, columns, beta, c, to, cStep, column ? 0 : first);
            for (int i = first; i < last; ) {
                int tile = Math.min(ROWS, last - i);
                DotTiles.run(tile, k, matrix, matrixAt + i * stride, stride, x, xAt, parts);
                for (int t = 0; t < tile; t++, i++) {
                    int at = cOffset + i * cStep;
                    c[at] = Math.fma(alpha, DotTiles.fold(parts, t * DotTiles.PARTS), c[at]);
                }
            }
            Endings.end(epilogue, rows, columns, c, to, cStep);
        }
    }
}
