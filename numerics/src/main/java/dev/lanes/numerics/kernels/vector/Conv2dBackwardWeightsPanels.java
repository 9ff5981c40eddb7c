package dev.lanes.numerics.kernels.vector;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.kernels.Conv2dBackwardWeightsKernel;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;

/**
 * The gradient by the weights as a product of the transposed rows of {@link Im2col} with dy, summed over every pixel of
 * the batch: dy is packed once, and each panel of MR weights lays out just the columns that it needs.
 */
final class Conv2dBackwardWeightsPanels implements Conv2dBackwardWeightsKernel {
    private static final int KC = Panels.KC;
    private static final int NR = RowTilesWide.NR;
    private static final int MR = PanelTiles.MR;

    @Override
    public String name() {
        return "panels";
    }

    @Override
    public void run(
            Conv2dGeometry g,
            float[] x,
            int xOffset,
            float[] dy,
            int dyOffset,
            float[] dw,
            int dwOffset,
            Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.g = g;
        job.x = x;
        job.xOffset = xOffset;
        job.dy = dy;
        job.dyOffset = dyOffset;
        job.dw = dw;
        job.dwOffset = dwOffset;
        job.workspace = workspace;
        try {
            job.run();
        } finally {
            job.release();
        }
    }

    /** One gradient under way; kept by the workspace, so that a call allocates nothing. */
    private static final class Job {
        private final Parallel.Task pack = this::pack;
        private final Parallel.Task multiply = this::multiply;
        private Conv2dGeometry g;
        private float[] x;
        private int xOffset;
        private float[] dy;
        private int dyOffset;
        private float[] dw;
        private int dwOffset;
        private Workspace workspace;
        private float[] panels;
        private int group;
        private int pixels;

        void run() {
            pixels = g.batch() * g.outH() * g.outW();
            int padded = Panels.paddedColumns(g.outCPerGroup());
            panels = workspace.floats(0, 0, pixels * padded);
            for (group = 0; group < g.groups(); group++) {
                workspace.run(Math.ceilDiv(pixels, KC), 4L * pixels * padded, pack);
                workspace.run(Math.ceilDiv(g.reductionLength(), MR), g.flops() / g.groups(), multiply);
            }
        }

        void release() {
            x = null;
            dy = null;
            dw = null;
            workspace = null;
            panels = null;
        }

        private void pack(int chunk, int worker) {
            int n = g.outCPerGroup();
            int p = chunk * KC;
            int kc = Math.min(KC, pixels - p);
            int slab = p * Panels.paddedColumns(n);
            for (int j = 0; j < n; j += NR) {
                int from = dyOffset + p * g.outC() + group * n + j;
                Panels.pack(false, kc, n - j, 1f, dy, from, g.outC(), panels, slab + j * kc);
            }
        }

        private void multiply(int chunk, int worker) {
            int n = g.outCPerGroup();
            int k0 = chunk * MR;
            int rows = Math.min(MR, g.reductionLength() - k0);
            int at = dwOffset + k0 * g.outC() + group * n;
            float[] columns = workspace.floats(worker, 1, KC * MR);
            float[] edge = workspace.floats(worker, 2, RowBlock.EDGE);
            RowBlock.begin(rows, n, 0f, dw, at, g.outC(), Epilogue.NONE, 0);
            for (int p = 0; p < pixels; p += KC) {
                int kc = Math.min(KC, pixels - p);
                Im2col.panel(g, group, x, xOffset, p, kc, k0, columns, MR);
                int slab = p * Panels.paddedColumns(n);
                PanelBlock.multiply(rows, n, kc, columns, 0, panels, slab, dw, at, g.outC(), edge);
            }
        }
    }
}
