package dev.lanes.numerics.kernels.vector.pool;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.I;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.MaxPool2dBackwardKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.conv.WindowTaps;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The gradient of maximum pooling with lanes along the channels. Some lines of pixels are a chunk of work: under each output
 * that saw it, in their order, the taps' pixels receive the gradient in those lanes whose switch names the tap. Channels
 * that do not fill a vector are taken with what stands behind them, which receives nothing, in a line of scratch.
 */
public final class MaxPool2dBackwardLanes implements MaxPool2dBackwardKernel {
    /** Taps of a chunk of work: some microseconds. */
    private static final int CHUNK = 1 << 15;

    @Override
    public String name() {
        return "lanes";
    }

    @Override
    public void run(
            Pool2dGeometry g, float[] dy, int dyOffset, int[] switches, float[] dx, int dxOffset, Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.g = g;
        job.dy = dy;
        job.dyOffset = dyOffset;
        job.switches = switches;
        job.dx = dx;
        job.dxOffset = dxOffset;
        job.workspace = workspace;
        long line = Math.max(1, g.flops() / Math.max(1, g.batch() * g.inH()));
        job.lines = Math.clamp(CHUNK / line, 1, g.inH());
        Arrays.fill(job.others, -1);
        Arrays.fill(job.others, 0, Math.min(LANES, g.channels()), 0);
        try {
            workspace.run(Math.ceilDiv(g.batch() * g.inH(), job.lines), 4 * g.flops(), job);
        } finally {
            job.dy = null;
            job.switches = null;
            job.dx = null;
            job.workspace = null;
        }
    }

    private static final class Job implements Parallel.Task {
        private Pool2dGeometry g;
        private float[] dy;
        private int dyOffset;
        private int[] switches;
        private float[] dx;
        private int dxOffset;
        private Workspace workspace;
        private int lines;
        /** Zero in the lanes of a pixel's channels, all ones in those behind. */
        private final int[] others = new int[LANES];

        @Override
        public void run(int chunk, int worker) {
            int length = g.inW() * g.channels();
            int end = Math.min(g.batch() * g.inH(), (chunk + 1) * lines);
            for (int line = chunk * lines; line < end; line++) {
                int at = dxOffset + line * length;
                if (g.channels() >= LANES) {
                    line(line, dx, at, length);
                } else {
                    float[] scratch = workspace.floats(worker, 0, length + LANES);
                    line(line, scratch, 0, length);
                    System.arraycopy(scratch, 0, dx, at, length);
                }
            }
        }

        /** Computes one line of pixels. */
        private void line(int line, float[] sums, int at, int length) {
            Window2d w = g.window();
            Arrays.fill(sums, at, at + length, 0f);
            int ih = line % g.inH() + w.padTop();
            int end = WindowTaps.endOver(ih, w.strideH(), g.outH());
            for (int oh = WindowTaps.firstOver(ih, w.extentH(), w.strideH()); oh < end; oh++) {
                int tap = ih - oh * w.strideH();
                if (tap % w.dilationH() == 0) {
                    int from = (line / g.inH() * g.outH() + oh) * g.outW() * g.channels();
                    collect(tap / w.dilationH() * w.kW(), from, sums, at);
                }
            }
        }

        /** Adds what one line of outputs gives to the line of pixels at {@code at}, on which its taps from a number on lie. */
        private void collect(int number, int from, float[] sums, int at) {
            Window2d w = g.window();
            int channels = g.channels();
            int step = w.dilationW() * channels;
            int room = Math.min(switches.length, dy.length - dyOffset);
            for (int ow = 0; ow < g.outW(); ow++) {
                int iw = ow * w.strideW() - w.padLeft();
                boolean inside = iw >= 0 && iw + w.extentW() <= g.inW();
                int left = inside ? 0 : WindowTaps.first(iw, w.dilationW());
                int pixels = inside ? w.kW() : WindowTaps.last(iw, w.dilationW(), g.inW(), w.kW()) - left;
                int to = at + (iw + left * w.dilationW()) * channels;
                int output = from + ow * channels;
                if (channels < LANES && output + LANES <= room) {
                    few(others, pixels, number + left, step, switches, output, dy, dyOffset + output, sums, to);
                } else {
                    give(pixels, number + left, step, channels, output, sums, to);
                }
            }
        }

        /** Adds the channels of one output to those of some pixels in which they won. */
        private void give(int pixels, int number, int step, int channels, int from, float[] sums, int to) {
            int c = 0;
            for (; c <= channels - LANES; c += LANES) {
                lanes(pixels, number, step, switches, from + c, dy, dyOffset + from + c, sums, to + c);
            }
            for (; c < channels; c++) {
                int pixel = switches[from + c] - number;
                if (pixel >= 0 && pixel < pixels) {
                    sums[to + c + pixel * step] += dy[dyOffset + from + c];
                }
            }
        }

        /** As {@link #lanes}, where those lanes that are of other pixels, all ones in {@code others}, receive nothing. */
        private static void few(
                int[] others,
                int pixels,
                int number,
                int step,
                int[] switches,
                int from,
                float[] dy,
                int dyAt,
                float[] sums,
                int to) {
            FloatVector gradient = FloatVector.fromArray(F, dy, dyAt);
            IntVector winner = IntVector.fromArray(I, switches, from).or(IntVector.fromArray(I, others, 0));
            int at = to;
            for (int i = 0; i < pixels; i++) {
                FloatVector before = FloatVector.fromArray(F, sums, at);
                before.add(gradient, winner.eq(number + i).cast(F)).intoArray(sums, at);
                at += step;
            }
        }

        private static void lanes(
                int pixels, int number, int step, int[] switches, int from, float[] dy, int dyAt, float[] dx, int to) {
            FloatVector gradient = FloatVector.fromArray(F, dy, dyAt);
            IntVector winner = IntVector.fromArray(I, switches, from);
            int at = to;
            for (int i = 0; i < pixels; i++) {
                FloatVector before = FloatVector.fromArray(F, dx, at);
                before.add(gradient, winner.eq(number + i).cast(F)).intoArray(dx, at);
                at += step;
            }
        }
    }
}
