package dev.lanes.numerics.kernels.vector.conv;

import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.Conv2dForwardKernel;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.gemm.Blocks;
import dev.lanes.numerics.kernels.vector.simd.Endings;
import dev.lanes.numerics.parallel.Parallel;

/**
 * Depthwise convolution, and others of groups of few channels, with lanes along the output channels.
 *
 * <p>A chunk of work is some lines of output and some vectors of channels. For each vector the lines that it sees are
 * copied, with their halo of zeros and an input channel repeated where several outputs see it, to where its pixels are
 * adjacent: then every window lies inside, a line is one stream, and a pixel is fetched from the image once instead of
 * once for every row of the window.
 */
public final class Conv2dDepthwise implements Conv2dForwardKernel {
    /** Channels of a chunk, or up to twice as many where they do not divide by it. */
    private static final int CHANNELS = 64;

    /** Channels of a group, on either side, up to which its lanes are better filled with other groups than its own. */
    private static final int FEW_CHANNELS = 8;

    private static final int PAIR = 2 * LANES;
    private static final int STEP = DepthwiseLines.STEP;

    @Override
    public String name() {
        return "depthwise";
    }

    @Override
    public boolean supports(Conv2dGeometry g) {
        int depth = g.inCPerGroup();
        boolean dense = depth == 1 || g.window().dilationW() == 1;
        return g.groups() > 1 && depth <= FEW_CHANNELS && g.outCPerGroup() <= FEW_CHANNELS && dense;
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
            job.x = null;
            job.w = null;
            job.y = null;
            job.epilogue = null;
            job.workspace = null;
        }
    }

    private static final class Job {
        private final Parallel.Task chunk = this::chunk;
        private Conv2dGeometry g;
        private float[] x;
        private int xOffset;
        private float[] w;
        private int wOffset;
        private float[] y;
        private int yOffset;
        private Epilogue epilogue;
        private Workspace workspace;
        private int width;
        private int lines;
        private int lineChunks;
        private int channelChunks;

        void run() {
            width = Strip.width(g);
            lines = DepthwisePlanes.lines(g);
            lineChunks = Math.ceilDiv(g.outH(), lines);
            channelChunks = Math.max(1, g.outC() / CHANNELS);
            workspace.run(g.batch() * lineChunks * channelChunks, g.flops(), chunk);
        }

        private void chunk(int chunk, int worker) {
            int b = chunk / (lineChunks * channelChunks);
            int first = chunk / channelChunks % lineChunks * lines;
            int part = chunk % channelChunks;
            int count = Math.min(lines, g.outH() - first);
            int end = part == channelChunks - 1 ? g.outC() : (part + 1) * CHANNELS;
            int image = xOffset + b * g.inH() * g.inW() * g.inC();
            int at = yOffset + (b * g.outH() + first) * g.outW() * g.outC();
            int plane = Strip.height(g, count) * width * g.inCPerGroup() * LANES;
            float[] strip = workspace.floats(worker, 1, 2 * plane);
            DepthwisePlanes.clearHalo(g, first, count, strip, 0);
            DepthwisePlanes.clearHalo(g, first, count, strip, plane);
            for (int c = part * CHANNELS; c < end; c += PAIR) {
                // Where the channels end amid a vector, the last one overlaps the one before.
                int next = Math.max(0, Math.min(c, end - LANES));
                boolean pair = next + PAIR <= end;
                DepthwisePlanes.copy(g, x, image, first, count, next, strip, pair ? plane : 0);
                compute(count, next, strip, 0, at, worker);
                if (pair) {
                    compute(count, next + LANES, strip, plane, at, worker);
                } else if (next + LANES < end) {
                    DepthwisePlanes.copy(g, x, image, first, count, end - LANES, strip, 0);
                    compute(count, end - LANES, strip, 0, at, worker);
                }
            }
        }

        /** Computes one vector of channels of some lines. */
        private void compute(int count, int channel, float[] strip, int plane, int at, int worker) {
            float[] taps = workspace.floats(worker, 2, (g.reductionLength() + 1) * LANES);
            int used = Math.min(LANES, g.outC());
            pack(channel, used, taps);
            if (used == LANES) {
                lines(count, strip, plane, taps, y, at + channel, g.outW() * g.outC(), g.outC());
            } else {
                float[] edge = workspace.floats(worker, 3, count * g.outW() * LANES);
                lines(count, strip, plane, taps, edge, 0, g.outW() * LANES, LANES);
                Blocks.copy(count * g.outW(), used, edge, 0, LANES, y, at, g.outC());
            }
            Endings.end(epilogue, count * g.outW(), used, y, at + channel, g.outC());
        }

        /** Puts the bias and the taps of some channels behind one another. */
        private void pack(int channel, int used, float[] taps) {
            int count = g.reductionLength();
            for (int j = 0; j < used; j++) {
                taps[j] = epilogue.bias() == null ? 0f : epilogue.bias()[epilogue.biasOffset() + channel + j];
            }
            for (int t = 0; t < count; t++) {
                System.arraycopy(w, wOffset + t * g.outC() + channel, taps, (t + 1) * LANES, used);
            }
        }

        /** Computes one vector of channels of some lines of outputs. */
        private void lines(
                int count, float[] strip, int plane, float[] taps, float[] out, int at, int outLine, int outStep) {
            Window2d window = g.window();
            int pixel = g.inCPerGroup() * LANES;
            int line = window.strideH() * width * pixel;
            int down = window.dilationH() * width * pixel;
            int right = window.dilationW() * LANES;
            int step = window.strideW() * pixel;
            boolean nine = window.kH() == 3 && window.kW() == 3 && pixel == LANES;
            if (nine && step == LANES && right == LANES && g.outW() >= STEP) {
                int together = g.outW() & -STEP;
                DepthwiseLines.nineDense(count, line, together, strip, plane, down, taps, out, at, outLine, outStep);
                if (together < g.outW()) {
                    int last = g.outW() - STEP; // computes some outputs a second time
                    int to = at + last * outStep;
                    DepthwiseLines.nineDense(
                            count, line, STEP, strip, plane + last * LANES, down, taps, out, to, outLine, outStep);
                }
            } else if (nine) {
                DepthwiseLines.nine(
                        count, line, g.outW(), strip, plane, step, down, right, taps, out, at, outLine, outStep);
            } else {
                for (int oh = 0; oh < count; oh++) {
                    any(strip, plane + oh * line, step, down, right, taps, out, at + oh * outLine, outStep);
                }
            }
        }

        /** Computes one vector of channels of a line under any window. */
        private void any(
                float[] strip,
                int source,
                int step,
                int down,
                int right,
                float[] taps,
                float[] out,
                int at,
                int outStep) {
            int kH = g.window().kH();
            int kW = g.window().kW() * g.inCPerGroup(); // a row of the window is one stretch of vectors
            if (g.outW() < STEP) {
                for (int ow = 0; ow < g.outW(); ow++) {
                    DepthwiseLines.one(kH, kW, strip, source + ow * step, down, right, taps, out, at + ow * outStep);
                }
            }
            for (int ow = 0; ow < g.outW() && g.outW() >= STEP; ow += STEP) {
                int first = Math.min(ow, g.outW() - STEP); // the last ones may be computed a second time
                int to = at + first * outStep;
                DepthwiseLines.four(kH, kW, strip, source + first * step, step, down, right, taps, out, to, outStep);
            }
        }
    }
}
