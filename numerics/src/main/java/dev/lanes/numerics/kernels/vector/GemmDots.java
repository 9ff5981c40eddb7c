package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.DotTiles.ROWS;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.GemmKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;

/**
 * A matrix times a column, or a row times a transposed matrix: every output is a sum along a row of the matrix, which is
 * read in place, once. Where the matrix lies the other way, {@link GemmSkinny} does it.
 */
final class GemmDots implements GemmKernel {
    /** A chunk of work holds about so many multiply-adds. */
    private static final long GRAIN = 1L << 18;

    @Override
    public String name() {
        return "dots";
    }

    @Override
    public boolean supports(GemmGeometry g) {
        return g.n() == 1 && !g.transA() && g.m() >= ROWS || g.m() == 1 && g.transB() && g.n() >= ROWS;
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
        boolean column = g.n() == 1 && !g.transA() && g.m() >= ROWS;
        Job job = workspace.job(Job.class, Job::new);
        job.column = column;
        job.outputs = column ? g.m() : g.n();
        job.k = g.k();
        job.x = column
                ? GemmSkinny.scaled(g.k(), alpha, b, bOffset, g.transB() ? 1 : g.ldb(), workspace)
                : GemmSkinny.scaled(g.k(), 1f, a, aOffset, g.transA() ? g.lda() : 1, workspace);
        job.alpha = column ? 1f : alpha;
        job.matrix = column ? a : b;
        job.matrixAt = column ? aOffset : bOffset;
        job.stride = column ? g.lda() : g.ldb();
        job.beta = beta;
        job.c = c;
        job.cOffset = cOffset;
        job.cStep = column ? g.ldc() : 1;
        job.epilogue = epilogue;
        job.workspace = workspace;
        job.groups = Math.clamp(GRAIN / ((long) ROWS * Math.max(1, g.k())), 1, Math.ceilDiv(job.outputs, ROWS));
        try {
            workspace.run(Math.ceilDiv(job.outputs, job.groups * ROWS), Math.max(g.flops(), g.bytes()), job);
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
        /** How many vectors of outputs make a chunk. */
        private int groups;

        @Override
        public void run(int chunk, int worker) {
            float[] sums = workspace.floats(worker, 2, ROWS);
            int first = chunk * groups * ROWS;
            int last = Math.min(first + groups * ROWS, outputs);
            for (int i = first; i < last; i += ROWS) {
                int count = Math.min(ROWS, outputs - i);
                int rows = column ? count : 1;
                int columns = column ? 1 : count;
                int at = cOffset + i * cStep;
                epilogue.begin(rows, columns, beta, c, at, cStep, column ? 0 : i);
                int spare = ROWS - count; // the last rows again, beside some whose sums are thrown away
                Blocks.copy(count, 1, c, at, cStep, sums, spare, 1);
                DotTiles.run(k, alpha, matrix, matrixAt + (i - spare) * stride, stride, x, 0, sums);
                Blocks.copy(count, 1, sums, spare, 1, c, at, cStep);
                epilogue.end(rows, columns, c, at, cStep);
            }
        }
    }
}
