package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;
import static dev.lanes.numerics.kernels.vector.Simd.LANES;

import dev.lanes.numerics.geometry.AxisGeometry;
import dev.lanes.numerics.kernels.ReduceKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * {@code y[c] = sum over r of x[r, c]}: blocks of a fixed number of rows are summed apart, then the blocks in their
 * order. That is the same for any number of threads, and keeps the rounding error to that of one block plus one sum
 * over blocks instead of one long chain.
 */
final class SumRowsBlocks implements ReduceKernel {
    private static final int BLOCK = 128;

    @Override
    public String name() {
        return "blocks";
    }

    @Override
    public boolean supports(AxisGeometry g) {
        return g.outer() == 1;
    }

    @Override
    public void run(AxisGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace) {
        int columns = g.inner();
        int blocks = Math.ceilDiv(g.length(), BLOCK);
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
        private AxisGeometry g;
        private float[] x;
        private int xOffset;
        private float[] partial;

        @Override
        public void run(int block, int worker) {
            int columns = g.inner();
            int first = xOffset + block * BLOCK * columns;
            int rows = Math.min(BLOCK, g.length() - block * BLOCK);
            int at = block * columns;
            int c = 0;
            for (; c <= columns - LANES; c += LANES) {
                sum(x, first + c, rows, columns).intoArray(partial, at + c);
            }
            for (; c < columns; c++) {
                float sum = 0f;
                for (int r = 0, from = first + c; r < rows; r++, from += columns) {
                    sum += x[from];
                }
                partial[at + c] = sum;
            }
        }

        private static FloatVector sum(float[] x, int at, int rows, int columns) {
            FloatVector sum = Simd.zero();
            for (int r = 0, from = at; r < rows; r++, from += columns) {
                sum = sum.add(FloatVector.fromArray(F, x, from));
            }
            return sum;
        }
    }
}
