package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.gemm.DotTiles.PARTS;
import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.simd.Endings;
import dev.lanes.numerics.kernels.vector.simd.Simd;
import dev.lanes.numerics.parallel.Parallel;
import jdk.incubator.vector.FloatVector;

/**
 * One row times a transposed matrix that was packed into {@link Panels}: the sums of {@link GemmDots}, bit for bit, of
 * columns instead of rows. Eight partial sums of a vector of columns at a time pass over a slab.
 */
final class PanelDots {
    private static final int NR = RowTilesWide.NR;
    private static final int STEPS = 8;

    private PanelDots() {}

    static void run(
            GemmGeometry g,
            float[] a,
            int aOffset,
            float[] panels,
            float beta,
            float[] c,
            int cOffset,
            Epilogue epilogue,
            Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.g = g;
        job.x = g.transA() ? GemmSkinny.scaled(g.k(), 1f, a, aOffset, g.lda(), workspace) : a;
        job.xAt = g.transA() ? 0 : aOffset;
        job.panels = panels;
        job.beta = beta;
        job.c = c;
        job.cOffset = cOffset;
        job.epilogue = epilogue;
        job.workspace = workspace;
        try {
            workspace.run(Panels.count(g.n()), Math.max(g.flops(), g.bytes()), job);
        } finally {
            job.g = null;
            job.x = null;
            job.panels = null;
            job.c = null;
            job.epilogue = null;
            job.workspace = null;
        }
    }

    private static final class Job implements Parallel.Task {
        private GemmGeometry g;
        private float[] x;
        private int xAt;
        private float[] panels;
        private float beta;
        private float[] c;
        private int cOffset;
        private Epilogue epilogue;
        private Workspace workspace;

        @Override
        public void run(int chunk, int worker) {
            int first = chunk * NR;
            int columns = Math.min(NR, g.n() - first);
            int width = Panels.width(g.n() - first);
            int padded = Panels.paddedColumns(g.n());
            int to = cOffset + first;
            int rows = Panels.slab(g.k());
            float[] parts = workspace.floats(worker, 2, PARTS * LANES);
            epilogue.begin(1, columns, beta, c, to, g.ldc(), first);
            for (int j = 0; j < columns; j += LANES) {
                clear(parts);
                for (int p = 0; p < g.k(); p += rows) {
                    int kc = Math.min(rows, g.k() - p);
                    slab(kc, x, xAt + p, panels, p * padded + first * kc + j, width, parts);
                }
                fold(parts);
                for (int i = j; i < Math.min(columns, j + LANES); i++) {
                    c[to + i] += parts[i - j];
                }
            }
            Endings.end(epilogue, 1, columns, c, to, g.ldc());
        }

        private static void clear(float[] parts) {
            for (int i = 0; i < PARTS * LANES; i += LANES) {
                Simd.zero().intoArray(parts, i);
            }
        }

        private static void slab(int kc, float[] x, int xAt, float[] b, int bAt, int width, float[] parts) {
            int whole = kc - kc % PARTS;
            for (int part = 0; part < PARTS; part += STEPS) {
                eight(whole, x, xAt + part, b, bAt + part * width, width, parts, part * LANES);
            }
            for (int p = whole; p < kc; p++) {
                FloatVector sum = FloatVector.fromArray(F, parts, (p - whole) * LANES);
                FloatVector.fromArray(F, b, bAt + p * width)
                        .fma(Simd.all(x[xAt + p]), sum)
                        .intoArray(parts, (p - whole) * LANES);
            }
        }

        private static void eight(int k, float[] x, int xAt, float[] b, int bAt, int width, float[] parts, int to) {
            FloatVector s0 = FloatVector.fromArray(F, parts, to);
            FloatVector s1 = FloatVector.fromArray(F, parts, to + LANES);
            FloatVector s2 = FloatVector.fromArray(F, parts, to + 2 * LANES);
            FloatVector s3 = FloatVector.fromArray(F, parts, to + 3 * LANES);
            FloatVector s4 = FloatVector.fromArray(F, parts, to + 4 * LANES);
            FloatVector s5 = FloatVector.fromArray(F, parts, to + 5 * LANES);
            FloatVector s6 = FloatVector.fromArray(F, parts, to + 6 * LANES);
            FloatVector s7 = FloatVector.fromArray(F, parts, to + 7 * LANES);
            for (int p = 0, at = bAt; p < k; p += PARTS, at += PARTS * width) {
                s0 = FloatVector.fromArray(F, b, at).fma(Simd.all(x[xAt + p]), s0);
                s1 = FloatVector.fromArray(F, b, at + width).fma(Simd.all(x[xAt + p + 1]), s1);
                s2 = FloatVector.fromArray(F, b, at + 2 * width).fma(Simd.all(x[xAt + p + 2]), s2);
                s3 = FloatVector.fromArray(F, b, at + 3 * width).fma(Simd.all(x[xAt + p + 3]), s3);
                s4 = FloatVector.fromArray(F, b, at + 4 * width).fma(Simd.all(x[xAt + p + 4]), s4);
                s5 = FloatVector.fromArray(F, b, at + 5 * width).fma(Simd.all(x[xAt + p + 5]), s5);
                s6 = FloatVector.fromArray(F, b, at + 6 * width).fma(Simd.all(x[xAt + p + 6]), s6);
                s7 = FloatVector.fromArray(F, b, at + 7 * width).fma(Simd.all(x[xAt + p + 7]), s7);
            }
            s0.intoArray(parts, to);
            s1.intoArray(parts, to + LANES);
            s2.intoArray(parts, to + 2 * LANES);
            s3.intoArray(parts, to + 3 * LANES);
            s4.intoArray(parts, to + 4 * LANES);
            s5.intoArray(parts, to + 5 * LANES);
            s6.intoArray(parts, to + 6 * LANES);
            s7.intoArray(parts, to + 7 * LANES);
        }

        private static void fold(float[] parts) {
            for (int half = PARTS / 2; half > 0; half /= 2) {
                for (int i = 0; i < half * LANES; i += LANES) {
                    FloatVector low = FloatVector.fromArray(F, parts, i);
                    low.add(FloatVector.fromArray(F, parts, i + half * LANES)).intoArray(parts, i);
                }
            }
        }
    }
}
