package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.GemmKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.simd.Endings;
import dev.lanes.numerics.kernels.vector.simd.Simd;
import dev.lanes.numerics.parallel.Parallel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The product of very few rows with a matrix, as in a fully connected layer for one image, or of a transposed matrix with
 * one column: each value of the matrix is used so seldom that packing it would cost as much as the product, so it is read
 * in place, once, at the speed of memory.
 *
 * <p>Sixteen rows of the matrix at a time (eight, where sixteen would share their places in the cache, or their factors do
 * not fit the registers) run along a stretch of columns, so that memory is read in as many streams, which the hardware fetches ahead; the sums of the stretch stay in the first-level cache. Stretches are as long as that allows:
 * short ones touch a new page every other line, at half the bandwidth. So, alone among the kernels, their length follows
 * the number of threads; the order of a sum does not depend on it, and is that of {@link GemmBlocked}.
 */
public final class GemmSkinny implements GemmKernel {
    /** The most columns of a stretch: 16 KiB of sums. */
    private static final int MOST_COLUMNS = 4096;

    private static final int FEWEST_COLUMNS = 256;
    private static final int STREAMS = 8;
    private static final int MORE_STREAMS = 16;
    /** With rows a multiple of so many values apart, sixteen streams would share too few sets of the first-level cache. */
    private static final int ALIAS = 512;

    private static final int MOST_ROWS = 6;

    private final GemmKernel flat = new GemmFlat();

    @Override
    public String name() {
        return "skinny";
    }

    @Override
    public boolean supports(GemmGeometry g) {
        return g.m() <= MOST_ROWS && g.n() >= LANES && !g.transB()
                || g.n() == 1 && g.transA() && g.ldc() == 1 && g.m() >= LANES;
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
        boolean column = g.n() == 1;
        if (alpha != 1f && !column) { // a multiplication more for each value of the matrix; seldom asked for
            flat.run(g, alpha, a, aOffset, b, bOffset, beta, c, cOffset, epilogue, workspace);
            return;
        }
        Job job = workspace.job(Job.class, Job::new);
        job.column = column;
        job.rows = column ? 1 : g.m();
        job.outputs = column ? g.m() : g.n();
        job.k = g.k();
        job.x = column ? scaled(g.k(), alpha, b, bOffset, g.transB() ? 1 : g.ldb(), workspace) : a;
        job.xAt = column ? 0 : aOffset;
        job.xRow = g.transA() ? 1 : g.lda();
        job.xStep = column || !g.transA() ? 1 : g.lda();
        job.matrix = column ? a : b;
        job.matrixAt = column ? aOffset : bOffset;
        job.stride = column ? g.lda() : g.ldb();
        job.beta = beta;
        job.c = c;
        job.cOffset = cOffset;
        job.ldc = g.ldc();
        job.epilogue = epilogue;
        job.streams = LANES < 16 || job.stride % ALIAS == 0 ? STREAMS : MORE_STREAMS;
        int share = Math.ceilDiv(Math.ceilDiv(job.outputs, workspace.threads()), LANES) * LANES;
        job.stretch = Math.clamp(share, FEWEST_COLUMNS, MOST_COLUMNS);
        try {
            workspace.run(Math.ceilDiv(job.outputs, job.stretch), Math.max(g.flops(), g.bytes()), job);
        } finally {
            job.x = null;
            job.matrix = null;
            job.c = null;
            job.epilogue = null;
        }
    }

    /** Returns scratch that holds the column {@code alpha * b}, without gaps. */
    static float[] scaled(int k, float alpha, float[] b, int bAt, int bStep, Workspace workspace) {
        float[] x = workspace.floats(0, 1, k);
        for (int p = 0; p < k; p++) {
            x[p] = alpha * b[bAt + p * bStep];
        }
        return x;
    }

    private static final class Job implements Parallel.Task {
        private boolean column;
        private int rows;
        private int outputs;
        private int k;
        private float[] x;
        private int xAt;
        private int xRow;
        private int xStep;
        private float[] matrix;
        private int matrixAt;
        private int stride;
        private float beta;
        private float[] c;
        private int cOffset;
        private int ldc;
        private Epilogue epilogue;
        private int stretch;
        private int streams;

        @Override
        public void run(int chunk, int worker) {
            int first = chunk * stretch;
            int columns = Math.min(stretch, outputs - first);
            int to = cOffset + first;
            if (column) {
                epilogue.begin(columns, 1, beta, c, to, 1, 0);
            } else {
                Blocks.begin(epilogue, rows, columns, beta, c, to, ldc, first);
            }
            int from = matrixAt + first;
            int whole = columns - columns % LANES;
            int rest = columns - whole;
            int p = 0;
            for (int streams = this.streams; p <= k - streams; p += streams) {
                for (int i = 0; i < rows; i++) { // the stretch is in a cache from the first row on
                    int at = xAt + i * xRow + p * xStep;
                    int row = from + p * stride;
                    if (streams == MORE_STREAMS) {
                        sixteen(columns, x, at, xStep, matrix, row, stride, c, to + i * ldc);
                    } else {
                        eight(columns, x, at, xStep, matrix, row, stride, c, to + i * ldc);
                    }
                    if (rest > 0) {
                        rest(streams, rest, x, at, xStep, matrix, row + whole, stride, c, to + i * ldc + whole);
                    }
                }
            }
            for (; p < k; p++) {
                for (int i = 0; i < rows; i++) {
                    float value = x[xAt + i * xRow + p * xStep];
                    one(columns, value, matrix, from + p * stride, c, to + i * ldc);
                }
            }
            if (column) {
                Endings.end(epilogue, columns, 1, c, to, 1);
            } else {
                Endings.end(epilogue, rows, columns, c, to, ldc);
            }
        }

        private static void sixteen(
                int n, float[] a, int aAt, int aStep, float[] b, int bAt, int ldb, float[] c, int cAt) {
            FloatVector a0 = FloatVector.broadcast(F, a[aAt]);
            FloatVector a1 = FloatVector.broadcast(F, a[aAt + aStep]);
            FloatVector a2 = FloatVector.broadcast(F, a[aAt + 2 * aStep]);
            FloatVector a3 = FloatVector.broadcast(F, a[aAt + 3 * aStep]);
            FloatVector a4 = FloatVector.broadcast(F, a[aAt + 4 * aStep]);
            FloatVector a5 = FloatVector.broadcast(F, a[aAt + 5 * aStep]);
            FloatVector a6 = FloatVector.broadcast(F, a[aAt + 6 * aStep]);
            FloatVector a7 = FloatVector.broadcast(F, a[aAt + 7 * aStep]);
            FloatVector a8 = FloatVector.broadcast(F, a[aAt + 8 * aStep]);
            FloatVector a9 = FloatVector.broadcast(F, a[aAt + 9 * aStep]);
            FloatVector a10 = FloatVector.broadcast(F, a[aAt + 10 * aStep]);
            FloatVector a11 = FloatVector.broadcast(F, a[aAt + 11 * aStep]);
            FloatVector a12 = FloatVector.broadcast(F, a[aAt + 12 * aStep]);
            FloatVector a13 = FloatVector.broadcast(F, a[aAt + 13 * aStep]);
            FloatVector a14 = FloatVector.broadcast(F, a[aAt + 14 * aStep]);
            FloatVector a15 = FloatVector.broadcast(F, a[aAt + 15 * aStep]);
            for (int j = 0; j <= n - LANES; j += LANES) {
                FloatVector sum = FloatVector.fromArray(F, c, cAt + j);
                sum = FloatVector.fromArray(F, b, bAt + j).fma(a0, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + ldb).fma(a1, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 2 * ldb).fma(a2, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 3 * ldb).fma(a3, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 4 * ldb).fma(a4, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 5 * ldb).fma(a5, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 6 * ldb).fma(a6, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 7 * ldb).fma(a7, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 8 * ldb).fma(a8, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 9 * ldb).fma(a9, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 10 * ldb).fma(a10, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 11 * ldb).fma(a11, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 12 * ldb).fma(a12, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 13 * ldb).fma(a13, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 14 * ldb).fma(a14, sum);
                sum = FloatVector.fromArray(F, b, bAt + j + 15 * ldb).fma(a15, sum);
                sum.intoArray(c, cAt + j);
            }
        }

        /** The loads are second factors, so that C2 makes them part of the multiply-adds. */
        private static void eight(
                int n, float[] a, int aAt, int aStep, float[] b, int bAt, int ldb, float[] c, int cAt) {
            FloatVector a0 = FloatVector.broadcast(F, a[aAt]);
            FloatVector a1 = FloatVector.broadcast(F, a[aAt + aStep]);
            FloatVector a2 = FloatVector.broadcast(F, a[aAt + 2 * aStep]);
            FloatVector a3 = FloatVector.broadcast(F, a[aAt + 3 * aStep]);
            FloatVector a4 = FloatVector.broadcast(F, a[aAt + 4 * aStep]);
            FloatVector a5 = FloatVector.broadcast(F, a[aAt + 5 * aStep]);
            FloatVector a6 = FloatVector.broadcast(F, a[aAt + 6 * aStep]);
            FloatVector a7 = FloatVector.broadcast(F, a[aAt + 7 * aStep]);
            for (int j = 0; j <= n - LANES; j += LANES) {
                FloatVector sum = FloatVector.fromArray(F, c, cAt + j);
                sum = a0.fma(FloatVector.fromArray(F, b, bAt + j), sum);
                sum = a1.fma(FloatVector.fromArray(F, b, bAt + j + ldb), sum);
                sum = a2.fma(FloatVector.fromArray(F, b, bAt + j + 2 * ldb), sum);
                sum = a3.fma(FloatVector.fromArray(F, b, bAt + j + 3 * ldb), sum);
                sum = a4.fma(FloatVector.fromArray(F, b, bAt + j + 4 * ldb), sum);
                sum = a5.fma(FloatVector.fromArray(F, b, bAt + j + 5 * ldb), sum);
                sum = a6.fma(FloatVector.fromArray(F, b, bAt + j + 6 * ldb), sum);
                sum = a7.fma(FloatVector.fromArray(F, b, bAt + j + 7 * ldb), sum);
                sum.intoArray(c, cAt + j);
            }
        }

        /** The columns behind the last whole vector; a method of its own, as a branch behind the loop ruins the loop. */
        private static void rest(
                int rows, int columns, float[] a, int aAt, int aStep, float[] b, int bAt, int ldb, float[] c, int cAt) {
            if (!Simd.MASKS) {
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < columns; j++) {
                        c[cAt + j] = Math.fma(b[bAt + i * ldb + j], a[aAt + i * aStep], c[cAt + j]);
                    }
                }
                return;
            }
            VectorMask<Float> rest = Simd.first(columns);
            FloatVector sum = FloatVector.fromArray(F, c, cAt, rest);
            for (int i = 0; i < rows; i++) {
                FloatVector row = FloatVector.fromArray(F, b, bAt + i * ldb, rest);
                sum = row.fma(FloatVector.broadcast(F, a[aAt + i * aStep]), sum);
            }
            sum.intoArray(c, cAt, rest);
        }

        private static void one(int n, float a, float[] b, int bAt, float[] c, int cAt) {
            FloatVector v = FloatVector.broadcast(F, a);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                FloatVector sum = FloatVector.fromArray(F, c, cAt + j);
                FloatVector.fromArray(F, b, bAt + j).fma(v, sum).intoArray(c, cAt + j);
            }
            for (; j < n; j++) {
                c[cAt + j] = Math.fma(b[bAt + j], a, c[cAt + j]);
            }
        }
    }
}
