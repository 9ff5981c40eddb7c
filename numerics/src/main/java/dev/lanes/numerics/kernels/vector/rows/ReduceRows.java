package dev.lanes.numerics.kernels.vector.rows;

import dev.lanes.numerics.geometry.AxisGeometry;
import dev.lanes.numerics.kernels.ArgMaxKernel;
import dev.lanes.numerics.kernels.ReduceKernel;
import dev.lanes.numerics.kernels.VarianceKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.elementwise.Arithmetic;
import dev.lanes.numerics.kernels.vector.elementwise.LaneLoop;
import dev.lanes.numerics.kernels.vector.simd.SumLanes;
import dev.lanes.numerics.parallel.Parallel;

/**
 * Reductions along the last axis: each row is cut into blocks of a fixed length, each block is summed by the tree of
 * {@link SumLanes}, and so are the blocks of a row.
 */
public final class ReduceRows implements Parallel.Task {
    /** Elements of a block, and about how many a chunk has where rows are short. */
    private static final int BLOCK = 1 << 14;

    private static final LaneLoop SQUARE = LaneLoop.of(Arithmetic.class, "square");

    /** What is made of a row. */
    private enum Kind {
        SUM,
        MEAN,
        MAX,
        VARIANCE
    }

    private Workspace workspace;
    private Kind kind;
    private AxisGeometry g;
    private int blocks;
    private int rowsOfChunk;
    private float[] x;
    private int xOffset;
    private float[] mean;
    private int meanOffset;
    private float[] y;
    private int yOffset;

    private ReduceRows() {}

    public static ReduceKernel sum() {
        return new Reduce(Kind.SUM);
    }

    public static ReduceKernel mean() {
        return new Reduce(Kind.MEAN);
    }

    public static ReduceKernel max() {
        return new Reduce(Kind.MAX);
    }

    private static void run(
            Kind kind,
            AxisGeometry g,
            float[] x,
            int xOffset,
            float[] mean,
            int meanOffset,
            float[] y,
            int yOffset,
            Workspace workspace) {
        int blocks = Math.max(1, Math.ceilDiv(g.length(), BLOCK));
        ReduceRows job = workspace.job(ReduceRows.class, ReduceRows::new);
        job.workspace = workspace;
        job.kind = kind;
        job.g = g;
        job.blocks = blocks;
        job.rowsOfChunk = blocks > 1 ? 1 : Math.max(1, BLOCK / Math.max(1, g.length()));
        job.x = x;
        job.xOffset = xOffset;
        job.mean = mean;
        job.meanOffset = meanOffset;
        job.y = y;
        job.yOffset = yOffset;
        int rows = g.outer();
        try {
            if (blocks == 1) {
                workspace.run(Math.ceilDiv(rows, job.rowsOfChunk), 4L * g.elements(), job);
            } else {
                float[] partial = workspace.floats(0, 2, rows * blocks);
                job.y = partial;
                job.yOffset = 0;
                workspace.run(rows * blocks, 4L * g.elements(), job);
                float[] parts = workspace.floats(0, 0, SumLanes.PARTS);
                for (int r = 0; r < rows; r++) {
                    float whole = kind == Kind.MAX
                            ? MaxLanes.of(partial, r * blocks, blocks)
                            : SumLanes.of(partial, r * blocks, blocks, parts);
                    y[yOffset + r] = finished(kind, whole, g.length());
                }
            }
        } finally {
            job.workspace = null;
            job.x = null;
            job.mean = null;
            job.y = null;
        }
    }

    private static float finished(Kind kind, float whole, int length) {
        return kind == Kind.MEAN || kind == Kind.VARIANCE ? whole / length : whole;
    }

    @Override
    public void run(int chunk, int worker) {
        int length = g.length();
        if (blocks > 1) {
            int row = chunk / blocks;
            int from = chunk % blocks * BLOCK;
            y[yOffset + chunk] = line(row, xOffset + row * length + from, Math.min(BLOCK, length - from), worker);
            return;
        }
        int to = Math.min(g.outer(), (chunk + 1) * rowsOfChunk);
        for (int row = chunk * rowsOfChunk; row < to; row++) {
            y[yOffset + row] = finished(kind, line(row, xOffset + row * length, length, worker), length);
        }
    }

    private float line(int row, int at, int length, int worker) {
        if (kind == Kind.MAX) {
            return MaxLanes.of(x, at, length);
        }
        float[] parts = workspace.floats(worker, 0, SumLanes.PARTS);
        if (kind != Kind.VARIANCE) {
            return SumLanes.of(x, at, length, parts);
        }
        float[] squares = workspace.floats(worker, 1, BLOCK);
        float[] rest = workspace.floats(worker, 3, LaneLoop.SCRATCH);
        SQUARE.run(x, at, squares, 0, length, mean[meanOffset + row], 0f, rest);
        return SumLanes.of(squares, 0, length, parts);
    }

    private record Reduce(Kind kind) implements ReduceKernel {
        @Override
        public String name() {
            return "rows";
        }

        @Override
        public boolean supports(AxisGeometry g) {
            return g.inner() == 1;
        }

        @Override
        public void run(AxisGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace) {
            ReduceRows.run(kind, g, x, xOffset, null, 0, y, yOffset, workspace);
        }
    }

    /** {@code variance = sum of (x - mean)^2 / length}. */
    public static final class Variance implements VarianceKernel {
        @Override
        public String name() {
            return "rows";
        }

        @Override
        public boolean supports(AxisGeometry g) {
            return g.inner() == 1;
        }

        @Override
        public void run(
                AxisGeometry g,
                float[] x,
                int xOffset,
                float[] mean,
                int meanOffset,
                float[] variance,
                int varianceOffset,
                Workspace workspace) {
            ReduceRows.run(Kind.VARIANCE, g, x, xOffset, mean, meanOffset, variance, varianceOffset, workspace);
        }
    }

    /** The position of the first maximum of every row, or of its first NaN; on one thread. */
    public static final class ArgMax implements ArgMaxKernel {
        @Override
        public String name() {
            return "rows";
        }

        @Override
        public boolean supports(AxisGeometry g) {
            return g.inner() == 1;
        }

        @Override
        public void run(AxisGeometry g, float[] x, int xOffset, int[] y, Workspace workspace) {
            for (int row = 0; row < g.outer(); row++) {
                int at = xOffset + row * g.length();
                y[row] = MaxLanes.position(x, at, g.length(), MaxLanes.of(x, at, g.length()));
            }
        }
    }
}
