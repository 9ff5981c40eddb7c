package dev.lanes.openblas;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.GemmKernel;
import dev.lanes.numerics.kernels.PackedGemm;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import java.lang.foreign.MemorySegment;

/**
 * The matrix product by OpenBLAS, in one of three ways.
 *
 * <ul>
 *   <li>A product with a vector is {@code sgemv}, several times as fast as {@code sgemm} of one row.
 *   <li>A small or medium product is cut into a piece for each of the engine's threads, which call OpenBLAS on the heap
 *       with one thread each: OpenBLAS' own threads and the engine's, both spinning, would fight over the cores.
 *   <li>A large product is copied off the heap and given to OpenBLAS as a whole, with the engine's number of threads.
 * </ul>
 */
final class OpenBlasGemm implements GemmKernel {
    /** A piece of less work than this is not worth a thread: some ten microseconds. */
    private static final long MIN_PIECE_FLOPS = 1L << 20;
    /** Below this a product gets two pieces a thread, because small pieces take OpenBLAS' path without packing. */
    private static final long SMALL_FLOPS = 1L << 23;
    /** Elements of a matrix times a vector that are worth a thread. */
    private static final long MIN_VECTOR_ELEMENTS = 1L << 17;

    private final Staging staging;

    OpenBlasGemm(Staging staging) {
        this.staging = staging;
    }

    @Override
    public String name() {
        return "openblas";
    }

    @Override
    public boolean packs() {
        return true;
    }

    /** Keeps B off the heap until the engine is closed; as it is, since OpenBLAS arranges it anew in every call. */
    @Override
    public PackedGemm packRight(GemmGeometry packed, float[] b, int bOffset, Workspace workspace) {
        MemorySegment kept = staging.keep(b, bOffset, packed.spanB());
        return (g, a, aOffset, beta, c, cOffset, epilogue, scratch) -> {
            staging.enter();
            try {
                run(g, 1f, MemorySegment.ofArray(a), aOffset, kept, 0, beta, c, cOffset, epilogue, scratch);
            } finally {
                staging.leave();
            }
        };
    }

    /** Keeps A off the heap; as {@link #packRight}. */
    @Override
    public PackedGemm packLeft(GemmGeometry packed, float[] a, int aOffset, Workspace workspace) {
        MemorySegment kept = staging.keep(a, aOffset, packed.spanA());
        return (g, b, bOffset, beta, c, cOffset, epilogue, scratch) -> {
            staging.enter();
            try {
                run(g, 1f, kept, 0, MemorySegment.ofArray(b), bOffset, beta, c, cOffset, epilogue, scratch);
            } finally {
                staging.leave();
            }
        };
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
        MemorySegment left = MemorySegment.ofArray(a);
        run(g, alpha, left, aOffset, MemorySegment.ofArray(b), bOffset, beta, c, cOffset, epilogue, workspace);
    }

    private void run(
            GemmGeometry g,
            float alpha,
            MemorySegment a,
            int aOffset,
            MemorySegment b,
            int bOffset,
            float beta,
            float[] c,
            int cOffset,
            Epilogue epilogue,
            Workspace workspace) {
        if (g.m() == 0 || g.n() == 0) {
            return;
        }
        if (g.k() == 0) { // OpenBLAS wants leading dimensions of at least 1
            epilogue.begin(g.m(), g.n(), beta, c, cOffset, g.ldc(), 0);
            epilogue.end(g.m(), g.n(), c, cOffset, g.ldc());
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
            if (VectorProduct.is(g)) {
                job.multiplyVector();
            } else if ((long) g.m() * g.n() <= HeapProduct.MAX_RESULT * workspace.threads()) {
                job.multiplyPieces();
            } else {
                job.multiplyStaged(staging);
            }
        } finally {
            job.release();
        }
    }

    /** One product under way; kept by the workspace, so that a call allocates nothing. */
    private static final class Job {
        private final Parallel.Task piece = this::piece;
        private final Parallel.Task vectorPiece = this::vectorPiece;
        private GemmGeometry g;
        private float alpha;
        private MemorySegment a;
        private int aOffset;
        private MemorySegment b;
        private int bOffset;
        private float beta;
        private float[] c;
        private int cOffset;
        private Epilogue epilogue;
        private Workspace workspace;
        private VectorProduct vector;
        /** Rows and columns of a piece; of a vector's pieces the rows are its elements. */
        private int pieceRows;

        private int pieceColumns;

        void release() {
            a = null;
            b = null;
            c = null;
            epilogue = null;
            workspace = null;
        }

        void multiplyPieces() {
            int threads = workspace.threads();
            long most = g.flops() < SMALL_FLOPS ? 2L * threads : threads;
            int pieces = threads == 1 ? 1 : (int) Math.clamp(g.flops() / MIN_PIECE_FLOPS, 1, most);
            int down = 1;
            int across = 1;
            while (down * across < pieces) {
                if (g.m() / down >= g.n() / across) {
                    down++;
                } else {
                    across++;
                }
            }
            pieceRows = part(g.m(), down);
            pieceColumns = part(g.n(), across);
            runAlone(Math.ceilDiv(g.m(), pieceRows) * Math.ceilDiv(g.n(), pieceColumns), piece);
        }

        /** Returns the length of each of some equal parts, a multiple of 16 if there is more than one. */
        private static int part(int length, int parts) {
            return parts == 1 ? length : Math.ceilDiv(Math.ceilDiv(length, parts), 16) * 16;
        }

        private void runAlone(int pieces, Parallel.Task task) {
            ThreadCount.enter(1);
            try {
                workspace.run(pieces, g.flops(), task);
            } finally {
                ThreadCount.leave();
            }
        }

        private void piece(int chunk, int worker) {
            int across = Math.ceilDiv(g.n(), pieceColumns);
            int i = chunk / across * pieceRows;
            int j = chunk % across * pieceColumns;
            int rows = Math.min(pieceRows, g.m() - i);
            int columns = Math.min(pieceColumns, g.n() - j);
            int at = cOffset + i * g.ldc() + j;
            float keep = beta;
            if (epilogue.bias() != null) {
                epilogue.begin(rows, columns, beta, c, at, g.ldc(), j);
                keep = 1f;
            }
            HeapProduct.sgemm(
                    g.transA(),
                    g.transB(),
                    rows,
                    columns,
                    g.k(),
                    alpha,
                    a,
                    aOffset + (g.transA() ? i : i * g.lda()),
                    g.lda(),
                    b,
                    bOffset + (g.transB() ? j * g.ldb() : j),
                    g.ldb(),
                    keep,
                    MemorySegment.ofArray(c),
                    at,
                    g.ldc());
            epilogue.end(rows, columns, c, at, g.ldc());
        }

        void multiplyVector() {
            vector = VectorProduct.of(g);
            long elements = (long) vector.length() * g.k();
            long forThreads = Math.clamp(elements / MIN_VECTOR_ELEMENTS, 1, workspace.threads());
            long pieces = Math.max(forThreads, Math.ceilDiv(elements, VectorProduct.MAX_ELEMENTS));
            pieceRows = part(vector.length(), (int) Math.min(pieces, vector.length()));
            runAlone(Math.ceilDiv(vector.length(), pieceRows), vectorPiece);
        }

        private void vectorPiece(int chunk, int worker) {
            VectorProduct v = vector;
            int from = chunk * pieceRows;
            int length = Math.min(pieceRows, v.length() - from);
            int rows = v.row() ? 1 : length;
            int columns = v.row() ? length : 1;
            int at = cOffset + from * v.yStep();
            epilogue.begin(rows, columns, beta, c, at, g.ldc(), v.row() ? from : 0);
            Cblas.sgemvOnHeap(
                    v.transposed(),
                    length,
                    g.k(),
                    alpha,
                    HeapProduct.segment(v.row() ? b : a, (v.row() ? bOffset : aOffset) + v.matrixAt(from)),
                    v.stride(),
                    HeapProduct.segment(v.row() ? a : b, v.row() ? aOffset : bOffset),
                    v.xStep(),
                    HeapProduct.segment(c, at),
                    v.yStep());
            epilogue.end(rows, columns, c, at, g.ldc());
        }

        void multiplyStaged(Staging staging) {
            float keep = beta;
            if (epilogue.bias() != null) {
                epilogue.begin(g.m(), g.n(), beta, c, cOffset, g.ldc(), 0);
                keep = 1f;
            }
            int aRows = g.transA() ? g.k() : g.m();
            int aColumns = g.transA() ? g.m() : g.k();
            int bRows = g.transB() ? g.n() : g.k();
            int bColumns = g.transB() ? g.k() : g.n();
            int lda = a.isNative() ? g.lda() : aColumns;
            int ldb = b.isNative() ? g.ldb() : bColumns;
            GemmGeometry tight = new GemmGeometry(g.transA(), g.transB(), g.m(), g.n(), g.k(), lda, ldb, g.n());
            Staging.Buffers buffers = staging.take();
            try {
                MemorySegment stagedA = buffers.stage(0, a, aOffset, aRows, aColumns, g.lda());
                MemorySegment stagedB = buffers.stage(1, b, bOffset, bRows, bColumns, g.ldb());
                MemorySegment stagedC = buffers.floats(2, (long) g.m() * g.n());
                if (keep != 0f) {
                    Staging.copyIn(MemorySegment.ofArray(c), cOffset, g.m(), g.n(), g.ldc(), stagedC);
                }
                ThreadCount.enter(workspace.threads());
                try {
                    Cblas.sgemm(tight, alpha, stagedA, stagedB, keep, stagedC);
                } finally {
                    ThreadCount.leave();
                }
                Staging.copyOut(stagedC, c, cOffset, g.m(), g.n(), g.ldc());
            } finally {
                staging.giveBack(buffers);
            }
            epilogue.end(g.m(), g.n(), c, cOffset, g.ldc());
        }
    }
}
