package dev.lanes.numerics.kernels.vector.gemm;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.GemmKernel;
import dev.lanes.numerics.kernels.PackedGemm;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.simd.Endings;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;

/**
 * The matrix product, blocked for the caches as Goto and van de Geijn describe it (Anatomy of high-performance matrix
 * multiplication, ACM TOMS 2008): k is cut into slabs; of each slab B is packed into panels, and blocks of rows of A
 * pass over them.
 *
 * <p>The left operand is read where it lies, transposed or not; only where its rows would fall on the same few sets of the
 * first-level cache, or where it pays ({@link RowPanels}), it is copied. Work is cut into blocks of rows and groups of panels by size alone; every element of C
 * is summed by one thread, p ascending.
 */
public final class GemmBlocked implements GemmKernel {
    /** The most rows of A that pass over a panel of B together: of a slab two thirds of a second-level cache of 1 MiB. */
    private static final int MC = 168;
    /** The most columns whose panels of a slab are packed at once: 8 MiB. */
    private static final int NC = 2048;
    /** A chunk of work holds at least this many multiply-adds, some ten microseconds. */
    private static final long GRAIN = 1L << 20;
    /** With so many blocks of packed rows each is packed by the chunk that multiplies it; fewer are packed for all. */
    private static final int MANY_BLOCKS = 64;

    private static final int NR = RowTilesWide.NR;
    /** Rows that lie a multiple of so many values apart share a set of the first-level cache (4 KiB). */
    private static final int ALIAS = 1024;
    /** What stands between copied rows, so that they do not: one cache line. */
    static final int GAP = 16;

    private final GemmKernel dots = new GemmDots();

    /** Tells whether the rows of a tile would fall on the same few sets of the first-level cache, so that they are copied. */
    static boolean aliases(GemmGeometry g) {
        return !g.transA() && g.lda() % ALIAS == 0 && g.m() > 4 && g.n() > NR;
    }

    /** Returns the rows of a block: whole tiles, and the blocks of much the same height. */
    private static int blockRows(int m) {
        int even = Math.ceilDiv(m, Math.ceilDiv(m, MC));
        return Math.ceilDiv(even, TileRows.MAX) * TileRows.MAX;
    }

    @Override
    public String name() {
        return "blocked";
    }

    @Override
    public boolean supports(GemmGeometry g) {
        return !g.isDots();
    }

    @Override
    public boolean packs() {
        return true;
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
        run(g, alpha, a, aOffset, b, bOffset, null, beta, c, cOffset, epilogue, workspace);
    }

    @Override
    public PackedGemm packLeft(GemmGeometry packed, float[] a, int aOffset, Workspace workspace) {
        float[] copy = Arrays.copyOfRange(a, aOffset, aOffset + packed.spanA());
        return (g, b, bOffset, beta, c, cOffset, epilogue, scratch) ->
                product(g).run(g, 1f, copy, 0, b, bOffset, beta, c, cOffset, epilogue, scratch);
    }

    private GemmKernel product(GemmGeometry g) {
        return g.isDots() ? dots : this;
    }

    @Override
    public PackedGemm packRight(GemmGeometry packed, float[] b, int bOffset, Workspace workspace) {
        if (packed.n() == 1) { // a column is no panel
            float[] copy = Arrays.copyOfRange(b, bOffset, bOffset + packed.spanB());
            return (g, a, aOffset, beta, c, cOffset, epilogue, scratch) ->
                    product(g).run(g, 1f, a, aOffset, copy, 0, beta, c, cOffset, epilogue, scratch);
        }
        float[] all = new float[Math.multiplyExact(packed.k(), Panels.paddedColumns(packed.n()))];
        int slab = Panels.slab(packed.k());
        for (int p = 0; p < packed.k(); p += slab) {
            int kc = Math.min(slab, packed.k() - p);
            for (int j = 0; j < packed.n(); j += NR) {
                int from = bOffset + (packed.transB() ? j * packed.ldb() + p : p * packed.ldb() + j);
                int to = p * Panels.paddedColumns(packed.n()) + j * kc;
                Panels.pack(packed.transB(), kc, packed.n() - j, 1f, b, from, packed.ldb(), all, to);
            }
        }
        return (g, a, aOffset, beta, c, cOffset, epilogue, scratch) -> {
            if (g.isDots()) {
                PanelDots.run(g, a, aOffset, all, beta, c, cOffset, epilogue, scratch);
            } else {
                run(g, 1f, a, aOffset, null, 0, all, beta, c, cOffset, epilogue, scratch);
            }
        };
    }

    /** Computes the product with b, or with what {@link #packRight} made of it where that is not null. */
    private static void run(
            GemmGeometry g,
            float alpha,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            float[] packed,
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
        job.packed = packed;
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
        private float[] packed;
        private float beta;
        private float[] c;
        private int cOffset;
        private Epilogue epilogue;
        private Workspace workspace;

        private float[] panels;
        private float[] rows;
        private boolean copies;
        /** Whether they are copied into panels, and whether each chunk does that for itself. */
        private boolean packs;

        private boolean alone;
        /** Steps of k in a slab, and the distance between rows that are copied. */
        private int slab;

        private int pitch;
        private int blockRows;
        private int rowBlocks;
        private int panelCount;
        private int panelsAChunk;
        /** First column of the panels under way, and how many they are. */
        private int j0;

        private int columns;
        /** First step of the slab under way, and its steps. */
        private int p0;

        private int kc;
        /** Where its panels begin, and how many of them are to be packed. */
        private int panelsAt;

        private int toPack;

        void run() {
            slab = Panels.slab(g.k());
            packs = RowPanels.pays(g);
            blockRows = packs ? RowPanels.blockRows(g.m(), slab) : blockRows(g.m());
            rowBlocks = Math.ceilDiv(g.m(), blockRows);
            alone = packs && rowBlocks >= MANY_BLOCKS;
            copies = packs ? !alone : aliases(g);
            pitch = slab + GAP;
            int length = packs ? RowPanels.length(g.m(), slab) : g.m() * pitch;
            rows = copies ? workspace.floats(0, 1, length) : null;
            int most = packed != null ? g.n() : Math.min(NC, g.n());
            panels = packed != null ? packed : workspace.floats(0, 0, slab * Panels.paddedColumns(most));
            for (j0 = 0; j0 < g.n(); j0 += most) {
                columns = Math.min(most, g.n() - j0);
                runColumns();
            }
        }

        /** Computes the columns under way. */
        private void runColumns() {
            int padded = Panels.paddedColumns(columns);
            panelCount = Panels.count(columns);
            long panelWork = (long) blockRows * NR * Math.max(1, slab);
            panelsAChunk = alone ? panelCount : Math.clamp(GRAIN / panelWork, 1, panelCount);
            int chunks = rowBlocks * Math.ceilDiv(panelCount, panelsAChunk);
            p0 = 0;
            do {
                kc = Math.min(slab, g.k() - p0);
                panelsAt = packed != null ? p0 * padded : 0;
                toPack = packed != null ? 0 : panelCount;
                workspace.run(toPack + (copies ? rowBlocks : 0), 4L * kc * (columns + (copies ? g.m() : 0)), pack);
                workspace.run(chunks, 2L * g.m() * columns * Math.max(1, kc), multiply);
                p0 += slab;
            } while (p0 < g.k());
        }

        void release() {
            a = null;
            b = null;
            packed = null;
            c = null;
            epilogue = null;
            workspace = null;
            panels = null;
            rows = null;
        }

        private void pack(int chunk, int worker) {
            if (chunk < toPack) {
                int local = chunk * NR;
                int j = j0 + local;
                int at = bOffset + (g.transB() ? j * g.ldb() + p0 : p0 * g.ldb() + j);
                Panels.pack(g.transB(), kc, g.n() - j, alpha, b, at, g.ldb(), panels, local * kc);
            } else {
                copyRows(chunk - toPack);
            }
        }

        /** Returns the row that a block begins with: whole tiles, and as many for each block as can be. */
        private int rowStart(int block) {
            int unit = packs ? RowPanels.ROWS : TileRows.MAX;
            long units = Math.ceilDiv(g.m(), unit);
            return Math.min(g.m(), (int) (units * block / rowBlocks) * unit);
        }

        private void copyRows(int block) {
            int first = rowStart(block);
            int count = rowStart(block + 1) - first;
            if (packs) {
                packRows(first, count, rows, RowPanels.at(first, kc));
                return;
            }
            for (int i = first; i < first + count; i++) {
                System.arraycopy(a, aOffset + i * g.lda() + p0, rows, i * pitch, kc);
            }
        }

        private void packRows(int first, int count, float[] out, int at) {
            int from = aOffset + (g.transA() ? p0 * g.lda() + first : first * g.lda() + p0);
            RowPanels.pack(g.transA(), count, kc, a, from, g.lda(), out, at);
        }

        /**
         * Returns the group of panels that a thread's share of the chunks begins with: it has all blocks of rows of some panels,
         * mostly such as it has packed itself.
         */
        private int partStart(int part, int groups) {
            return (int) ((long) part * groups / workspace.threads());
        }

        private void multiply(int chunk, int worker) {
            int groups = Math.ceilDiv(panelCount, panelsAChunk);
            int part = 0;
            while (chunk >= rowBlocks * partStart(part + 1, groups)) {
                part++;
            }
            int firstGroup = partStart(part, groups);
            int groupsOfPart = partStart(part + 1, groups) - firstGroup;
            int local = chunk - rowBlocks * firstGroup;
            int block = local / groupsOfPart;
            int i = rowStart(block);
            int rowCount = rowStart(block + 1) - i;
            int j = (firstGroup + local % groupsOfPart) * panelsAChunk * NR;
            int width = Math.min(panelsAChunk * NR, columns - j);
            int at = cOffset + i * g.ldc() + j0 + j;
            float[] edge = workspace.floats(worker, 2, Blocks.EDGE);
            float[] source = copies ? rows : a;
            int aRow = copies ? pitch : g.transA() ? 1 : g.lda();
            int aStep = g.transA() ? g.lda() : 1;
            int from = (copies ? 0 : aOffset + p0 * aStep) + i * aRow;
            if (packs) {
                aRow = 1;
                aStep = NR;
                from = alone ? 0 : RowPanels.at(i, kc);
            }
            if (alone) {
                source = workspace.floats(worker, 3, RowPanels.length(rowCount, kc));
                packRows(i, rowCount, source, 0);
            }
            int b0 = panelsAt + j * kc;
            Blocks.multiply(
                    p0, epilogue, j0 + j, beta, rowCount, width, kc, source, from, aRow, aStep, panels, b0, c, at,
                    g.ldc(), edge);
            if (p0 + kc == g.k()) {
                Endings.end(epilogue, rowCount, width, c, at, g.ldc());
            }
        }
    }
}
