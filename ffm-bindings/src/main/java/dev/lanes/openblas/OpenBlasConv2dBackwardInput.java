package dev.lanes.openblas;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.kernels.Conv2dBackwardInputKernel;
import dev.lanes.numerics.kernels.Im2col;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The gradient by the input by OpenBLAS: dy times the transposed weights is the gradient of each {@link Unfolded} row,
 * which is added to the pixels that the row was made of. A thread does whole images, so that no two add to one pixel.
 */
final class OpenBlasConv2dBackwardInput implements Conv2dBackwardInputKernel {
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
        job.w = w;
        job.wOffset = wOffset;
        job.dx = dx;
        job.dxOffset = dxOffset;
        job.workspace = workspace;
        ThreadCount.enter(1);
        try {
            job.run();
        } finally {
            ThreadCount.leave();
            job.release();
        }
    }

    /** One gradient under way; kept by the workspace, so that a call allocates nothing. */
    private static final class Job {
        private final Parallel.Task images = this::images;
        private final Parallel.Task block = this::block;
        private Conv2dGeometry g;
        private float[] dy;
        private int dyOffset;
        private float[] w;
        private int wOffset;
        private float[] dx;
        private int dxOffset;
        private Workspace workspace;
        private int blockRows;
        private int imagesAChunk;

        void run() {
            blockRows = Unfolded.blockRows(g.reductionLength());
            if (Unfolded.isImage(g)) {
                workspace.run(Math.ceilDiv(Unfolded.rows(g), blockRows), g.flops(), block);
            } else {
                imagesAChunk = Math.max(1, blockRows / (g.outH() * g.outW()));
                workspace.run(Math.ceilDiv(g.batch(), imagesAChunk), g.flops(), images);
            }
        }

        void release() {
            dy = null;
            w = null;
            dx = null;
            workspace = null;
        }

        /** Writes a block of rows of dx where the images are the unfolded rows. */
        private void block(int chunk, int worker) {
            int first = chunk * blockRows;
            int rows = Math.min(blockRows, Unfolded.rows(g) - first);
            for (int group = 0; group < g.groups(); group++) {
                int at = dxOffset + first * g.inC() + group * g.inCPerGroup();
                multiply(group, first, rows, dx, at, g.inC());
            }
        }

        private void images(int chunk, int worker) {
            int begin = chunk * imagesAChunk;
            int end = Math.min(g.batch(), begin + imagesAChunk);
            int size = g.inH() * g.inW() * g.inC();
            int pixels = g.outH() * g.outW();
            int k = g.reductionLength();
            float[] columns = workspace.floats(worker, 0, blockRows * k);
            Arrays.fill(dx, dxOffset + begin * size, dxOffset + end * size, 0f);
            for (int group = 0; group < g.groups(); group++) {
                for (int first = begin * pixels; first < end * pixels; first += blockRows) {
                    int rows = Math.min(blockRows, end * pixels - first);
                    multiply(group, first, rows, columns, 0, k);
                    addBack(group, first, rows, columns);
                }
            }
        }

        /** Computes the gradient of some rows of a group. */
        private void multiply(int group, int first, int rows, float[] out, int outAt, int outRow) {
            int n = g.outCPerGroup();
            HeapProduct.sgemm(
                    false,
                    true,
                    rows,
                    g.reductionLength(),
                    n,
                    1f,
                    MemorySegment.ofArray(dy),
                    dyOffset + first * g.outC() + group * n,
                    g.outC(),
                    MemorySegment.ofArray(w),
                    wOffset + group * n,
                    g.outC(),
                    0f,
                    MemorySegment.ofArray(out),
                    outAt,
                    outRow);
        }

        private void addBack(int group, int first, int rows, float[] columns) {
            int pixels = g.outH() * g.outW();
            int done = 0;
            while (done < rows) {
                int image = (first + done) / pixels;
                int pixel = (first + done) % pixels;
                int count = Math.min(rows - done, pixels - pixel);
                int at = dxOffset + image * g.inH() * g.inW() * g.inC();
                Im2col.addBack(g, group, columns, done * g.reductionLength(), pixel, count, dx, at);
                done += count;
            }
        }
    }
}
