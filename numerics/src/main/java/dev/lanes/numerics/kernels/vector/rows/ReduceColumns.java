package dev.lanes.numerics.kernels.vector.rows;

import dev.lanes.numerics.geometry.AxisGeometry;
import dev.lanes.numerics.kernels.ReduceKernel;
import dev.lanes.numerics.kernels.VarianceKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.elementwise.Arithmetic;
import dev.lanes.numerics.kernels.vector.elementwise.LaneLoop;
import dev.lanes.numerics.kernels.vector.simd.Folding;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;

/**
 * Reductions along an axis with others behind it: rows are added to one another, whole rows at a time. Blocks of a fixed
 * number of rows are summed apart, short rows several at a time ({@link Folding}), and the blocks in the same way, until
 * one is left. That is the same for any number of threads, and the rounding error grows with the length of a block and
 * the number of levels instead of the whole length.
 */
public final class ReduceColumns implements Parallel.Task {
    /** Rows of a block; a multiple of every factor of {@link Folding}. */
    private static final int BLOCK = 128;
    /** Elements that one chunk should have at least. */
    private static final int CHUNK = 1 << 12;

    private static final LaneLoop ADD = LaneLoop.of(Arithmetic.class, "add");
    private static final LaneLoop LARGER = LaneLoop.of(Arithmetic.class, "larger");
    private static final LaneLoop ADD_SQUARE = LaneLoop.of(Arithmetic.class, "addSquare");
    private static final LaneLoop DIVIDE = LaneLoop.of(Arithmetic.class, "divideBy");

    private Workspace workspace;
    /** What takes the next row to what has been made of those before it. */
    private LaneLoop step;

    private int outer;
    private int length;
    private int inner;
    private int blocks;
    private int blocksOfChunk;
    private int factor;
    private float[] x;
    private int xOffset;
    private float[] mean;
    private int meanOffset;
    private float[] y;
    private int yOffset;

    private ReduceColumns() {}

    public static ReduceKernel sum() {
        return new Reduce(ADD, false);
    }

    public static ReduceKernel mean() {
        return new Reduce(ADD, true);
    }

    public static ReduceKernel max() {
        return new Reduce(LARGER, false);
    }

    private static void run(
            LaneLoop step,
            boolean mean,
            AxisGeometry g,
            float[] x,
            int xOffset,
            float[] means,
            int meanOffset,
            float[] y,
            int yOffset,
            Workspace workspace) {
        ReduceColumns job = workspace.job(ReduceColumns.class, ReduceColumns::new);
        job.workspace = workspace;
        job.step = step;
        job.outer = g.outer();
        job.inner = g.inner();
        job.x = x;
        job.xOffset = xOffset;
        job.mean = means;
        job.meanOffset = meanOffset;
        int length = g.length();
        try {
            for (int level = 0; length > BLOCK; level++) {
                int blocks = Math.ceilDiv(length, BLOCK);
                float[] partial = workspace.floats(0, 4 + level % 2, g.outer() * blocks * g.inner());
                job.level(length, blocks, partial, 0);
                job.step = step == LARGER ? LARGER : ADD;
                job.x = partial;
                job.xOffset = 0;
                length = blocks;
            }
            job.level(length, 1, y, yOffset);
            if (mean) {
                DIVIDE.run(y, yOffset, y, yOffset, g.lines(), g.length(), 0f, workspace.floats(0, 3, LaneLoop.SCRATCH));
            }
        } finally {
            job.workspace = null;
            job.x = null;
            job.mean = null;
            job.y = null;
        }
    }

    private void level(int rows, int blockCount, float[] to, int toOffset) {
        length = rows;
        blocks = blockCount;
        factor = Folding.factor(Math.min(BLOCK, rows), inner);
        y = to;
        yOffset = toOffset;
        int all = outer * blocks;
        blocksOfChunk = Math.max(1, CHUNK / Math.max(1, Math.min(BLOCK, rows) * inner));
        workspace.run(Math.ceilDiv(all, blocksOfChunk), 4L * outer * rows * inner, this);
    }

    @Override
    public void run(int chunk, int worker) {
        int to = Math.min(outer * blocks, (chunk + 1) * blocksOfChunk);
        for (int block = chunk * blocksOfChunk; block < to; block++) {
            block(block / blocks, block % blocks * BLOCK, yOffset + block * inner, worker);
        }
    }

    private void block(int o, int first, int to, int worker) {
        int rows = Math.min(BLOCK, length - first);
        int width = factor * inner;
        float[] sums = workspace.floats(worker, 0, width);
        float[] rest = workspace.floats(worker, 3, LaneLoop.SCRATCH);
        float[] means = sums;
        if (step == ADD_SQUARE) {
            means = workspace.floats(worker, 1, width);
            Folding.repeat(mean, meanOffset + o * inner, inner, factor, means);
        }
        Arrays.fill(sums, 0, width, step == LARGER ? Float.NEGATIVE_INFINITY : 0f);
        int at = xOffset + (o * length + first) * inner;
        for (int r = 0; r < rows; r += factor, at += width) {
            int count = Math.min(factor, rows - r) * inner;
            step.run(x, at, sums, 0, means, 0, sums, 0, count, 0f, 0f, rest);
        }
        LaneLoop merge = step == LARGER ? LARGER : ADD;
        for (int half = width / 2; half >= inner; half /= 2) {
            merge.run(sums, 0, sums, half, sums, 0, half, 0f, rest);
        }
        System.arraycopy(sums, 0, y, to, inner);
    }

    private record Reduce(LaneLoop step, boolean mean) implements ReduceKernel {
        @Override
        public String name() {
            return "columns";
        }

        @Override
        public boolean supports(AxisGeometry g) {
            return g.inner() > 1;
        }

        @Override
        public void run(AxisGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace) {
            ReduceColumns.run(step, mean, g, x, xOffset, null, 0, y, yOffset, workspace);
        }
    }

    /** {@code variance = sum of (x - mean)^2 / length}. */
    public static final class Variance implements VarianceKernel {
        @Override
        public String name() {
            return "columns";
        }

        @Override
        public boolean supports(AxisGeometry g) {
            return g.inner() > 1;
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
            ReduceColumns.run(ADD_SQUARE, true, g, x, xOffset, mean, meanOffset, variance, varianceOffset, workspace);
        }
    }
}
