package dev.lanes.numerics.kernels.vector.elementwise;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.BinaryKernel;
import dev.lanes.numerics.kernels.TernaryKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.simd.Folding;
import dev.lanes.numerics.parallel.Parallel;

/**
 * A function of every row and of one or two rows that are the same for all: {@code y[r, c] = f(a[r, c], b[c], c[c])}.
 * Short rows are taken several at a time ({@link Folding}), with b and c repeated as often.
 */
final class RowsLanes implements Parallel.Task {
    /** Elements that one chunk should have at least. */
    private static final int CHUNK = 1 << 14;

    private Workspace workspace;
    private LaneLoop loop;
    private int columns;
    private int factor;
    private int rows;
    private int rowsOfChunk;
    private float[] a;
    private int aOffset;
    private float[] b;
    private int bOffset;
    private float[] c;
    private int cOffset;
    private float[] y;
    private int yOffset;

    private RowsLanes() {}

    static BinaryKernel binary(String function) {
        return new Binary(LaneLoop.of(Arithmetic.class, function));
    }

    static TernaryKernel ternary(String function) {
        return new Ternary(LaneLoop.of(Arithmetic.class, function));
    }

    private static void run(
            LaneLoop loop,
            RowsGeometry g,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            float[] c,
            int cOffset,
            float[] y,
            int yOffset,
            Workspace workspace) {
        RowsLanes job = workspace.job(RowsLanes.class, RowsLanes::new);
        int factor = Folding.factor(g.rows(), g.columns());
        job.workspace = workspace;
        job.loop = loop;
        job.columns = g.columns();
        job.factor = factor;
        job.rows = g.rows();
        job.rowsOfChunk = Math.ceilDiv(CHUNK, Math.max(1, factor * g.columns())) * factor;
        job.a = a;
        job.aOffset = aOffset;
        job.y = y;
        job.yOffset = yOffset;
        job.b = b;
        job.bOffset = bOffset;
        job.c = c;
        job.cOffset = cOffset;
        if (factor > 1) {
            job.b = workspace.floats(0, 0, factor * g.columns());
            job.bOffset = 0;
            Folding.repeat(b, bOffset, g.columns(), factor, job.b);
            job.c = job.b;
            job.cOffset = 0;
            if (c != b || cOffset != bOffset) {
                job.c = workspace.floats(0, 1, factor * g.columns());
                Folding.repeat(c, cOffset, g.columns(), factor, job.c);
            }
        }
        try {
            workspace.run(Math.ceilDiv(g.rows(), job.rowsOfChunk), 4L * g.elements(), job);
        } finally {
            job.workspace = null;
            job.a = null;
            job.b = null;
            job.c = null;
            job.y = null;
        }
    }

    @Override
    public void run(int chunk, int worker) {
        float[] rest = workspace.floats(worker, 2, LaneLoop.SCRATCH);
        int to = Math.min(rows, (chunk + 1) * rowsOfChunk);
        for (int r = chunk * rowsOfChunk; r < to; r += factor) {
            int at = r * columns;
            int length = Math.min(factor, to - r) * columns;
            loop.run(a, aOffset + at, b, bOffset, c, cOffset, y, yOffset + at, length, 0f, 0f, rest);
        }
    }

    private record Binary(LaneLoop loop) implements BinaryKernel {
        @Override
        public String name() {
            return "lanes";
        }

        @Override
        public void run(
                RowsGeometry g,
                float[] a,
                int aOffset,
                float[] b,
                int bOffset,
                float[] y,
                int yOffset,
                Workspace workspace) {
            RowsLanes.run(loop, g, a, aOffset, b, bOffset, b, bOffset, y, yOffset, workspace);
        }
    }

    private record Ternary(LaneLoop loop) implements TernaryKernel {
        @Override
        public String name() {
            return "lanes";
        }

        @Override
        public void run(
                RowsGeometry g,
                float[] a,
                int aOffset,
                float[] b,
                int bOffset,
                float[] c,
                int cOffset,
                float[] y,
                int yOffset,
                Workspace workspace) {
            RowsLanes.run(loop, g, a, aOffset, b, bOffset, c, cOffset, y, yOffset, workspace);
        }
    }
}
