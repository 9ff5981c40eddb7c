package dev.lanes.numerics.kernels.vector.gemm;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.GemmKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.simd.Endings;
import dev.lanes.numerics.parallel.Parallel;

/**
 * The product of a left operand so flat that a slab of it stays in the second-level cache: each worker packs a slab of
 * some panels of B into its own scratch, within the same cache, and uses it up at once. B is read once and never written
 * back to memory, and nobody waits for the packing of others. Packed operands are left to {@link
 * GemmBlocked}. The order of each sum is the same, so the bits are.
 */
public final class GemmFlat implements GemmKernel {
    private static final int NR = RowTilesWide.NR;
    /** Rows that stay in the second-level cache beside the panels. */
    private static final int FEW_ROWS = 84;
    /** Values of a left operand that stay there as a whole: so many rows of the longest slab. */
    private static final int FEW_VALUES = FEW_ROWS << 10;
    /** The most rows, where the panels are many. */
    private static final int MOST_ROWS = 168;
    /** With fewer panels they are packed one by one, so that there is work for all threads. */
    private static final int MANY = 16;
    /** A chunk of work holds at least this many multiply-adds, some ten microseconds. */
    private static final long GRAIN = 1L << 19;

    @Override
    public String name() {
        return "flat";
    }

    @Override
    public boolean supports(GemmGeometry g) {
        boolean few = g.m() <= FEW_ROWS || (long) g.m() * g.k() <= FEW_VALUES;
        return !g.isDots() && (few || g.m() <= MOST_ROWS && Panels.count(g.n()) >= MANY);
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
        job.aAt = aOffset;
        job.aRow = g.transA() ? 1 : g.lda();
        job.aStep = g.transA() ? g.lda() : 1;
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
    private static final class Job implements Parallel.Task {
        private GemmGeometry g;
        private float alpha;
        private float[] a;
        private int aAt;
        private int aRow;
        private int aStep;
        private float[] b;
        private int bOffset;
        private float beta;
        private float[] c;
        private int cOffset;
        private Epilogue epilogue;
        private Workspace workspace;
        /** Panels that are packed at once. */
        private int group;
        /** Whether the left operand lies in panels, slab after slab. */
        private boolean packs;

        private int chunkColumns;

        void run() {
            packs = RowPanels.pays(g);
            if (packs) {
                packRows();
            } else if (GemmBlocked.aliases(g)) {
                int pitch = g.k() + GemmBlocked.GAP;
                float[] rows = workspace.floats(0, 1, g.m() * pitch);
                for (int i = 0; i < g.m(); i++) {
                    System.arraycopy(a, aAt + i * aRow, rows, i * pitch, g.k());
                }
                a = rows;
                aAt = 0;
                aRow = pitch;
            }
            int panelCount = Panels.count(g.n());
            group = panelCount >= MANY && !g.transB() ? Panels.GROUP : 1;
            long groupWork = (long) g.m() * group * NR * Math.max(1, g.k());
            chunkColumns = group * NR * Math.clamp(GRAIN / groupWork, 1, panelCount);
            workspace.run(Math.ceilDiv(g.n(), chunkColumns), Math.max(g.flops(), g.bytes()), this);
        }

        void release() {
            a = null;
            b = null;
            c = null;
            epilogue = null;
            workspace = null;
        }

        private void packRows() {
            float[] rows = workspace.floats(0, 1, RowPanels.length(g.m(), g.k()));
            int slab = Panels.slab(g.k());
            for (int p = 0; p < g.k(); p += slab) {
                int kc = Math.min(slab, g.k() - p);
                RowPanels.pack(g.transA(), g.m(), kc, a, aAt + p * aStep, g.lda(), rows, RowPanels.length(g.m(), p));
            }
            a = rows;
            aRow = 1;
            aStep = NR;
        }

        @Override
        public void run(int chunk, int worker) {
            float[] panels = workspace.floats(worker, 0, group * NR * Panels.slab(g.k()));
            float[] edge = workspace.floats(worker, 2, Blocks.EDGE);
            int first = chunk * chunkColumns;
            int columns = Math.min(chunkColumns, g.n() - first);
            for (int j = first; j < first + columns; j += group * NR) {
                int width = Math.min(group * NR, first + columns - j);
                int slab = Panels.slab(g.k());
                int p = 0;
                do {
                    int kc = Math.min(slab, g.k() - p);
                    pack(j, width, p, kc, panels);
                    int row = packs ? RowPanels.length(g.m(), p) : aAt + p * aStep;
                    int to = cOffset + j;
                    Blocks.multiply(
                            p, epilogue, j, beta, g.m(), width, kc, a, row, aRow, aStep, panels, 0, c, to, g.ldc(),
                            edge);
                    p += slab;
                } while (p < g.k());
            }
            Endings.end(epilogue, g.m(), columns, c, cOffset + first, g.ldc());
        }

        private void pack(int j, int width, int p, int kc, float[] panels) {
            if (width == Panels.GROUP * NR) {
                Panels.packGroup(kc, alpha, b, bOffset + p * g.ldb() + j, g.ldb(), panels, 0);
                return;
            }
            for (int i = j; i < j + width; i += NR) {
                int from = bOffset + (g.transB() ? i * g.ldb() + p : p * g.ldb() + i);
                Panels.pack(g.transB(), kc, g.n() - i, alpha, b, from, g.ldb(), panels, (i - j) * kc);
            }
        }
    }
}
