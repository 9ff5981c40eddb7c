package dev.lanes.numerics.kernels.vector.conv;

import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.Conv2dForwardKernel;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.simd.Endings;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;

/**
 * Depthwise convolution under a 3x3 window that moves by one pixel or two, with lanes along the channels, image and weights read where they lie.
 *
 * <p>Lines of outputs are taken two at a time, so that a line of pixels serves both. What lies above and below the image
 * is a line of zeros; at its sides the taps that lie outside are left out. Between the sides the window either walks along
 * the line, with the taps of one vector of channels in registers ({@link DepthwiseWalk}), or, where lines are short and
 * channels many, stands still while the channels pass ({@link DepthwiseBlocks}).
 */
public final class Conv2dDepthwise3x3 implements Conv2dForwardKernel {
    /** Operations that a chunk should have at least: some microseconds. */
    private static final long CHUNK = 300_000;

    /** Channels for each output of a line up to which it is better to walk along the line than along the channels. */
    private static final int CHANNELS_AN_OUTPUT = 8;

    @Override
    public String name() {
        return "depthwise3x3";
    }

    @Override
    public boolean supports(Conv2dGeometry g) {
        Window2d w = g.window();
        boolean nine = w.kH() == 3 && w.kW() == 3 && w.dilationH() == 1 && w.dilationW() == 1;
        boolean shared = w.strideH() == w.strideW() && w.strideH() <= 2; // by neighbours, also below one another
        return nine && shared && g.inC() >= LANES && g.groups() == g.inC() && g.groups() == g.outC();
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
            job.runAll();
        } finally {
            job.x = null;
            job.w = null;
            job.y = null;
            job.epilogue = null;
            job.workspace = null;
        }
    }

    private static final class Job implements Parallel.Task {
        /** A line of pixels that nobody writes. */
        private float[] zeros = new float[0];

        private DepthwisePair[] workers = new DepthwisePair[0];
        private Conv2dGeometry g;
        private float[] x;
        private int xOffset;
        private float[] w;
        private int wOffset;
        private float[] y;
        private int yOffset;
        private Epilogue epilogue;
        private Workspace workspace;
        private int channels;
        private int pairs;
        private int chunks;
        /** The outputs of a line whose windows lie between the sides of the image. */
        private int firstInside;

        private int endInside;
        private boolean walks;

        void runAll() {
            Window2d window = g.window();
            channels = g.inC();
            if (zeros.length < g.inW() * channels) {
                zeros = new float[g.inW() * channels];
            }
            if (workers.length < workspace.threads()) {
                workers = new DepthwisePair[workspace.threads()];
                Arrays.setAll(workers, worker -> new DepthwisePair());
            }
            long pair = 2 * g.flops() / Math.max(1, g.batch() * g.outH());
            pairs = Math.clamp(CHUNK / Math.max(1, pair), 1, g.outH());
            chunks = Math.ceilDiv(g.outH(), 2 * pairs);
            int last = g.inW() + window.padLeft() - 3;
            firstInside = Math.min(g.outW(), Math.ceilDiv(window.padLeft(), window.strideW()));
            endInside = Math.clamp(last < 0 ? 0 : last / window.strideW() + 1, firstInside, g.outW());
            walks = channels <= CHANNELS_AN_OUTPUT * g.outW() && firstInside < endInside;
            workspace.run(g.batch() * chunks, g.flops(), this);
        }

        @Override
        public void run(int chunk, int worker) {
            DepthwisePair mine = workers[worker];
            mine.channels = channels;
            mine.w = w;
            mine.tap = wOffset;
            mine.start = epilogue.bias() == null ? zeros : epilogue.bias();
            mine.startAt = epilogue.bias() == null ? 0 : epilogue.biasOffset();
            mine.y0 = y;
            int b = chunk / chunks;
            int first = chunk % chunks * 2 * pairs;
            int end = Math.min(first + 2 * pairs, g.outH());
            int line = g.outW() * channels;
            int whole = channels - channels % LANES;
            for (int oh = first; oh < end; oh += 2) {
                boolean both = oh + 1 < end;
                mine.place(g, x, xOffset + b * g.inH() * g.inW() * channels, oh, zeros);
                mine.to0 = yOffset + (b * g.outH() + oh) * line;
                mine.y1 = both ? y : workspace.floats(worker, 0, line);
                mine.to1 = both ? mine.to0 + line : 0;
                lines(mine, 0, whole);
                if (whole < channels) {
                    lines(mine, channels - LANES, LANES); // some channels a second time
                }
                Endings.end(epilogue, both ? 2 * g.outW() : g.outW(), channels, y, mine.to0, channels);
            }
            mine.clear();
        }

        /** Computes some channels of two lines of outputs. */
        private void lines(DepthwisePair pair, int c, int length) {
            Window2d window = g.window();
            int step = window.strideW() * channels;
            int at = c + firstInside * step - window.padLeft() * channels;
            int ow = 0;
            for (; ow < firstInside; ow++) {
                side(pair, ow, c, length);
            }
            if (walks) {
                walk(pair, at, c, length);
                ow = endInside;
            }
            for (; ow <= endInside - DepthwiseBlocks.OUTPUTS; ow += DepthwiseBlocks.OUTPUTS) {
                block(pair, at, c, ow, length);
                at += DepthwiseBlocks.OUTPUTS * step;
            }
            for (; ow < endInside; ow++) {
                DepthwiseBlocks.three(pair, at, c, c + ow * channels, length);
                at += step;
            }
            for (; ow < g.outW(); ow++) {
                side(pair, ow, c, length);
            }
        }

        private void walk(DepthwisePair pair, int at, int c, int length) {
            int to = c + firstInside * channels;
            for (int v = 0; v < length; v += LANES) {
                if (g.window().strideW() == 1) {
                    DepthwiseWalk.dense(pair, at + v, c + v, to + v, endInside - firstInside);
                } else {
                    DepthwiseWalk.strided(pair, at + v, c + v, to + v, endInside - firstInside);
                }
            }
        }

        private void block(DepthwisePair pair, int at, int c, int ow, int length) {
            if (g.window().strideW() == 1) {
                DepthwiseBlocks.dense(pair, at, c, c + ow * channels, length);
            } else {
                DepthwiseBlocks.strided(pair, at, c, c + ow * channels, length);
            }
        }

        /** Computes two outputs below one another whose windows reach over a side of the image. */
        private void side(DepthwisePair pair, int ow, int c, int length) {
            Window2d window = g.window();
            int iw = ow * window.strideW() - window.padLeft();
            int left = WindowTaps.first(iw, 1);
            int taps = WindowTaps.last(iw, 1, g.inW(), 3) - left;
            int at = (iw + left) * channels + c;
            int to = ow * channels + c;
            if (taps == 2) {
                DepthwiseBlocks.two(pair, at, c, to, length, left * channels);
            } else if (taps == 1) {
                DepthwiseBlocks.one(pair, at, c, to, length, left * channels);
            } else {
                System.arraycopy(pair.start, pair.startAt + c, pair.y0, pair.to0 + to, length);
                System.arraycopy(pair.start, pair.startAt + c, pair.y1, pair.to1 + to, length);
            }
        }
    }
}
