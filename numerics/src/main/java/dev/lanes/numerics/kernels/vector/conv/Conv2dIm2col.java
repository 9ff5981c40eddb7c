package dev.lanes.numerics.kernels.vector.conv;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.kernels.Conv2dForwardKernel;
import dev.lanes.numerics.kernels.Conv2dWeights;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Im2col;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.gemm.Blocks;
import dev.lanes.numerics.kernels.vector.gemm.Panels;
import dev.lanes.numerics.kernels.vector.gemm.RowTilesWide;
import dev.lanes.numerics.kernels.vector.simd.Endings;
import dev.lanes.numerics.parallel.Parallel;

/**
 * Convolution as a matrix product whose left operand is laid out a block of pixels at a time: the block stays in the
 * second-level cache, and the image is never unfolded as a whole. Takes every geometry.
 *
 * <p>Each output is summed from the bias on over {@code (kh, kw, ci)} ascending, with a zero for pixels outside.
 */
public final class Conv2dIm2col implements Conv2dForwardKernel {
    /** Rows of a block; with a slab of 256 steps it is 96 KiB. */
    private static final int BLOCK = 96;

    private static final int NR = RowTilesWide.NR;

    @Override
    public String name() {
        return "im2col";
    }

    @Override
    public void run(
            Conv2dGeometry g,
            float[] x,
            int xOffset,
            float[] w,
            int wOffset,
            float[] y,
            int yOffset,
            Epilogue epilogue,
            Workspace workspace) {
        float[] panels = workspace.floats(0, 0, packedLength(g));
        pack(g, w, wOffset, panels, workspace);
        run(g, x, xOffset, panels, y, yOffset, epilogue, workspace);
    }

    @Override
    public Conv2dWeights prepare(Conv2dGeometry prepared, float[] w, int wOffset, Workspace workspace) {
        float[] panels = new float[packedLength(prepared)];
        pack(prepared, w, wOffset, panels, workspace);
        return (g, x, xOffset, y, yOffset, epilogue, scratch) ->
                run(g, x, xOffset, panels, y, yOffset, epilogue, scratch);
    }

    private static int packedLength(Conv2dGeometry g) {
        return g.reductionLength() * Panels.paddedColumns(g.outCPerGroup()) * g.groups();
    }

    private static void pack(Conv2dGeometry g, float[] w, int wOffset, float[] panels, Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.g = g;
        job.w = w;
        job.wOffset = wOffset;
        job.panels = panels;
        try {
            workspace.run(g.groups(), 4L * g.reductionLength() * g.outC(), job.pack);
        } finally {
            job.release();
        }
    }

    private static void run(
            Conv2dGeometry g,
            float[] x,
            int xOffset,
            float[] panels,
            float[] y,
            int yOffset,
            Epilogue epilogue,
            Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.g = g;
        job.x = x;
        job.xOffset = xOffset;
        job.panels = panels;
        job.y = y;
        job.yOffset = yOffset;
        job.epilogue = epilogue;
        job.workspace = workspace;
        try {
            job.run();
        } finally {
            job.release();
        }
    }

    /** One convolution under way; kept by the workspace, so that a call allocates nothing. */
    private static final class Job {
        private final Parallel.Task pack = this::pack;
        private final Parallel.Task multiply = this::multiply;
        private Conv2dGeometry g;
        private float[] x;
        private int xOffset;
        private float[] w;
        private int wOffset;
        private float[] y;
        private int yOffset;
        private Epilogue epilogue;
        private Workspace workspace;

        private float[] panels;
        private int blocks;

        void run() {
            blocks = Math.ceilDiv(g.outH() * g.outW(), BLOCK);
            workspace.run(g.batch() * blocks, g.flops(), multiply);
        }

        void release() {
            x = null;
            w = null;
            y = null;
            epilogue = null;
            workspace = null;
            panels = null;
        }

        private void pack(int group, int worker) {
            int n = g.outCPerGroup();
            int at = group * g.reductionLength() * Panels.paddedColumns(n);
            Panels.packAll(g.reductionLength(), n, w, wOffset + group * n, g.outC(), panels, at);
        }

        private void multiply(int chunk, int worker) {
            int pixels = g.outH() * g.outW();
            int b = chunk / blocks;
            int first = chunk % blocks * BLOCK;
            int rows = Math.min(BLOCK, pixels - first);
            int image = xOffset + b * g.inH() * g.inW() * g.inC();
            int at = yOffset + (b * pixels + first) * g.outC();
            int k = g.reductionLength();
            int n = g.outCPerGroup();
            int padded = Panels.paddedColumns(n);
            float[] columns = workspace.floats(worker, 1, BLOCK * Panels.slab(k));
            float[] edge = workspace.floats(worker, 2, Blocks.EDGE);
            for (int group = 0; group < g.groups(); group++) {
                for (int p = 0, step = Panels.slab(k); p < k; p += step) {
                    int kc = Math.min(step, k - p);
                    Im2col.rows(g, group, x, image, first, rows, p, kc, columns, 0);
                    int slab = (group * k + p) * padded;
                    int to = at + group * n;
                    Blocks.multiply(
                            p, epilogue, group * n, 0f, rows, n, kc, columns, 0, kc, 1, panels, slab, y, to, g.outC(),
                            edge);
                }
            }
            Endings.end(epilogue, rows, g.outC(), y, at, g.outC());
        }
    }
}
