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
import jdk.incubator.vector.VectorMask;

/**
 * The gradient of maximum pooling with lanes along the channels: under each output every tap's pixels receive the
 * gradient in those lanes whose switch names the tap. One image is a chunk, so that windows which overlap are added in
 * the order of the outputs.
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
            workspace.run(g.batch(), 4 * g.flops(), job);
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
        public void run(int b, int worker) {
            Window2d w = g.window();
            int channels = g.channels();
            int image = dxOffset + b * g.inH() * g.inW() * channels;
            Arrays.fill(dx, image, image + g.inH() * g.inW() * channels, 0f);
            for (int oh = 0; oh < g.outH(); oh++) {
                int ih = oh * w.strideH() - w.padTop();
                for (int ow = 0; ow < g.outW(); ow++) {
                    int iw = ow * w.strideW() - w.padLeft();
                    int at = ((b * g.outH() + oh) * g.outW() + ow) * channels;
                    int first = image + (ih * g.inW() + iw) * channels;
                    int c = 0;
                    for (; c <= channels - LANES; c += LANES) {
                        lanes(ih, iw, first + c, at + c);
                    }
                    for (; c < channels; c++) {
                        int tap = switches[at + c];
                        int down = tap / w.kW() * w.dilationH() * g.inW();
                        int right = tap % w.kW() * w.dilationW();
                        dx[first + c + (down + right) * channels] += dy[dyOffset + at + c];
                    }
                }
            }
        }

        private void lanes(int ih, int iw, int first, int at) {
            Window2d w = g.window();
            FloatVector gradient = FloatVector.fromArray(F, dy, dyOffset + at);
            IntVector winner = IntVector.fromArray(I, switches, at);
            for (int kh = 0; kh < w.kH(); kh++) {
                int h = kh * w.dilationH();
                for (int kw = 0; kw < w.kW(); kw++) {
                    int v = kw * w.dilationW();
                    if (ih + h >= 0 && ih + h < g.inH() && iw + v >= 0 && iw + v < g.inW()) {
                        int to = first + (h * g.inW() + v) * g.channels();
                        VectorMask<Float> won = winner.eq(kh * w.kW() + kw).cast(F);
                        FloatVector before = FloatVector.fromArray(F, dx, to);
                        before.add(gradient, won).intoArray(dx, to);
                    }
                }
            }
        }
    }
}
