package dev.lanes.numerics.kernels.vector.gemm;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.DoubleGemmKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;

/**
 * {@link GemmBlocked} in double precision. One family of tiles serves all: a transposed left operand is turned into rows
 * as it is copied, and what is left at the right edge is padded to a whole panel.
 */
public final class DoubleGemmBlocked implements DoubleGemmKernel {
    private static final int MC = 84;
    private static final int KC = 256;
    private static final int NR = DoubleTiles.NR;
    /** A chunk of work holds about this many multiply-adds, a tenth of a millisecond: some panels for a tile's rows to pass. */
    private static final long GRAIN = 1L << 21;
    /** Rows that lie a multiple of so many values apart share a set of the first-level cache (4 KiB). */
    private static final int ALIAS = 512;
    /** Distance between copied rows: one cache line off a power of two. */
    private static final int PITCH = KC + 8;

    @Override
    public String name() {
        return "blocked";
    }

    @Override
    public boolean supports(GemmGeometry g) {
        return !g.isDots();
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
        private double alpha;
        private double[] a;
        private int aOffset;
        private double[] b;
        private int bOffset;
        private double beta;
        private double[] c;
        private int cOffset;
        private Workspace workspace;

        private double[] panels;
        private double[] rows;
        private boolean copies;
        private int panelCount;
        private int panelsAChunk;
        /** First row of the slab under way, and its rows. */
        private int p0;

        private int kc;

        void run() {
            panelCount = Math.ceilDiv(g.n(), NR);
            copies = g.transA() || g.lda() % ALIAS == 0 && g.m() > 4 && g.n() > NR;
            int slab = Math.min(KC, g.k());
            panels = workspace.doubles(0, 0, slab * panelCount * NR);
            rows = copies ? workspace.doubles(0, 1, g.m() * PITCH) : null;
            long panelWork = (long) Math.min(MC, g.m()) * NR * Math.max(1, slab);
            panelsAChunk = Math.clamp(GRAIN / panelWork, 1, panelCount);
            int rowBlocks = Math.ceilDiv(g.m(), MC);
            int chunks = rowBlocks * Math.ceilDiv(panelCount, panelsAChunk);
            p0 = 0;
            do {
                kc = Math.min(KC, g.k() - p0);
                workspace.run(panelCount + (copies ? rowBlocks : 0), 8L * kc * (g.n() + (copies ? g.m() : 0)), pack);
                workspace.run(chunks, 2L * g.m() * g.n() * Math.max(1, kc), multiply);
                p0 += KC;
            } while (p0 < g.k());
        }

        void release() {
            a = null;
            b = null;
            c = null;
            workspace = null;
            panels = null;
            rows = null;
        }

        private void pack(int chunk, int worker) {
            if (chunk < panelCount) {
                int j = chunk * NR;
                int at = bOffset + (g.transB() ? j * g.ldb() + p0 : p0 * g.ldb() + j);
                DoublePanels.pack(g.transB(), kc, g.n() - j, alpha, b, at, g.ldb(), panels, j * kc);
            } else {
                copyRows((chunk - panelCount) * MC);
            }
        }

        private void copyRows(int first) {
            int last = Math.min(first + MC, g.m());
            if (g.transA()) {
                int at = aOffset + p0 * g.lda() + first;
                DoubleTranspose.run(kc, last - first, 1, a, at, g.lda(), rows, first * PITCH, PITCH);
            } else {
                for (int i = first; i < last; i++) {
                    System.arraycopy(a, aOffset + i * g.lda() + p0, rows, i * PITCH, kc);
                }
            }
        }

        private void multiply(int chunk, int worker) {
            int groups = Math.ceilDiv(panelCount, panelsAChunk);
            int i = chunk / groups * MC;
            int from = chunk % groups * panelsAChunk * NR;
            int to = Math.min(from + panelsAChunk * NR, g.n());
            int rowCount = Math.min(MC, g.m() - i);
            double[] edge = workspace.doubles(worker, 2, TileRows.MAX * NR);
            if (p0 == 0) {
                begin(rowCount, to - from, cOffset + i * g.ldc() + from);
            }
            double[] source = copies ? rows : a;
            int aRow = copies ? PITCH : g.lda();
            int aAt = copies ? i * PITCH : aOffset + p0 + i * aRow;
            for (int r = 0; r < rowCount; ) { // the tile's rows stay in the first-level cache
                int tile = TileRows.next(rowCount - r);
                for (int j = from; j < to; j += NR) {
                    int at = cOffset + (i + r) * g.ldc() + j;
                    tile(tile, to - j, source, aAt + r * aRow, aRow, j * kc, at, edge);
                }
                r += tile;
            }
        }

        private void begin(int rowCount, int columns, int cAt) {
            for (int i = 0; i < rowCount; i++) {
                int at = cAt + i * g.ldc();
                if (beta == 0) {
                    Arrays.fill(c, at, at + columns, 0);
                } else {
                    for (int j = at; j < at + columns; j++) {
                        c[j] *= beta;
                    }
                }
            }
        }

        private void tile(int tile, int left, double[] source, int from, int aRow, int bAt, int at, double[] edge) {
            if (left >= NR) {
                DoubleTiles.run(tile, kc, source, from, aRow, panels, bAt, c, at, g.ldc());
            } else {
                copy(tile, left, c, at, g.ldc(), edge, 0, NR);
                DoubleTiles.run(tile, kc, source, from, aRow, panels, bAt, edge, 0, NR);
                copy(tile, left, edge, 0, NR, c, at, g.ldc());
            }
        }

        private static void copy(
                int rows, int columns, double[] from, int fromAt, int fromRow, double[] to, int toAt, int toRow) {
            for (int i = 0; i < rows; i++) {
                System.arraycopy(from, fromAt + i * fromRow, to, toAt + i * toRow, columns);
            }
        }
    }
}
