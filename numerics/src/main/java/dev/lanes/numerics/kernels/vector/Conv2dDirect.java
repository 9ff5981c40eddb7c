package dev.lanes.numerics.kernels.vector;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.Conv2dForwardKernel;
import dev.lanes.numerics.kernels.Conv2dWeights;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;

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

    /** Pixels a multiple of so many values apart share one or two sets of the first-level cache (2 KiB). */
    private static final int ALIAS = 512;
    /** What is put between them then: a cache line. */
    private static final int GAP = 16;

    /** Pixels of a line that are a tile of their own. */
    private static final int NARROW = 8;

    private static final int FEW_CHANNELS = 16;
    private static final int KC = Panels.KC;
    private static final int NR = RowTilesWide.NR;

    @Override
    public String name() {
        return "direct";
    }

    /** With groups of few channels every tap is a call of its own for a handful of steps; unfolding them is faster. */
    @Override
    public boolean supports(Conv2dGeometry g) {
        return g.groups() == 1 || g.inCPerGroup() >= FEW_CHANNELS;
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

    /** Returns the length of the packed weights: {@code [group][panel][k][NR]}. */
    static int packedLength(Conv2dGeometry g) {
        return g.reductionLength() * Panels.paddedColumns(g.outCPerGroup()) * g.groups();
    }

    static void pack(Conv2dGeometry g, float[] w, int wOffset, float[] panels, Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.g = g;
        job.w = w;
        job.wOffset = wOffset;
        job.panels = panels;
        job.workspace = workspace;
        try {
            job.packAll();
        } finally {
            job.release();
        }
    }

    /** Convolves with weights that are packed. */
    static void run(
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
        /** Distance between pixels: the channels, or more where these would fall on one another in the cache. */
        private int pitch;

        private int linesAChunk;
        private int chunksAnImage;

        void packAll() {
            panelsAGroup = Panels.count(g.outCPerGroup());
            paddedColumns = Panels.paddedColumns(g.outCPerGroup());
            workspace.run(panelsAGroup * g.groups(), 4L * g.reductionLength() * g.outC(), pack);
        }

        void run() {
            panelsAGroup = Panels.count(g.outCPerGroup());
            paddedColumns = Panels.paddedColumns(g.outCPerGroup());
            pitch = g.inC() % ALIAS == 0 ? g.inC() + GAP : g.inC();
            int fitting = (STRIP / (Strip.width(g) * pitch) - g.window().extentH())
                            / g.window().strideH()
                    + 1;
            linesAChunk = Math.clamp(Math.min(fitting, Math.ceilDiv(PIXELS, g.outW())), 1, g.outH());
            chunksAnImage = Math.ceilDiv(g.outH(), linesAChunk);
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
            if (Strip.needed(g.window()) || pitch != g.inC()) {
                float[] strip = workspace.floats(worker, 1, Strip.height(g, count) * Strip.width(g) * pitch);
                Strip.copy(g, x, image, first, count, pitch, strip, 0);
                multiply(strip, 0, Strip.width(g) * pitch, first, count, at, worker);
            } else {
                int line = g.inW() * g.inC();
                multiply(x, image + first * g.window().strideH() * line, line, first, count, at, worker);
            }
        }

        /** Computes some lines, whose pixels begin at {@code source} and lie {@code line} values apart, panel by panel. */
        private void multiply(float[] image, int source, int line, int firstLine, int count, int at, int worker) {
            int pixels = count * g.outW();
            for (int panel = 0; panel < panelsAGroup * g.groups(); panel++) {
                int group = panel / panelsAGroup;
                int j = panel % panelsAGroup * NR;
                int column = group * g.outCPerGroup() + j;
                int columns = Math.min(NR, g.outCPerGroup() - j);
                int width = Panels.width(g.outCPerGroup() - j);
                int first = source + group * g.inCPerGroup();
                if (columns < width) {
                    // Tiles write whole vectors: what would fall on the next pixel is summed beside the output.
                    float[] block = workspace.floats(worker, 2, pixels * width);
                    Arrays.fill(block, 0, pixels * width, 0f);
                    Blocks.begin(epilogue, pixels, columns, 0f, block, 0, width, column);
                    taps(image, first, line, firstLine, count, group, j, block, 0, width);
                    Blocks.copy(pixels, columns, block, 0, width, y, at + column, g.outC());
                } else {
                    Blocks.begin(epilogue, pixels, columns, 0f, y, at + column, g.outC(), column);
                    taps(image, first, line, firstLine, count, group, j, y, at + column, g.outC());
                }
                Endings.end(epilogue, pixels, columns, y, at + column, g.outC());
            }
        }

        /** Adds all taps to one panel of some lines, a slab of adjacent values at a time. */
        private void taps(
                float[] image,
                int source,
                int line,
                int firstLine,
                int count,
                int group,
                int j,
                float[] c,
                int cAt,
                int ldc) {
            Window2d window = g.window();
            boolean dense = g.groups() == 1 && window.dilationW() == 1 && pitch == g.inC() && !narrow();
            int runs = dense ? 1 : window.kW();
            int run = dense ? window.kW() * g.inC() : g.inCPerGroup();
            int width = Panels.width(g.outCPerGroup() - j);
            int step = window.strideW() * pitch;
            int weights = (group * paddedColumns + j) * g.reductionLength();
            for (int tap = 0; tap < window.kH() * runs; tap++) {
                int down = tap / runs * window.dilationH();
                int right = tap % runs * window.dilationW();
                // Lines whose windows have this row in the halo would add zeros, and so would the edges of narrow ones.
                int top = inside(down - window.padTop(), window.strideH(), 0, g.outH());
                int end = inside(down - window.padTop() - g.inH(), window.strideH(), top, g.outH());
                int begin = Math.clamp(top - (long) firstLine, 0, count);
                int lines = Math.clamp(end - (long) firstLine, begin, count) - begin;
                int left = dense ? 0 : inside(right - window.padLeft(), window.strideW(), 0, g.outW());
                int rows = (dense
                                ? g.outW()
                                : inside(right - window.padLeft() - g.inW(), window.strideW(), left, g.outW()))
                        - left;
                if (window.isPointwise()) { // the lines lie behind one another, and are one long line
                    rows *= lines;
                    lines = 1;
                }
                int first = source + (down + begin * window.strideH()) * line + right * pitch + left * step;
                int at = cAt + (begin * g.outW() + left) * ldc;
                for (int p = 0; p < run; p += KC) {
                    int kc = Math.min(KC, run - p);
                    for (int oh = 0; oh < lines; oh++) {
                        int from = first + p + oh * window.strideH() * line;
                        int to = at + oh * g.outW() * ldc;
                        Blocks.panel(rows, width, kc, image, from, step, 1, panels, weights, c, to, ldc, null);
                    }
                    weights += kc * width;
                }
            }
        }

        /** Tells whether a line is one tile that is cheaper without its edges, and a tap long enough to stand alone. */
        private boolean narrow() {
            return g.outW() <= NARROW && g.window().kW() > 1 && g.inC() >= KC;
        }

        /** Returns the first of the outputs {@code from} to {@code to} whose tap does not lie before its place. */
        private static int inside(int tap, int stride, int from, int to) {
            return Math.clamp(Math.ceilDiv(-(long) tap, stride), from, to);
        }
    }
}
