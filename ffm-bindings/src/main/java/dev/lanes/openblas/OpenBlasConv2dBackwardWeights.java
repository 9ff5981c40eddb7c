package dev.lanes.openblas;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.kernels.Conv2dBackwardWeightsKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The gradient by the weights by OpenBLAS: the transposed {@link Unfolded} rows times dy.
 *
 * <p>The work is cut along the weights, and where these are few along the rows too: then every share of the rows is
 * summed for itself, and the sums are added in order. How it is cut depends on the geometry alone.
 */
final class OpenBlasConv2dBackwardWeights implements Conv2dBackwardWeightsKernel {
    /** Weights of an output channel that are done together. */
    private static final int SLICE = 512;
    /** Pieces with which every thread has enough to do. */
    private static final int ENOUGH = 8;
    /** The most memory for sums, in values: 4 MiB. */
    private static final int MAX_SUMS = 1 << 20;

    @Override
    public String name() {
        return "openblas";
    }

    @Override
    public boolean supports(Conv2dGeometry g) {
        return Unfolded.supports(g);
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
        job.workspace = workspace;
        ThreadCount.enter(1);
        try {
            job.run(dw, dwOffset);
        } finally {
            ThreadCount.leave();
            job.release();
        }
    }

    /** One gradient under way; kept by the workspace, so that a call allocates nothing. */
    private static final class Job {
        private final Parallel.Task piece = this::piece;
        private Conv2dGeometry g;
        private float[] x;
        private int xOffset;
        private float[] dy;
        private int dyOffset;
        private Workspace workspace;
        /** One sum for each share of the rows, one after the other. */
        private float[] sums;

        private int sumsAt;
        private int slices;
        private int shareRows;

        void run(float[] dw, int dwOffset) {
            int rows = Unfolded.rows(g);
            int weights = g.weightShape().elements();
            if (rows == 0) {
                Arrays.fill(dw, dwOffset, dwOffset + weights, 0f);
                return;
            }
            int block = Unfolded.blockRows(Math.min(SLICE, g.reductionLength()));
            slices = Math.ceilDiv(g.reductionLength(), SLICE);
            int most = Math.min(Math.ceilDiv(rows, block), MAX_SUMS / weights);
            int shares = Math.clamp(Math.ceilDiv(ENOUGH, slices), 1, Math.max(1, most));
            shareRows = Math.ceilDiv(rows, shares);
            shares = Math.ceilDiv(rows, shareRows);
            sums = shares == 1 ? dw : workspace.floats(0, 1, shares * weights);
            sumsAt = shares == 1 ? dwOffset : 0;
            workspace.run(shares * slices, g.flops(), piece);
            if (shares > 1) {
                add(shares, weights, dw, dwOffset);
            }
        }

        void release() {
            x = null;
            dy = null;
            workspace = null;
            sums = null;
        }

        private void add(int shares, int weights, float[] dw, int dwOffset) {
            System.arraycopy(sums, 0, dw, dwOffset, weights);
            for (int share = 1; share < shares; share++) {
                int from = share * weights;
                for (int i = 0; i < weights; i++) {
                    dw[dwOffset + i] += sums[from + i];
                }
            }
        }

        /** Sums one slice of the weights over one share of the rows. */
        private void piece(int chunk, int worker) {
            int share = chunk / slices;
            int k0 = chunk % slices * SLICE;
            int kc = Math.min(SLICE, g.reductionLength() - k0);
            int begin = share * shareRows;
            int end = Math.min(Unfolded.rows(g), begin + shareRows);
            int block = Unfolded.blockRows(kc);
            int at = sumsAt + share * g.weightShape().elements() + k0 * g.outC();
            boolean image = Unfolded.isImage(g);
            float[] columns = image ? x : workspace.floats(worker, 0, block * kc);
            for (int group = 0; group < g.groups(); group++) {
                for (int first = begin; first < end; first += block) {
                    int rows = Math.min(block, end - first);
                    int n = g.outCPerGroup();
                    if (!image) {
                        Unfolded.rows(g, group, x, xOffset, first, rows, k0, kc, columns);
                    }
                    HeapProduct.sgemm(
                            true,
                            false,
                            kc,
                            n,
                            rows,
                            1f,
                            MemorySegment.ofArray(columns),
                            image ? xOffset + first * g.inC() + group * g.inCPerGroup() + k0 : 0,
                            image ? g.inC() : kc,
                            MemorySegment.ofArray(dy),
                            dyOffset + first * g.outC() + group * n,
                            g.outC(),
                            first == begin ? 0f : 1f,
                            MemorySegment.ofArray(sums),
                            at + group * n,
                            g.outC());
                }
            }
        }
    }
}
