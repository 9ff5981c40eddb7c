package dev.lanes.numerics.kernels.vector.rows;

import dev.lanes.numerics.geometry.CopyGeometry;
import dev.lanes.numerics.kernels.CopyKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;

/** Copies stretch by stretch with the JVM's own copy, which is written for the processor; blocks of rows are shared out. */
public final class CopyBlocks implements CopyKernel {
    /** Values of a chunk of work. */
    private static final int VALUES = 1 << 14;

    @Override
    public String name() {
        return "blocks";
    }

    @Override
    public void run(CopyGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace) {
        if (g.columns() == 0) {
            return;
        }
        Job job = workspace.job(Job.class, Job::new);
        job.g = g;
        job.x = x;
        job.xOffset = xOffset;
        job.y = y;
        job.yOffset = yOffset;
        job.block = Math.max(1, VALUES / Math.max(1, g.columns()));
        try {
            workspace.run(Math.ceilDiv(g.rows(), job.block), 4L * g.rows() * g.columns(), job);
        } finally {
            job.x = null;
            job.y = null;
        }
    }

    private static final class Job implements Parallel.Task {
        private CopyGeometry g;
        private float[] x;
        private int xOffset;
        private float[] y;
        private int yOffset;
        private int block;

        @Override
        public void run(int chunk, int worker) {
            for (int r = chunk * block; r < Math.min(g.rows(), (chunk + 1) * block); r++) {
                System.arraycopy(x, xOffset + r * g.fromStride(), y, yOffset + r * g.toStride(), g.columns());
            }
        }
    }
}
