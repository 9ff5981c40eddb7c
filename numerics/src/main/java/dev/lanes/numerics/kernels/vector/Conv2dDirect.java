package dev.lanes.numerics.kernels.vector;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.Conv2dForwardKernel;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;

/**
 * Convolution read straight from the image: a tile is some neighbouring pixels of one line of output times two vectors of
 * channels, and its left operand is the image itself, pixel after pixel. Nothing is unfolded; the weights are packed.
 *
 * <p>Along one row of the window the taps are adjacent in memory, so with one group and no dilation the inner loop runs
 * over {@code kW * inC / groups} values, otherwise over one tap's. Each output is summed from the bias on over {@code
 * (kh, kw, ci)} ascending, with zeros from the {@link Strip} for pixels outside.
 */
final class Conv2dDirect implements Conv2dForwardKernel {
    /** Pixels of output that pass over a slice of the weights together, so that it is read from a near cache. */
    private static final int PIXELS = 112;
    /** Values of a strip: 256 KiB, within the second-level cache. */
    private static final int STRIP = 1 << 16;

    private static final int NR = RowTilesWide.NR;

    @Override
    public String name() {
        return "direct";
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
        try {
            job.run();
        } finally {
            job.release();
        }
    }

    /** One convolution under way; kept by the workspace, so that a call allocates nothing. */
    private static final class Job {
        private final Parallel.Task pack = this::pack;
        private final Parallel.Task lines = this::lines;
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
        private int panelsAGroup;
        private int paddedColumns;
        private int linesAChunk;
        private int chunksAnImage;

        void run() {
            int k = g.reductionLength();
            panelsAGroup = Panels.count(g.outCPerGroup());
            paddedColumns = Panels.paddedColumns(g.outCPerGroup());
            panels = workspace.floats(0, 0, k * paddedColumns * g.groups());
            int fitting = (STRIP / (Strip.width(g) * g.inC()) - g.window().extentH())
                            / g.window().strideH()
                    + 1;
            linesAChunk = Math.clamp(Math.min(fitting, Math.ceilDiv(PIXELS, g.outW())), 1, g.outH());
            chunksAnImage = Math.ceilDiv(g.outH(), linesAChunk);
            workspace.run(panelsAGroup * g.groups(), 4L * k * g.outC(), pack);
            workspace.run(g.batch() * chunksAnImage, g.flops(), lines);
        }

        void release() {
            x = null;
            w = null;
            y = null;
            epilogue = null;
            workspace = null;
            panels = null;
        }

        private void pack(int chunk, int worker) {
            int group = chunk / panelsAGroup;
            int j = chunk % panelsAGroup * NR;
            int k = g.reductionLength();
            int from = wOffset + group * g.outCPerGroup() + j;
            int to = (group * paddedColumns + j) * k;
            Panels.pack(false, k, g.outCPerGroup() - j, 1f, w, from, g.outC(), panels, to);
        }

        private void lines(int chunk, int worker) {
            int b = chunk / chunksAnImage;
            int first = chunk % chunksAnImage * linesAChunk;
            int count = Math.min(linesAChunk, g.outH() - first);
            int image = xOffset + b * g.inH() * g.inW() * g.inC();
            int at = yOffset + (b * g.outH() + first) * g.outW() * g.outC();
            Blocks.begin(epilogue, count * g.outW(), g.outC(), 0f, y, at, g.outC(), 0);
            if (Strip.needed(g.window())) {
                float[] strip = workspace.floats(worker, 1, Strip.height(g, count) * Strip.width(g) * g.inC());
                Strip.copy(g, x, image, first, count, strip, 0);
                multiply(strip, 0, Strip.width(g) * g.inC(), count, at, worker);
            } else {
                int line = g.inW() * g.inC();
                multiply(x, image + first * g.window().strideH() * line, line, count, at, worker);
            }
            epilogue.end(count * g.outW(), g.outC(), y, at, g.outC());
        }

        /** Adds the products of some lines, whose pixels begin at {@code source} and lie {@code line} values apart. */
        private void multiply(float[] image, int source, int line, int count, int at, int worker) {
            Window2d window = g.window();
            int depth = g.inCPerGroup();
            boolean dense = g.groups() == 1 && window.dilationW() == 1;
            int calls = dense ? 1 : window.kW();
            int kc = dense ? window.kW() * depth : depth;
            float[] edge = workspace.floats(worker, 2, Blocks.EDGE);
            for (int panel = 0; panel < panelsAGroup * g.groups(); panel++) {
                int group = panel / panelsAGroup;
                int j = panel % panelsAGroup * NR;
                int left = g.outCPerGroup() - j;
                int width = Panels.width(left);
                int weights = (group * paddedColumns + j) * g.reductionLength();
                int column = at + group * g.outCPerGroup() + j;
                for (int kh = 0; kh < window.kH(); kh++) {
                    for (int call = 0; call < calls; call++) {
                        int tap = source
                                + kh * window.dilationH() * line
                                + call * window.dilationW() * g.inC()
                                + group * depth;
                        for (int oh = 0; oh < count; oh++) {
                            Blocks.panel(
                                    g.outW(),
                                    left,
                                    kc,
                                    image,
                                    tap + oh * window.strideH() * line,
                                    window.strideW() * g.inC(),
                                    1,
                                    panels,
                                    weights,
                                    y,
                                    column + oh * g.outW() * g.outC(),
                                    g.outC(),
                                    edge);
                        }
                        weights += kc * width;
                    }
                }
            }
        }
    }
}
