package dev.lanes.numerics.kernels.vector.conv;

import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.kernels.Conv2dBackwardWeightsKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.gemm.Panels;
import dev.lanes.numerics.kernels.vector.gemm.RowTilesWide;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;

/**
 * The gradient by the weights of a layer with few channels of input: some images at a time are put apart into {@link
 * PixelPlanes}, so that every weight is one product of a view of them with dy, and {@link TapTiles} sum some taps along all
 * pixels of an image at once. dy is read where it lies.
 *
 * <p>Each thread adds all images to the taps that are its own; or where the batch is summed in {@link
 * Conv2dGeometry#gradientParts}, the images of a part to all taps. So every weight is summed over {@code (b, oh, ow)} of a
 * part ascending.
 */
public final class Conv2dBackwardWeightsPlanes implements Conv2dBackwardWeightsKernel {
    /** Longer rows of the window are cut well by the tiles of the direct kernel, which copies less. */
    private static final int SHORT_ROW = 15;

    private static final int FEW = 3;

    /** Values of the planes that are made together: 1 MiB. */
    private static final int SLAB = 1 << 18;

    private static final int NR = RowTilesWide.NR;

    @Override
    public String name() {
        return "planes";
    }

    @Override
    public boolean supports(Conv2dGeometry g) {
        return g.groups() == 1
                && g.inC() <= FEW
                && g.window().kW() * g.inC() <= SHORT_ROW
                && g.window().strideH() == 1
                && g.window().strideW() == 1;
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
        try {
            job.run();
            job.result(dw, dwOffset);
        } finally {
            job.x = null;
            job.dy = null;
            job.workspace = null;
            job.planes = null;
            job.sums = null;
        }
    }

    /** One gradient under way; kept by the workspace, so that a call allocates nothing. */
    private static final class Job {
        private final Parallel.Task prepare = this::prepare;
        private final Parallel.Task add = this::add;
        private final Parallel.Task addPart = this::addPart;
        private final PixelPlanes layout = new PixelPlanes();
        private int[] taps = {};
        private Conv2dGeometry g;
        private float[] x;
        private int xOffset;
        private float[] dy;
        private int dyOffset;
        private Workspace workspace;
        private float[] planes;
        /** Of each part and panel of channels, for all tiles of taps: {@code [part][panel][tap][channel]}. */
        private float[] sums;

        /** Taps of a tile in a panel of two vectors, or one. */
        private int wide;

        private int narrow;
        private int panels;
        private int tilesAPanel;
        private int pixels;
        private int firstImage;
        private int imageCount;

        void run() {
            int k = g.reductionLength();
            pixels = g.outH() * g.outW();
            panels = Panels.count(g.outC());
            wide = TapTiles.taps(k, true);
            narrow = TapTiles.taps(k, false);
            tilesAPanel = Math.ceilDiv(k, Math.min(wide, narrow));
            layout.prepare(g, g.outH(), true);
            repeatLast(layout.taps(), k, k + Math.max(wide, narrow));
            int parts = g.gradientParts();
            sums = workspace.floats(0, 1, sumsOfAPart() * parts);
            Arrays.fill(sums, 0, sumsOfAPart() * parts, 0f);
            if (parts > 1) {
                workspace.run(parts, g.flops(), addPart);
                GradientParts.add(workspace, parts, sumsOfAPart(), sums, 0, sums, sumsOfAPart());
            } else {
                addSlabs();
            }
        }

        private void addSlabs() {
            int slab = Math.clamp(SLAB / layout.length(), 1, Math.max(1, g.batch()));
            planes = workspace.floats(0, 0, slab * layout.length());
            for (firstImage = 0; firstImage < g.batch(); firstImage += slab) {
                imageCount = Math.min(slab, g.batch() - firstImage);
                workspace.run(imageCount, 8L * imageCount * layout.length(), prepare);
                workspace.run(panels * tilesAPanel, g.flops() / g.batch() * imageCount, add);
            }
        }

        private int sumsOfAPart() {
            return sumsOfAPanel() * panels;
        }

        private int sumsOfAPanel() {
            return (g.reductionLength() + Math.max(wide, narrow)) * NR;
        }

        /** The last tile has taps that do not exist; what it sums for them is not used. */
        private void repeatLast(int[] from, int k, int length) {
            if (taps.length < length) {
                taps = new int[length];
            }
            System.arraycopy(from, 0, taps, 0, k);
            Arrays.fill(taps, k, length, taps[k - 1]);
        }

        private void prepare(int image, int worker) {
            copy(firstImage + image, planes, image * layout.length());
        }

        private void copy(int image, float[] out, int outAt) {
            layout.copy(x, xOffset + image * g.inH() * g.inW() * g.inC(), 0, out, outAt);
        }

        /** Adds the images under way to one tile. */
        private void add(int tile, int worker) {
            for (int image = 0; image < imageCount; image++) {
                addImage(tile, firstImage + image, planes, image * layout.length(), 0, worker);
            }
        }

        /** Adds the images of a part to all tiles, one by one: planes and dy of an image stay in the worker's caches. */
        private void addPart(int part, int worker) {
            float[] mine = workspace.floats(worker, 0, layout.length());
            int end = g.firstImage(part + 1);
            for (int image = g.firstImage(part); image < end; image++) {
                copy(image, mine, 0);
                for (int tile = 0; tile < panels * tilesAPanel; tile++) {
                    addImage(tile, image, mine, 0, part * sumsOfAPart(), worker);
                }
            }
        }

        private void addImage(int tile, int image, float[] from, int first, int sumsAt, int worker) {
            int panel = tile / tilesAPanel;
            int width = Panels.width(g.outC() - panel * NR);
            int size = width == NR ? wide : narrow;
            int tap = tile % tilesAPanel * size;
            if (tap >= g.reductionLength()) {
                return;
            }
            int to = sumsAt + panel * sumsOfAPanel() + tap * width;
            int step = g.outC();
            int dyAt = dyOffset + image * pixels * step + panel * NR;
            // The last pixels' vectors may reach over the end of dy.
            int whole = Math.clamp(Math.floorDiv(dy.length - width - dyAt, step) + 1, 0, pixels);
            TapTiles.run(size, width == NR, whole, from, first, taps, tap, dy, dyAt, step, sums, to);
            if (whole < pixels) {
                int rest = pixels - whole;
                float[] last = workspace.floats(worker, 2, rest * step + NR + LANES);
                int start = dyAt + whole * step;
                System.arraycopy(dy, start, last, 0, Math.min(dy.length - start, rest * step));
                TapTiles.run(size, width == NR, rest, from, first + whole, taps, tap, last, 0, step, sums, to);
            }
        }

        /** Copies the sums to the gradient. */
        void result(float[] dw, int dwOffset) {
            for (int panel = 0; panel < panels; panel++) {
                int left = g.outC() - panel * NR;
                int width = Panels.width(left);
                for (int p = 0; p < g.reductionLength(); p++) {
                    int to = dwOffset + p * g.outC() + panel * NR;
                    System.arraycopy(sums, panel * sumsOfAPanel() + p * width, dw, to, Math.min(width, left));
                }
            }
        }
    }
}
