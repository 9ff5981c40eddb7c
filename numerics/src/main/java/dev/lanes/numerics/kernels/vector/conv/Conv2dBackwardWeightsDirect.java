package dev.lanes.numerics.kernels.vector.conv;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.Conv2dBackwardWeightsKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.gemm.Blocks;
import dev.lanes.numerics.kernels.vector.gemm.Panels;
import dev.lanes.numerics.kernels.vector.gemm.RowPanels;
import dev.lanes.numerics.kernels.vector.gemm.RowTilesWide;
import dev.lanes.numerics.kernels.vector.gemm.TileRows;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;

/**
 * The gradient by the weights, {@code dw = x' * dy} summed over every pixel of the batch, with x read straight from the
 * image: the channels of one pixel are adjacent, so a tile is some of one row of the window's {@code kW * inC / groups}
 * weights times two vectors of output channels, and its steps are the pixels of a line.
 *
 * <p>A few images at a time are given their halo of zeros, and dy is packed into panels, by {@link Strip} and {@link
 * Panels}; then each thread adds all of it to the weights that are its own. Where the batch is summed in {@link
 * Conv2dGeometry#gradientParts}, a thread does both for the images of a part. So every weight is summed over
 * {@code (b, oh, ow)} of a part ascending.
 */
public final class Conv2dBackwardWeightsDirect implements Conv2dBackwardWeightsKernel {
    /** Values of the images that are prepared together: 512 KiB, so that all weights find them in the second-level cache. */
    private static final int SLAB = 1 << 17;
    /** Distance between pixels that were put behind one another. */
    private static final int PITCH = 2 * LANES;
    /** Weights of one row of the window that a chunk of work has: two of the largest tiles, or the three of a panel. */
    private static final int ROWS = RowPanels.USED ? RowPanels.ROWS : Math.min(2 * TileRows.MAX, PITCH);

    /** Lines that are at least so long are worth a call of a tile of their own. */
    private static final int LONG_LINE = 64;
    /** Fewer rows than that are multiplied faster than they are copied. */
    private static final int FEW_ROWS = 8;
    /** The most pixels of output whose windows are put behind one another. */
    private static final int GATHERED = 256;

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

    /** Some images that are prepared together, and the sums that they are added to. */
    private static final class Slab {
        private int first;
        private int count;
        private float[] images;
        private float[] panels;
        private float[] sums;
        private int sumsAt;
    }

    /** One gradient under way; kept by the workspace, so that a call allocates nothing. */
    private static final class Job {
        private final Parallel.Task prepare = this::prepare;
        private final Parallel.Task add = this::add;
        private final Parallel.Task addPart = this::addPart;
        private Conv2dGeometry g;
        private float[] x;
        private int xOffset;
        private float[] dy;
        private int dyOffset;
        private float[] dw;
        private int dwOffset;
        private Workspace workspace;

        private boolean halo;
        private int line;
        private int imageSize;
        private int pixels;
        private int panelsSize;
        /** Adjacent weights that share the pixels' order: a row of the window, or one tap of it. */
        private int run;

        private int runs;
        /** Runs that a chunk of work has: all, where a line that was put behind the one above serves each of them. */
        private int together;

        private int blocks;
        /** Of each worker; that of the first is all threads', where they share the weights. */
        private Slab[] slabs = {};

        /** The sums of the parts behind the first, whose are in dw. */
        private float[] later;

        void run() {
            Window2d window = g.window();
            halo = Strip.needed(window);
            line = (halo ? Strip.width(g) : g.inW()) * g.inC();
            imageSize = halo ? Strip.height(g, g.outH()) * line : g.inH() * line;
            pixels = g.outH() * g.outW();
            panelsSize = pixels * Panels.paddedColumns(g.outCPerGroup()) * g.groups();
            boolean dense = g.groups() == 1 && window.dilationW() == 1;
            run = dense ? window.kW() * g.inC() : g.inCPerGroup();
            runs = dense ? window.kH() : window.kH() * window.kW();
            together = dense && window.strideH() == 1 ? runs : 1;
            blocks = Math.ceilDiv(run, ROWS);
            if (slabs.length < workspace.threads()) {
                slabs = Stream.generate(Slab::new).limit(workspace.threads()).toArray(Slab[]::new);
            }
            int parts = g.gradientParts();
            if (parts > 1) {
                int weights = g.reductionLength() * g.outC();
                later = workspace.floats(0, 4, (parts - 1) * weights);
                workspace.run(parts, g.flops(), addPart);
                GradientParts.add(workspace, parts, weights, dw, dwOffset, later, 0);
            } else {
                addSlabs();
            }
        }

        /** Prepares some images on all threads, which then share the weights that these are added to. */
        private void addSlabs() {
            int images = imagesOfASlab(g.batch());
            Slab slab = begin(0, images, dw, dwOffset);
            for (int first = 0; first < g.batch(); first += images) {
                slab.first = first;
                slab.count = Math.min(images, g.batch() - first);
                workspace.run(slab.count, 8L * slab.count * Math.max(imageSize, panelsSize), prepare);
                workspace.run(chunks(), g.flops() / g.batch() * slab.count, add);
            }
        }

        private int chunks() {
            return g.groups() * (runs / together) * blocks;
        }

        private int imagesOfASlab(int most) {
            return Math.clamp(SLAB / Math.max(imageSize, panelsSize), 1, Math.max(1, most));
        }

        private void addPart(int part, int worker) {
            int at = part == 0 ? dwOffset : (part - 1) * g.reductionLength() * g.outC();
            int end = g.firstImage(part + 1);
            int images = imagesOfASlab(end - g.firstImage(part));
            Slab slab = begin(worker, images, part == 0 ? dw : later, at);
            for (int first = g.firstImage(part); first < end; first += images) {
                slab.first = first;
                slab.count = Math.min(images, end - first);
                for (int image = 0; image < slab.count; image++) {
                    prepare(slab, image);
                }
                for (int chunk = 0; chunk < chunks(); chunk++) {
                    add(slab, chunk, worker);
                }
            }
        }

        /** Returns a worker's slab with room for some images, and clears the sums. */
        private Slab begin(int worker, int images, float[] sums, int at) {
            Slab slab = slabs[worker];
            slab.images = halo ? workspace.floats(worker, 0, images * imageSize) : x;
            slab.panels = workspace.floats(worker, 1, images * panelsSize);
            slab.sums = sums;
            slab.sumsAt = at;
            Arrays.fill(sums, at, at + g.reductionLength() * g.outC(), 0f);
            return slab;
        }

        void release() {
            x = null;
            dy = null;
            dw = null;
            workspace = null;
            later = null;
            for (Slab slab : slabs) {
                slab.images = null;
                slab.panels = null;
                slab.sums = null;
            }
        }

        private void prepare(int image, int worker) {
            prepare(slabs[0], image);
        }

        private void add(int chunk, int worker) {
            add(slabs[0], chunk, worker);
        }

        /** Copies one image with its halo, and packs its dy. */
        private void prepare(Slab slab, int image) {
            int b = slab.first + image;
            if (halo) {
                int from = xOffset + b * g.inH() * g.inW() * g.inC();
                Strip.copy(g, g.inC(), x, from, 0, g.outH(), g.inC(), slab.images, image * imageSize);
            }
            int n = g.outCPerGroup();
            for (int group = 0; group < g.groups(); group++) {
                int to = image * panelsSize + group * pixels * Panels.paddedColumns(n);
                for (int j = 0; j < n; j += NR) {
                    int from = dyOffset + b * pixels * g.outC() + group * n + j;
                    Panels.pack(false, pixels, n - j, 1f, dy, from, g.outC(), slab.panels, to + j * pixels);
                }
            }
        }

        /** Adds a slab to one block of weights, of one run or of those that are taken together. */
        private void add(Slab slab, int chunk, int worker) {
            int chunksOfAGroup = runs / together * blocks;
            int group = chunk / chunksOfAGroup;
            int row = chunk % chunksOfAGroup / blocks;
            int first = chunk % blocks * ROWS;
            int rows = Math.min(ROWS, run - first);
            Window2d window = g.window();
            int kh = runs == window.kH() ? row : row / window.kW();
            int kw = runs == window.kH() ? 0 : row % window.kW();
            int tap = kh * window.dilationH() * line + kw * window.dilationW() * g.inC();
            int source = (halo ? 0 : xOffset + slab.first * imageSize) + tap + group * g.inCPerGroup() + first;
            int n = g.outCPerGroup();
            int at = slab.sumsAt + (row * run + first) * g.outC() + group * n;
            boolean gathers = g.outW() < LONG_LINE && rows >= FEW_ROWS;
            int lines = gathers ? Math.clamp(GATHERED / g.outW(), 1, g.outH()) : 1;
            for (int image = 0; image < slab.count; image++) {
                int gradient = image * panelsSize + group * pixels * Panels.paddedColumns(n);
                for (int oh = 0; oh < g.outH(); oh += lines) {
                    int count = Math.min(lines, g.outH() - oh);
                    int from = source + image * imageSize + oh * window.strideH() * line;
                    int pixel = oh * g.outW();
                    if (gathers) {
                        float[] gathered = gather(slab, rows, count, from, worker);
                        int distance = window.dilationH() * g.outW() * PITCH;
                        addLines(slab, rows, count, gathered, 0, PITCH, distance, gradient, pixel, at, worker);
                    } else {
                        int step = window.strideW() * g.inC();
                        int distance = window.dilationH() * line;
                        addLines(slab, rows, count, slab.images, from, step, distance, gradient, pixel, at, worker);
                    }
                }
            }
        }

        /** Puts the pixels of some lines, and of those below that the runs taken together need, behind one another. */
        private float[] gather(Slab slab, int rows, int lines, int from, int worker) {
            Window2d window = g.window();
            int count = lines + (together - 1) * window.dilationH();
            int step = window.strideW() * g.inC();
            float[] out = workspace.floats(worker, 3, count * g.outW() * PITCH);
            for (int l = 0; l < count; l++) {
                int start = from + l * window.strideH() * line;
                gather(slab.images, start, step, g.outW(), rows, out, l * g.outW() * PITCH);
            }
            return out;
        }

        /**
         * Adds some lines of one image to one block of weights of each of the runs that are taken together.
         *
         * @param step distance in the source between pixels
         * @param distance in the source between the first pixels of two runs
         */
        private void addLines(
                Slab slab,
                int rows,
                int lines,
                float[] source,
                int from,
                int step,
                int distance,
                int gradient,
                int pixel,
                int at,
                int worker) {
            float[] edge = workspace.floats(worker, 2, Blocks.EDGE);
            float[] c = slab.sums;
            int n = g.outCPerGroup();
            for (int r = 0; r < together; r++) {
                for (int j = 0; j < n; j += NR) {
                    int b = gradient + j * pixels + pixel * Panels.width(n - j);
                    int to = at + r * run * g.outC() + j;
                    Blocks.panel(
                            rows,
                            n - j,
                            lines * g.outW(),
                            source,
                            from + r * distance,
                            1,
                            step,
                            slab.panels,
                            b,
                            c,
                            to,
                            g.outC(),
                            c,
                            to,
                            g.outC(),
                            edge);
                }
            }
        }

        /** Copies {@code rows} values of each of some pixels, {@link #PITCH} apart; two vectors while x has them. */
        private static void gather(float[] x, int from, int step, int count, int rows, float[] out, int to) {
            int whole = Math.clamp(Math.floorDiv(x.length - PITCH - (long) from, step) + 1, 0, count);
            for (int p = 0; p < whole; p++) {
                FloatVector first = FloatVector.fromArray(F, x, from + p * step);
                FloatVector second = FloatVector.fromArray(F, x, from + p * step + LANES);
                first.intoArray(out, to + p * PITCH);
                second.intoArray(out, to + p * PITCH + LANES);
            }
            for (int p = whole; p < count; p++) {
                System.arraycopy(x, from + p * step, out, to + p * PITCH, rows);
            }
        }
    }
}
