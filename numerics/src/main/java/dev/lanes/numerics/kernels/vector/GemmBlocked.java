package dev.lanes.numerics.kernels.vector;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.GemmKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;

/**
 * The matrix product, blocked for the caches as Goto and van de Geijn describe it (Anatomy of high-performance matrix
 * multiplication, ACM TOMS 2008): k is cut into slabs; of each slab B is packed into panels, and blocks of rows of A
 * pass over them.
 *
 * <p>A left operand whose k is adjacent in memory is read where it lies. A transposed one is packed into panels of
 * {@link PanelTiles#MR} rows. Work is cut into blocks of rows and groups of panels by size alone; every element of C is
 * summed by one thread, p ascending.
 */
final class GemmBlocked implements GemmKernel {
    /** Rows of A that pass over a panel of B together: 96 KiB of a slab, within the second-level cache. */
    private static final int MC = 96;
    /** A chunk of work holds at least this many multiply-adds, some ten microseconds. */
    private static final long GRAIN = 1L << 20;

    private static final int NR = RowTilesWide.NR;
    private static final int KC = Panels.KC;
    private static final int MR = PanelTiles.MR;

    @Override
    public String name() {
        return "blocked";
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
        if (g.m() == 0 || g.n() == 0) {
            return;
        }
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
        job.workspace = workspace;
        try {
            job.run();
        } finally {
            job.release();
        }
    }

    /** One product under way; kept by the workspace, so that a call allocates nothing. */
    private static final class Job {
        private final Parallel.Task pack = this::pack;
        private final Parallel.Task multiply = this::multiply;
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
        private Workspace workspace;

        private float[] panels;
        private float[] rowPanels;
        private int panelCount;
        private int panelsAChunk;
        /** First row of the slab under way, and its rows. */
        private int p0;

        private int kc;

        void run() {
            panelCount = Panels.count(g.n());
            int rowPanelCount = g.transA() ? Math.ceilDiv(g.m(), MR) : 0;
            int slab = Math.min(KC, g.k());
            panels = workspace.floats(0, 0, slab * Panels.paddedColumns(g.n()));
            rowPanels = workspace.floats(0, 1, slab * rowPanelCount * MR);
            long panelWork = (long) Math.min(MC, g.m()) * NR * Math.max(1, slab);
            panelsAChunk = Math.clamp(GRAIN / panelWork, 1, panelCount);
            int chunks = Math.ceilDiv(g.m(), MC) * Math.ceilDiv(panelCount, panelsAChunk);
            p0 = 0;
            do {
                kc = Math.min(KC, g.k() - p0);
                workspace.run(panelCount + rowPanelCount, 4L * kc * (g.n() + rowPanelCount * MR), pack);
                workspace.run(chunks, 2L * g.m() * g.n() * Math.max(1, kc), multiply);
                p0 += KC;
            } while (p0 < g.k());
        }

        void release() {
            a = null;
            b = null;
            c = null;
            epilogue = null;
            workspace = null;
            panels = null;
            rowPanels = null;
        }

        private void pack(int chunk, int worker) {
            if (chunk < panelCount) {
                int j = chunk * NR;
                int at = bOffset + (g.transB() ? j * g.ldb() + p0 : p0 * g.ldb() + j);
                Panels.pack(g.transB(), kc, g.n() - j, alpha, b, at, g.ldb(), panels, j * kc);
            } else {
                packRows((chunk - panelCount) * MR);
            }
        }

        /** Packs MR columns of the stored A, which are rows of op(A), as {@code [kc][MR]}. */
        private void packRows(int i) {
            int used = Math.min(MR, g.m() - i);
            for (int p = 0; p < kc; p++) {
                int from = aOffset + (p0 + p) * g.lda() + i;
                int to = i * kc + p * MR;
                System.arraycopy(a, from, rowPanels, to, used);
                Arrays.fill(rowPanels, to + used, to + MR, 0f);
            }
        }

        private void multiply(int chunk, int worker) {
            int groups = Math.ceilDiv(panelCount, panelsAChunk);
            int i = chunk / groups * MC;
            int j = chunk % groups * panelsAChunk * NR;
            int rows = Math.min(MC, g.m() - i);
            int columns = Math.min(panelsAChunk * NR, g.n() - j);
            int at = cOffset + i * g.ldc() + j;
            float[] edge = workspace.floats(worker, 2, RowBlock.EDGE);
            if (p0 == 0) {
                RowBlock.begin(rows, columns, beta, c, at, g.ldc(), epilogue, j);
            }
            if (g.transA()) {
                for (int row = 0; row < rows; row += MR) {

                    PanelBlock.multiply(
                            Math.min(MR, rows - row),
                            columns,
                            kc,
                            rowPanels,
                            (i + row) * kc,
                            panels,
                            j * kc,
                            c,
                            at + row * g.ldc(),
                            g.ldc(),
                            edge);
                }
            } else {
                RowBlock.multiply(
                        rows,
                        columns,
                        kc,
                        a,
                        aOffset + i * g.lda() + p0,
                        g.lda(),
                        panels,
                        j * kc,
                        c,
                        at,
                        g.ldc(),
                        edge);
            }
            if (p0 + kc == g.k()) {
                RowBlock.end(rows, columns, c, at, g.ldc(), epilogue);
            }
        }
    }
}
