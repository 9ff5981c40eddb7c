package dev.lanes.numerics.kernels.vector.conv;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.Conv2dForwardKernel;
import dev.lanes.numerics.kernels.Conv2dWeights;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.gemm.Blocks;
import dev.lanes.numerics.kernels.vector.gemm.Panels;
import dev.lanes.numerics.kernels.vector.gemm.RowTilesWide;
import dev.lanes.numerics.kernels.vector.simd.Endings;
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
public final class Conv2dDirect implements Conv2dForwardKernel {
    /** Pixels of output that pass over a slice of the weights together, so that it is read from a near cache. */
    private static final int PIXELS = 196;
    /** Values of a strip: 512 KiB, half of a second-level cache of today. */
    private static final int STRIP = 1 << 17;

    /** Pixels a multiple of so many values apart share one or two sets of the first-level cache (2 KiB). */
    private static final int ALIAS = 512;
    /** What is put between them then: a cache line. */
    private static final int GAP = 16;

    /** Pixels of a line that are a tile of their own, whose edges are left out. */
    private static final int NARROW = 8;

    private static final int FEW_CHANNELS = 16;
    /** Blocks of lines that share a strip. */
    private static final int BLOCKS = 2;
    /** Chunks of a convolution at the least, where it has the panels. */
    private static final int CHUNKS = 8;
    /** Channels of which a tap of such a line is a run of its own. */
    private static final int LONG = 256;

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
        /** Whether lines are copied into a strip before they are multiplied. */
        private boolean copies;
        /** Distance between pixels: the channels, or more where these would fall on one another in the cache. */
        private int pitch;
        /** Whether the taps of a row of the window are adjacent. */
        private boolean dense;
        /** Whether every tap is multiplied with all pixels of a line, so that the first may begin their sums. */
        private boolean whole;

        private int linesABlock;
        private int linesAStrip;
        private int stripsAnImage;
        private int parts;
        /** For every worker the lines that its strip holds, by number. */
        private int[] held = {};

        void packAll() {
            panelsAGroup = Panels.count(g.outCPerGroup());
            paddedColumns = Panels.paddedColumns(g.outCPerGroup());
            workspace.run(panelsAGroup * g.groups(), 4L * g.reductionLength() * g.outC(), pack);
        }

        void run() {
            panelsAGroup = Panels.count(g.outCPerGroup());
            paddedColumns = Panels.paddedColumns(g.outCPerGroup());
            Window2d window = g.window();
            int depth = g.inCPerGroup();
            copies = Strip.needed(window) || g.inC() % ALIAS == 0 || g.groups() > 1 && window.kW() > 1;
            pitch = !copies ? g.inC() : depth % ALIAS == 0 ? depth + GAP : depth;
            boolean narrow = g.outW() <= NARROW && window.kW() > 1 && depth >= LONG;
            dense = window.dilationW() == 1 && pitch == depth && !narrow;
            whole = window.dilationW() == 1 && !narrow;
            int fitting = (STRIP / (Strip.width(g) * pitch) - window.extentH()) / window.strideH() + 1;
            linesABlock = Math.clamp(Math.min(fitting, Math.ceilDiv(PIXELS, g.outW())), 1, g.outH());
            int blocks = copies ? Math.clamp(fitting / linesABlock, 1, BLOCKS) : 1;
            stripsAnImage = Math.ceilDiv(g.outH(), linesABlock * blocks);
            linesAStrip = Math.ceilDiv(g.outH(), stripsAnImage);
            stripsAnImage = Math.ceilDiv(g.outH(), linesAStrip);
            int strips = g.batch() * stripsAnImage * g.groups();
            parts = Math.min(panelsAGroup, Math.ceilDiv(CHUNKS, Math.max(1, strips)));
            if (held.length < workspace.threads()) {
                held = new int[workspace.threads()];
            }
            Arrays.fill(held, -1);
            workspace.run(strips * parts, g.flops(), lines);
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

        /** Computes some panels of the lines of one strip; chunks of the same strip follow one another. */
        private void lines(int chunk, int worker) {
            int strip = chunk / parts;
            int group = strip % g.groups();
            int b = strip / g.groups() / stripsAnImage;
            int first = strip / g.groups() % stripsAnImage * linesAStrip;
            int count = Math.min(linesAStrip, g.outH() - first);
            int firstPanel = chunk % parts * panelsAGroup / parts;
            int lastPanel = (chunk % parts + 1) * panelsAGroup / parts;
            int at = xOffset + b * g.inH() * g.inW() * g.inC() + group * g.inCPerGroup();
            float[] source = x;
            int line = g.inW() * g.inC();
            if (copies) {
                line = Strip.width(g) * pitch;
                source = workspace.floats(worker, 1, Strip.height(g, count) * line);
                if (held[worker] != strip) {
                    Strip.copy(g, g.inCPerGroup(), x, at, first, count, pitch, source, 0);
                    held[worker] = strip;
                }
                at = 0;
            } else {
                at += first * g.window().strideH() * line;
            }
            int out = yOffset + (b * g.outH() + first) * g.outW() * g.outC();
            for (int i = 0; i < count; i += linesABlock) {
                int some = Math.min(linesABlock, count - i);
                int from = at + i * g.window().strideH() * line;
                int to = out + i * g.outW() * g.outC();
                for (int panel = firstPanel; panel < lastPanel; panel++) {
                    panel(source, from, line, first + i, some, group, panel * NR, to, worker);
                }
            }
        }

        /** Computes one panel of some lines, whose pixels begin at {@code source} and lie {@code line} values apart. */
        private void panel(
                float[] image, int source, int line, int firstLine, int count, int group, int j, int at, int worker) {
            int pixels = count * g.outW();
            int column = group * g.outCPerGroup() + j;
            int columns = Math.min(NR, g.outCPerGroup() - j);
            int width = Panels.width(g.outCPerGroup() - j);
            int to = at + column;
            if (columns < width) {
                // Tiles write whole vectors: what would fall on the next pixel is summed beside the output.
                float[] block = workspace.floats(worker, 2, pixels * width);
                Arrays.fill(block, 0, pixels * width, 0f);
                Blocks.begin(epilogue, pixels, columns, 0f, block, 0, width, column);
                taps(image, source, line, firstLine, count, group, j, null, 0, block, 0, width);
                Blocks.copy(pixels, columns, block, 0, width, y, to, g.outC());
            } else {
                float[] bias = epilogue.bias() == null ? Blocks.ZEROS : epilogue.bias();
                int biasAt = epilogue.bias() == null ? 0 : epilogue.biasOffset() + column;
                if (whole) {
                    for (int oh = 0; oh < count; oh++) {
                        if (firstRow(firstLine + oh) == g.window().kH()) {
                            int start = to + oh * g.outW() * g.outC();
                            Blocks.begin(epilogue, g.outW(), columns, 0f, y, start, g.outC(), column);
                        }
                    }
                } else {
                    Blocks.begin(epilogue, pixels, columns, 0f, y, to, g.outC(), column);
                    bias = null;
                }
                taps(image, source, line, firstLine, count, group, j, bias, biasAt, y, to, g.outC());
            }
            Endings.end(epilogue, pixels, columns, y, to, g.outC());
        }

        /** Adds all taps to one panel of some lines; with a bias the first tap of each line begins its sums from there. */
        private void taps(
                float[] image,
                int source,
                int line,
                int firstLine,
                int count,
                int group,
                int j,
                float[] bias,
                int biasAt,
                float[] c,
                int cAt,
                int ldc) {
            Window2d window = g.window();
            int runs = dense ? 1 : window.kW();
            int run = dense ? window.kW() * g.inCPerGroup() : g.inCPerGroup();
            int width = Panels.width(g.outCPerGroup() - j);
            int step = window.strideW() * pitch;
            int weights = (group * paddedColumns + j) * g.reductionLength();
            for (int tap = 0; tap < window.kH() * runs; tap++, weights += run * width) {
                int down = tap / runs * window.dilationH();
                int right = tap % runs * window.dilationW();
                // Lines whose windows have this row in the halo would add zeros, and so would the edges of narrow ones.
                int top = inside(down - window.padTop(), window.strideH(), 0, g.outH());
                int end = inside(down - window.padTop() - g.inH(), window.strideH(), top, g.outH());
                int begin = Math.clamp(top - (long) firstLine, 0, count);
                int last = Math.clamp(end - (long) firstLine, begin, count);
                int left = whole ? 0 : inside(right - window.padLeft(), window.strideW(), 0, g.outW());
                int rows = (whole
                                ? g.outW()
                                : inside(right - window.padLeft() - g.inW(), window.strideW(), left, g.outW()))
                        - left;
                int lines = 1;
                if (window.isPointwise() && begin < last) { // the lines lie behind one another, and are one long line
                    rows *= last - begin;
                    lines = last - begin;
                }
                for (int oh = begin; oh < last; oh += lines) {
                    int from = source + (down + oh * window.strideH()) * line + right * pitch + left * step;
                    int to = cAt + (oh * g.outW() + left) * ldc;
                    if (bias != null && right == 0 && firstRow(firstLine + oh) * window.dilationH() == down) {
                        Blocks.panel(
                                rows, width, run, image, from, step, 1, panels, weights, bias, biasAt, 0, c, to, ldc,
                                null);
                    } else {
                        Blocks.panel(
                                rows, width, run, image, from, step, 1, panels, weights, c, to, ldc, c, to, ldc, null);
                    }
                }
            }
        }

        /** Returns the first row of the window that lies inside the image for a line of output, or kH if none does. */
        private int firstRow(int oh) {
            Window2d window = g.window();
            int above = window.padTop() - oh * window.strideH();
            int row = above <= 0 ? 0 : Math.ceilDiv(above, window.dilationH());
            return row < window.kH() && row * window.dilationH() - above < g.inH() ? row : window.kH();
        }

        /** Returns the first of the outputs {@code from} to {@code to} whose tap does not lie before its place. */
        private static int inside(int tap, int stride, int from, int to) {
            return Math.clamp(Math.ceilDiv(-(long) tap, stride), from, to);
        }
    }
}
