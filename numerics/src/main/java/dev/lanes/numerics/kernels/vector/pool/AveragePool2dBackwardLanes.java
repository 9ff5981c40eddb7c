package dev.lanes.numerics.kernels.vector.pool;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.AveragePool2dKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.conv.WindowTaps;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The gradient of average pooling with lanes along the channels. One line of pixels is a chunk of work: it collects from
 * the outputs that saw it, in their order, so that no two threads add to one pixel.
 */
public final class AveragePool2dBackwardLanes implements AveragePool2dKernel {
    @Override
    public String name() {
        return "lanes";
    }

    @Override
    public void run(
            Pool2dGeometry g,
            boolean countPadding,
            float[] dy,
            int dyOffset,
            float[] dx,
            int dxOffset,
            Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.g = g;
        job.countPadding = countPadding;
        job.dy = dy;
        job.dyOffset = dyOffset;
        job.dx = dx;
        job.dxOffset = dxOffset;
        try {
            workspace.run(g.batch() * g.inH(), 4 * g.flops(), job);
        } finally {
            job.dy = null;
            job.dx = null;
        }
    }

    private static final class Job implements Parallel.Task {
        private Pool2dGeometry g;
        private boolean countPadding;
        private float[] dy;
        private int dyOffset;
        private float[] dx;
        private int dxOffset;

        @Override
        public void run(int line, int worker) {
            Window2d w = g.window();
            int length = g.inW() * g.channels();
            int at = dxOffset + line * length;
            Arrays.fill(dx, at, at + length, 0f);
            int ih = line % g.inH();
            for (int oh = WindowTaps.firstOver(ih + w.padTop(), w.extentH(), w.strideH());
                    oh < WindowTaps.endOver(ih + w.padTop(), w.strideH(), g.outH());
                    oh++) {
                int tap = ih + w.padTop() - oh * w.strideH();
                if (tap % w.dilationH() == 0) {
                    int from = dyOffset + (line / g.inH() * g.outH() + oh) * g.outW() * g.channels();
                    collect(oh * w.strideH() - w.padTop(), from, at);
                }
            }
        }

        /** Adds what one line of outputs gives to the line of pixels at {@code at}. */
        private void collect(int start, int from, int at) {
            Window2d w = g.window();
            int channels = g.channels();
            int rows = WindowTaps.last(start, w.dilationH(), g.inH(), w.kH()) - WindowTaps.first(start, w.dilationH());
            for (int ow = 0; ow < g.outW(); ow++) {
                int iw = ow * w.strideW() - w.padLeft();
                int left = WindowTaps.first(iw, w.dilationW());
                int right = WindowTaps.last(iw, w.dilationW(), g.inW(), w.kW());
                float scale = 1f / (countPadding ? w.kH() * w.kW() : rows * (right - left));
                int to = at + (iw + left * w.dilationW()) * channels;
                share(right - left, w.dilationW() * channels, channels, dy, from + ow * channels, scale, dx, to);
            }
        }

        /** Adds the channels of one output, times the scale, to some pixels. */
        private static void share(
                int pixels, int step, int channels, float[] dy, int from, float scale, float[] dx, int to) {
            int c = 0;
            for (; c <= channels - LANES; c += LANES) {
                FloatVector share = FloatVector.fromArray(F, dy, from + c).mul(scale);
                int at = to + c;
                for (int i = 0; i < pixels; i++) {
                    FloatVector.fromArray(F, dx, at).add(share).intoArray(dx, at);
                    at += step;
                }
            }
            for (; c < channels; c++) {
                float share = dy[from + c] * scale;
                for (int i = 0; i < pixels; i++) {
                    dx[to + c + i * step] += share;
                }
            }
        }
    }
}
