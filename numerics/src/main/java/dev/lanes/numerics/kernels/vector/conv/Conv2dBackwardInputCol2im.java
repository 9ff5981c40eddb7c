package dev.lanes.numerics.kernels.vector.conv;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.kernels.Conv2dBackwardInputKernel;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Im2col;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.gemm.Blocks;
import dev.lanes.numerics.kernels.vector.gemm.Panels;
import dev.lanes.numerics.kernels.vector.gemm.RowTilesWide;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;

/**
 * The gradient by the input for every geometry, best where it has few channels: dy times the transposed weights gives the gradient of each row of
 * {@link Im2col}, which is added to the pixels that the row was made of, rows ascending. One thread an image.
 */
public final class Conv2dBackwardInputCol2im implements Conv2dBackwardInputKernel {
    private static final int BLOCK = 48;
    private static final int NR = RowTilesWide.NR;

    @Override
    public String name() {
        return "col2im";
    }

    @Override
    public void run(
            Conv2dGeometry g,
            float[] dy,
            int dyOffset,
            float[] w,
            int wOffset,
            float[] dx,
            int dxOffset,
            Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.g = g;
        job.dy = dy;
        job.dyOffset = dyOffset;
        job.dx = dx;
        job.dxOffset = dxOffset;
        job.workspace = workspace;
        try {
            job.run(w, wOffset);
        } finally {
            job.release();
        }
    }

    /** One gradient under way; kept by the workspace, so that a call allocates nothing. */
    private static final class Job {
        private final Parallel.Task image = this::image;
        private Conv2dGeometry g;
        private float[] dy;
        private int dyOffset;
        private float[] dx;
        private int dxOffset;
        private Workspace workspace;
        private float[] panels;
        private int groupPanels;

        void run(float[] w, int wOffset) {
            int k = g.outCPerGroup();
            int n = g.reductionLength();
            int padded = Panels.paddedColumns(n);
            groupPanels = k * padded;
            panels = workspace.floats(0, 0, groupPanels * g.groups());
            int rows = Panels.slab(k);
            for (int group = 0; group < g.groups(); group++) {
                for (int p = 0; p < k; p += rows) {
                    int kc = Math.min(rows, k - p);
                    for (int j = 0; j < n; j += NR) {
                        int from = wOffset + j * g.outC() + group * k + p;
                        int to = group * groupPanels + p * padded + j * kc;
                        Panels.pack(true, kc, n - j, 1f, w, from, g.outC(), panels, to);
                    }
                }
            }
            workspace.run(g.batch(), g.flops(), image);
        }

        void release() {
            dy = null;
            dx = null;
            workspace = null;
            panels = null;
        }

        private void image(int b, int worker) {
            int pixels = g.outH() * g.outW();
            int k = g.outCPerGroup();
            int n = g.reductionLength();
            int padded = Panels.paddedColumns(n);
            int size = g.inH() * g.inW() * g.inC();
            int at = dxOffset + b * size;
            Arrays.fill(dx, at, at + size, 0f);
            float[] columns = workspace.floats(worker, 1, BLOCK * n);
            int step = Panels.slab(k);
            float[] edge = workspace.floats(worker, 2, Blocks.EDGE);
            for (int group = 0; group < g.groups(); group++) {
                for (int first = 0; first < pixels; first += BLOCK) {
                    int rows = Math.min(BLOCK, pixels - first);
                    int from = dyOffset + (b * pixels + first) * g.outC() + group * k;
                    for (int p = 0; p < k; p += step) {
                        int kc = Math.min(step, k - p);
                        int slab = group * groupPanels + p * padded;
                        Blocks.multiply(
                                p,
                                Epilogue.NONE,
                                0,
                                0f,
                                rows,
                                n,
                                kc,
                                dy,
                                from + p,
                                g.outC(),
                                1,
                                panels,
                                slab,
                                columns,
                                0,
                                n,
                                edge);
                    }
                    Im2col.addBack(g, group, columns, 0, first, rows, dx, at);
                }
            }
        }
    }
}
