package dev.lanes.numerics.kernels.vector;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.UnaryKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;

/**
 * {@code y[c] = sum over r of x[r, c]}: blocks of a fixed number of rows are summed apart, then the blocks in their
 * order. That is the same for any number of threads, and keeps the rounding error to that of one block plus one sum
 * over blocks instead of one long chain.
 */
final class SumRowsBlocks implements UnaryKernel {
    private static final int BLOCK = 128;

    @Override
    public String name() {
        return "blocks";
    }

    @Override
    public void run(RowsGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace) {
        int columns = g.columns();
        int blocks = Math.ceilDiv(g.rows(), BLOCK);
        float[] partial = workspace.floats(0, 0, blocks * columns);
        Job job = workspace.job(Job.class, Job::new);
        job.g = g;
        job.x = x;
        job.xOffset = xOffset;
        job.partial = partial;
        try {
            workspace.run(blocks, 4L * g.elements(), job);
        } finally {
            job.x = null;
            job.partial = null;
        }
        Arrays.fill(y, yOffset, yOffset + columns, 0f);
        for (int block = 0; block < blocks; block++) {
            AddRowLanes.row(columns, y, yOffset, partial, block * columns, y, yOffset);
        }
    }

    private static final class Job implements Parallel.Task {
        private RowsGeometry g;
        private float[] x;
        private int xOffset;
        private float[] partial;

        @Override
        public void run(int block, int worker) {
            int columns = g.columns();
            int at = block * columns;
            Arrays.fill(partial, at, at + columns, 0f);
            int stop = Math.min(g.rows(), (block + 1) * BLOCK);
            for (int r = block * BLOCK; r < stop; r++) {
                AddRowLanes.row(columns, partial, at, x, xOffset + r * columns, partial, at);
            }
        }
    }
}
