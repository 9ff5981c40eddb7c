package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;
import static dev.lanes.numerics.kernels.vector.Simd.LANES;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.Conv2dForwardKernel;
import dev.lanes.numerics.kernels.Conv2dWeights;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import jdk.incubator.vector.FloatVector;

/**
 * Convolution of images of few channels, the first layer of a network: a row of the window is so short that a tile would
 * load and store its sums more often than it multiplies. So the windows of some pixels are laid out whole, a row of each
 * with one or two vectors, and a tile runs over all of a window at once.
 *
 * <pre>
 *   strip of the image, halo of zeros        one pixel's window, kH rows of kW * inC values
 *   . . . . . . . .
 *   . a b c d e f .                          | . . . | . a b | . g h | spare |
 *   . g h i j k l .            pixel 0:        row 0   row 1   row 2
 * </pre>
 *
 * <p>Each output is summed from the bias on over {@code (kh, kw, ci)} ascending, with zeros for pixels outside.
 */
final class Conv2dFewChannels implements Conv2dForwardKernel {
    private static final int FEW = 4;
    /** Values of laid out windows: 4 KiB, so that they and their outputs share the first-level cache. */
    private static final int WINDOWS = 1024;
    /** The least pixels of a chunk, so that what lies around their windows is copied for many of them. */
    private static final int PIXELS = 448;

    private static final int NR = RowTilesWide.NR;

    @Override
    public String name() {
        return "few";
    }

    @Override
    public boolean supports(Conv2dGeometry g) {
        return g.groups() == 1
                && g.inC() <= FEW
                && g.window().dilationW() == 1
                && g.window().kH() > 1
                && g.reductionLength() <= Panels.KC;
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
        float[] panels = workspace.floats(0, 0, Conv2dDirect.packedLength(g));
        Conv2dDirect.pack(g, w, wOffset, panels, workspace);
        run(g, x, xOffset, panels, y, yOffset, epilogue, workspace);
    }

    @Override
    public Conv2dWeights prepare(Conv2dGeometry prepared, float[] w, int wOffset, Workspace workspace) {
        float[] panels = new float[Conv2dDirect.packedLength(prepared)];
        Conv2dDirect.pack(prepared, w, wOffset, panels, workspace);
        return (g, x, xOffset, y, yOffset, epilogue, scratch) ->
                run(g, x, xOffset, panels, y, yOffset, epilogue, scratch);
    }

    private static void run(
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
            job.x = null;
            job.panels = null;
            job.y = null;
            job.epilogue = null;
            job.workspace = null;
        }
    }

    /** One convolution under way; kept by the workspace, so that a call allocates nothing. */
    private static final class Job {
        private final Parallel.Task lines = this::lines;
        private Conv2dGeometry g;
        private float[] x;
        private int xOffset;
        private float[] panels;
        private float[] y;
        private int yOffset;
        private Epilogue epilogue;
        private Workspace workspace;
        /** Values of a row of the window. */
        private int run;
        /** Distance between laid out windows: a last row may be copied past its end. */
        private int pitch;

        private int linesAChunk;
        private int chunksAnImage;

        void run() {
            Window2d window = g.window();
            run = window.kW() * g.inC();
            pitch = (window.kH() - 1) * run + Math.ceilDiv(run, LANES) * LANES;
            linesAChunk = Math.clamp(Math.ceilDiv(PIXELS, g.outW()), 1, g.outH());
            chunksAnImage = Math.ceilDiv(g.outH(), linesAChunk);
            workspace.run(g.batch() * chunksAnImage, g.flops(), lines);
        }

        private void lines(int chunk, int worker) {
            int b = chunk / chunksAnImage;
            int first = chunk % chunksAnImage * linesAChunk;
            int count = Math.min(linesAChunk, g.outH() - first);
            int image = xOffset + b * g.inH() * g.inW() * g.inC();
            int line = Strip.width(g) * g.inC();
            float[] strip = workspace.floats(worker, 1, Strip.height(g, count) * line + 2 * LANES);
            Strip.copy(g, x, image, first, count, g.inC(), strip, 0);
            int together = Math.max(TileRows.MAX, WINDOWS / pitch / TileRows.MAX * TileRows.MAX);
            float[] windows = workspace.floats(worker, 2, together * pitch + LANES);
            for (int oh = 0; oh < count; oh++) {
                int at = yOffset + ((b * g.outH() + first + oh) * g.outW()) * g.outC();
                for (int ow = 0; ow < g.outW(); ow += together) {
                    int pixels = Math.min(together, g.outW() - ow);
                    int from =
                            oh * g.window().strideH() * line + ow * g.window().strideW() * g.inC();
                    for (int kh = 0; kh < g.window().kH(); kh++) {
                        layOut(pixels, strip, from + kh * g.window().dilationH() * line, windows, kh * run);
                    }
                    multiply(pixels, windows, at + ow * g.outC(), worker);
                }
            }
        }

        /** Copies one row of the windows of some pixels. */
        private void layOut(int pixels, float[] strip, int from, float[] windows, int to) {
            int step = g.window().strideW() * g.inC();
            if (run <= LANES) {
                one(pixels, strip, from, step, windows, to, pitch);
            } else if (run <= 2 * LANES) {
                two(pixels, strip, from, step, windows, to, pitch);
            } else {
                for (int i = 0; i < pixels; i++) {
                    System.arraycopy(strip, from + i * step, windows, to + i * pitch, run);
                }
            }
        }

        private static void one(int count, float[] x, int from, int step, float[] out, int to, int pitch) {
            int source = from;
            int target = to;
            for (int i = 0; i < count; i++) {
                FloatVector.fromArray(F, x, source).intoArray(out, target);
                source += step;
                target += pitch;
            }
        }

        private static void two(int count, float[] x, int from, int step, float[] out, int to, int pitch) {
            int source = from;
            int target = to;
            for (int i = 0; i < count; i++) {
                FloatVector.fromArray(F, x, source).intoArray(out, target);
                FloatVector.fromArray(F, x, source + LANES).intoArray(out, target + LANES);
                source += step;
                target += pitch;
            }
        }

        private void multiply(int pixels, float[] windows, int at, int worker) {
            float[] edge = workspace.floats(worker, 3, Blocks.EDGE);
            int k = g.reductionLength();
            begin(pixels, at);
            for (int j = 0; j < g.outC(); j += NR) {
                int columns = Math.min(NR, g.outC() - j);
                Blocks.panel(pixels, g.outC() - j, k, windows, 0, pitch, 1, panels, j * k, y, at + j, g.outC(), edge);
                epilogue.end(pixels, columns, y, at + j, g.outC());
            }
        }

        /** Begins whole pixels one after the other, since their outputs are a single stream to memory. */
        private void begin(int pixels, int at) {
            int channels = g.outC();
            if (epilogue.bias() == null || channels < LANES) {
                epilogue.begin(pixels, channels, 0f, y, at, channels, 0);
            } else {
                repeat(epilogue.bias(), epilogue.biasOffset(), channels, pixels, y, at);
            }
        }

        private static void repeat(float[] bias, int biasAt, int channels, int times, float[] y, int at) {
            int last = channels - LANES; // the last vector overlaps the one before
            for (int i = 0; i < times; i++) {
                int to = at + i * channels;
                for (int j = 0; j < last; j += LANES) {
                    FloatVector.fromArray(F, bias, biasAt + j).intoArray(y, to + j);
                }
                FloatVector.fromArray(F, bias, biasAt + last).intoArray(y, to + last);
            }
        }
    }
}
