package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.simd.Simd.D;
import static dev.lanes.numerics.kernels.vector.simd.Simd.DOUBLES;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.DoubleGemmKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * {@link GemmSkinny} in double precision, for one row times a matrix, or a transposed matrix times one column: the matrix is
 * read in place, once, eight of its rows at a time along a stretch of columns.
 */
public final class DoubleGemmSkinny implements DoubleGemmKernel {
    /** The columns of a stretch: 16 KiB of sums. */
    private static final int STRETCH = 2048;

    private static final int STREAMS = 8;

    @Override
    public String name() {
        return "skinny";
    }

    @Override
    public boolean supports(GemmGeometry g) {
        return g.m() == 1 && !g.transB() || g.n() == 1 && g.transA() && g.ldc() == 1;
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
        boolean column = g.m() != 1;
        Job job = workspace.job(Job.class, Job::new);
        job.outputs = column ? g.m() : g.n();
        job.k = g.k();
        // The order of a sum has alpha in B: of a column it is taken once, of a matrix at every value.
        job.x = column
                ? scaled(g.k(), alpha, b, bOffset, g.transB() ? 1 : g.ldb(), workspace)
                : scaled(g.k(), 1, a, aOffset, g.transA() ? g.lda() : 1, workspace);
        job.alpha = column ? 1 : alpha;
        job.matrix = column ? a : b;
        job.matrixAt = column ? aOffset : bOffset;
        job.stride = column ? g.lda() : g.ldb();
        job.beta = beta;
        job.c = c;
        job.cOffset = cOffset;
        try {
            workspace.run(Math.ceilDiv(job.outputs, STRETCH), Math.max(g.flops(), 2 * g.bytes()), job);
        } finally {
            job.x = null;
            job.matrix = null;
            job.c = null;
        }
    }

    /** Returns scratch that holds {@code alpha * b} without gaps. */
    static double[] scaled(int k, double alpha, double[] b, int bAt, int bStep, Workspace workspace) {
        double[] x = workspace.doubles(0, 1, k);
        for (int p = 0; p < k; p++) {
            x[p] = alpha * b[bAt + p * bStep];
        }
        return x;
    }

    private static final class Job implements Parallel.Task {
        private int outputs;
        private int k;
        private double[] x;
        private double alpha;
        private double[] matrix;
        private int matrixAt;
        private int stride;
        private double beta;
        private double[] c;
        private int cOffset;

        @Override
        public void run(int chunk, int worker) {
            int first = chunk * STRETCH;
            int columns = Math.min(STRETCH, outputs - first);
            int to = cOffset + first;
            if (beta == 0) {
                Arrays.fill(c, to, to + columns, 0);
            } else {
                for (int j = to; j < to + columns; j++) {
                    c[j] *= beta;
                }
            }
            int whole = columns - columns % DOUBLES;
            int p = 0;
            for (; p <= k - STREAMS; p += STREAMS) {
                int row = matrixAt + first + p * stride;
                if (alpha == 1) {
                    eight(whole, x, p, matrix, row, stride, c, to);
                } else {
                    eightScaled(whole, x, p, alpha, matrix, row, stride, c, to);
                }
                rest(STREAMS, whole, columns, p, row, to);
            }
            int row = matrixAt + first + p * stride;
            rest(k - p, 0, columns, p, row, to);
        }

        /** Takes rows in the columns behind a whole number of vectors; all columns of the last rows. */
        private void rest(int rows, int from, int columns, int p, int row, int to) {
            for (int i = 0; i < rows; i++) {
                double factor = x[p + i];
                for (int j = from; j < columns; j++) {
                    c[to + j] = Math.fma(factor, alpha * matrix[row + i * stride + j], c[to + j]);
                }
            }
        }

        private static void eight(int n, double[] x, int p, double[] b, int at, int ldb, double[] c, int to) {
            DoubleVector x0 = DoubleVector.broadcast(D, x[p]);
            DoubleVector x1 = DoubleVector.broadcast(D, x[p + 1]);
            DoubleVector x2 = DoubleVector.broadcast(D, x[p + 2]);
            DoubleVector x3 = DoubleVector.broadcast(D, x[p + 3]);
            DoubleVector x4 = DoubleVector.broadcast(D, x[p + 4]);
            DoubleVector x5 = DoubleVector.broadcast(D, x[p + 5]);
            DoubleVector x6 = DoubleVector.broadcast(D, x[p + 6]);
            DoubleVector x7 = DoubleVector.broadcast(D, x[p + 7]);
            for (int j = 0; j < n; j += DOUBLES) {
                DoubleVector sum = DoubleVector.fromArray(D, c, to + j);
                sum = DoubleVector.fromArray(D, b, at + j).fma(x0, sum);
                sum = DoubleVector.fromArray(D, b, at + j + ldb).fma(x1, sum);
                sum = DoubleVector.fromArray(D, b, at + j + 2 * ldb).fma(x2, sum);
                sum = DoubleVector.fromArray(D, b, at + j + 3 * ldb).fma(x3, sum);
                sum = DoubleVector.fromArray(D, b, at + j + 4 * ldb).fma(x4, sum);
                sum = DoubleVector.fromArray(D, b, at + j + 5 * ldb).fma(x5, sum);
                sum = DoubleVector.fromArray(D, b, at + j + 6 * ldb).fma(x6, sum);
                sum = DoubleVector.fromArray(D, b, at + j + 7 * ldb).fma(x7, sum);
                sum.intoArray(c, to + j);
            }
        }

        /** The same with a product more for each value; seldom asked for, so not unrolled. */
        private static void eightScaled(
                int n, double[] x, int p, double alpha, double[] b, int at, int ldb, double[] c, int to) {
            for (int j = 0; j < n; j += DOUBLES) {
                DoubleVector sum = DoubleVector.fromArray(D, c, to + j);
                for (int i = 0; i < STREAMS; i++) {
                    sum = DoubleVector.fromArray(D, b, at + j + i * ldb)
                            .mul(alpha)
                            .fma(DoubleVector.broadcast(D, x[p + i]), sum);
                }
                sum.intoArray(c, to + j);
            }
        }
    }
}
