package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;
import static dev.lanes.numerics.kernels.vector.Simd.I;
import static dev.lanes.numerics.kernels.vector.Simd.LANES;

import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.MaxPool2dBackwardKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The gradient of maximum pooling with lanes along the channels. One line of pixels is a chunk of work: under each output
 * that saw it, in their order, the taps' pixels receive the gradient in those lanes whose switch names the tap.
 */
final class MaxPool2dBackwardLanes implements MaxPool2dBackwardKernel {
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
        try {
            workspace.run(g.batch() * g.inH(), 4 * g.flops(), job);
        } finally {
            job.dy = null;
            job.switches = null;
            job.dx = null;
        }
    }

    private static final class Job implements Parallel.Task {
        private Pool2dGeometry g;
        private float[] dy;
        private int dyOffset;
        private int[] switches;
        private float[] dx;
        private int dxOffset;

        @Override
        public void run(int line, int worker) {
            Window2d w = g.window();
            int length = g.inW() * g.channels();
            int at = dxOffset + line * length;
            Arrays.fill(dx, at, at + length, 0f);
            int ih = line % g.inH() + w.padTop();
            int end = WindowTaps.endOver(ih, w.strideH(), g.outH());
            for (int oh = WindowTaps.firstOver(ih, w.extentH(), w.strideH()); oh < end; oh++) {
                int tap = ih - oh * w.strideH();
                if (tap % w.dilationH() == 0) {
                    int from = (line / g.inH() * g.outH() + oh) * g.outW() * g.channels();
                    collect(tap / w.dilationH() * w.kW(), from, at);
                }
            }
        }

        /** Adds what one line of outputs gives to the line of pixels at {@code at}, on which its taps from a number on lie. */
        private void collect(int number, int from, int at) {
            Window2d w = g.window();
            int channels = g.channels();
            int step = w.dilationW() * channels;
            for (int ow = 0; ow < g.outW(); ow++) {
                int iw = ow * w.strideW() - w.padLeft();
                int left = WindowTaps.first(iw, w.dilationW());
                int pixels = WindowTaps.last(iw, w.dilationW(), g.inW(), w.kW()) - left;
                int to = at + (iw + left * w.dilationW()) * channels;
                give(pixels, number + left, step, channels, from + ow * channels, to);
            }
        }

        /** Adds the channels of one output to those of some pixels in which they won. */
        private void give(int pixels, int number, int step, int channels, int from, int to) {
            int c = 0;
            for (; c <= channels - LANES; c += LANES) {
                lanes(pixels, number, step, switches, from + c, dy, dyOffset + from + c, dx, to + c);
            }
            for (; c < channels; c++) {
                int pixel = switches[from + c] - number;
                if (pixel >= 0 && pixel < pixels) {
                    dx[to + c + pixel * step] += dy[dyOffset + from + c];
                }
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
