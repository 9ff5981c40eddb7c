package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.gemm.DoubleDotTiles.PARTS;
import static dev.lanes.numerics.kernels.vector.gemm.DoubleDotTiles.ROWS;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.DoubleGemmKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;

/** {@link GemmDots} in double precision: a matrix times a column, or a row times a transposed matrix. */
public final class DoubleGemmDots implements DoubleGemmKernel {
    /** A chunk of work holds about so many multiply-adds. */
    private static final long GRAIN = 1L << 17;

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
            double alpha,
            double[] a,
            int aOffset,
            double[] b,
            int bOffset,
            double beta,
            double[] c,
            int cOffset,
            Workspace workspace) {
        boolean column = g.n() == 1 && !g.transA();
        int step = column ? (g.transB() ? 1 : g.ldb()) : g.transA() ? g.lda() : 1;
        Job job = workspace.job(Job.class, Job::new);
        job.outputs = column ? g.m() : g.n();
        job.k = g.k();
        job.x = column ? b : a;
        job.xAt = column ? bOffset : aOffset;
        if (step != 1) {
            job.x = DoubleGemmSkinny.scaled(g.k(), 1, job.x, job.xAt, step, workspace);
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
        job.workspace = workspace;
        job.share = ROWS * Math.clamp(GRAIN / ((long) ROWS * Math.max(1, g.k())), 1, 1 << 16);
        try {
            workspace.run(Math.ceilDiv(job.outputs, job.share), Math.max(g.flops(), 2 * g.bytes()), job);
        } finally {
            job.x = null;
            job.matrix = null;
            job.c = null;
            job.workspace = null;
        }
    }

    private static final class Job implements Parallel.Task {
        private int outputs;
        private int k;
        private double[] x;
        private int xAt;
        private double alpha;
        private double[] matrix;
        private int matrixAt;
        private int stride;
        private double beta;
        private double[] c;
        private int cOffset;
        private int cStep;
        private Workspace workspace;
        /** How many outputs make a chunk. */
        private int share;

        @Override
        public void run(int chunk, int worker) {
            double[] parts = workspace.doubles(worker, 2, ROWS * PARTS);
            int last = Math.min((chunk + 1) * share, outputs);
            for (int i = chunk * share; i < last; ) {
                int tile = Math.min(ROWS, last - i);
                DoubleDotTiles.run(tile, k, matrix, matrixAt + i * stride, stride, x, xAt, parts);
                for (int t = 0; t < tile; t++, i++) {
                    int at = cOffset + i * cStep;
                    double begin = beta == 0 ? 0 : beta * c[at]; // beta 0 overwrites, even a NaN
                    c[at] = Math.fma(alpha, DoubleDotTiles.fold(parts, t * PARTS), begin);
                }
            }
        }
    }
}
