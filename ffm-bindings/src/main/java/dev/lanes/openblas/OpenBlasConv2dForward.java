package dev.lanes.openblas;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.kernels.Conv2dForwardKernel;
import dev.lanes.numerics.kernels.Conv2dWeights;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import java.lang.foreign.MemorySegment;

/**
 * Convolution by OpenBLAS: blocks of {@link Unfolded} rows times the weights, a block for each thread. A call has few
 * blocks where the images are small; then the output channels are cut as well.
 */
final class OpenBlasConv2dForward implements Conv2dForwardKernel {
    /** The least channels of a piece, since each lays its rows out anew. */
    private static final int MIN_CHANNELS = 64;

    private final Staging staging;

    OpenBlasConv2dForward(Staging staging) {
        this.staging = staging;
    }

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
            float[] w,
            int wOffset,
            float[] y,
            int yOffset,
            Epilogue epilogue,
            Workspace workspace) {
        run(g, x, xOffset, MemorySegment.ofArray(w), wOffset, y, yOffset, epilogue, workspace);
    }

    /** Keeps the weights off the heap, on a line of the caches, until the engine is closed. */
    @Override
    public Conv2dWeights prepare(Conv2dGeometry prepared, float[] w, int wOffset, Workspace workspace) {
        MemorySegment kept = staging.keep(w, wOffset, prepared.weightShape().elements());
        return (g, x, xOffset, y, yOffset, epilogue, scratch) -> {
            staging.enter();
            try {
                run(g, x, xOffset, kept, 0, y, yOffset, epilogue, scratch);
            } finally {
                staging.leave();
            }
        };
    }

    private static void run(
            Conv2dGeometry g,
            float[] x,
            int xOffset,
            MemorySegment w,
            int wOffset,
            float[] y,
            int yOffset,
            Epilogue epilogue,
            Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.g = g;
        job.x = x;
        job.xOffset = xOffset;
        job.w = w;
        job.wOffset = wOffset;
        job.y = y;
        job.yOffset = yOffset;
        job.epilogue = epilogue;
        job.workspace = workspace;
        ThreadCount.enter(1);
        try {
            job.run();
        } finally {
            ThreadCount.leave();
            job.release();
        }
    }

    /** One convolution under way; kept by the workspace, so that a call allocates nothing. */
    private static final class Job {
        private final Parallel.Task block = this::block;
        private Conv2dGeometry g;
        private float[] x;
        private int xOffset;
        private MemorySegment w;
        private int wOffset;
        private float[] y;
        private int yOffset;
        private Epilogue epilogue;
        private Workspace workspace;
        private int blockRows;
        private int blockChannels;
        private int across;

        void run() {
            blockRows = Unfolded.blockRows(g.reductionLength());
            int down = Math.ceilDiv(Unfolded.rows(g), blockRows);
            int channels = g.outCPerGroup();
            int enough = workspace.threads() == 1 ? 1 : 2 * workspace.threads();
            blockChannels = down >= enough || channels <= MIN_CHANNELS
                    ? channels
                    : Math.max(MIN_CHANNELS, (int) Math.ceilDiv((long) channels * down, enough));
            across = Math.ceilDiv(channels, blockChannels);
            workspace.run(down * across, g.flops(), block);
        }

        void release() {
            x = null;
            w = null;
            y = null;
            epilogue = null;
            workspace = null;
        }

        private void block(int chunk, int worker) {
            int first = chunk / across * blockRows;
            int rows = Math.min(blockRows, Unfolded.rows(g) - first);
            int channel = chunk % across * blockChannels;
            int channels = Math.min(blockChannels, g.outCPerGroup() - channel);
            int k = g.reductionLength();
            boolean image = Unfolded.isImage(g);
            float[] columns = image ? x : workspace.floats(worker, 0, blockRows * k);
            for (int group = 0; group < g.groups(); group++) {
                int column = group * g.outCPerGroup() + channel;
                int at = yOffset + first * g.outC() + column;
                if (!image) {
                    Unfolded.rows(g, group, x, xOffset, first, rows, 0, k, columns);
                }
                boolean biased = epilogue.bias() != null;
                if (biased) {
                    epilogue.begin(rows, channels, 0f, y, at, g.outC(), column);
                }
                HeapProduct.sgemm(
                        false,
                        false,
                        rows,
                        channels,
                        k,
                        1f,
                        MemorySegment.ofArray(columns),
                        image ? xOffset + first * g.inC() + group * k : 0,
                        image ? g.inC() : k,
                        w,
                        wOffset + column,
                        g.outC(),
                        biased ? 1f : 0f,
                        MemorySegment.ofArray(y),
                        at,
                        g.outC());
                epilogue.end(rows, channels, y, at, g.outC());
            }
        }
    }
}
