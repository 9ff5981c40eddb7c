package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;
import static dev.lanes.numerics.kernels.vector.Simd.LANES;

import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.AveragePool2dKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Average pooling with lanes along the channels; one line of outputs is a chunk of work. */
final class AveragePool2dForwardLanes implements AveragePool2dKernel {
    /** Taps that are summed before they are added to the sum of those before them. */
    private static final int BLOCK = 128;

    private static final int QUAD = 4 * LANES;

    @Override
    public String name() {
        return "lanes";
    }

    @Override
    public void run(
            Pool2dGeometry g,
            boolean countPadding,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.taps = WindowTaps.atLeast(job.taps, workspace.threads());
        job.g = g;
        job.countPadding = countPadding;
        job.x = x;
        job.xOffset = xOffset;
        job.y = y;
        job.yOffset = yOffset;
        try {
            workspace.run(g.batch() * g.outH(), 4 * g.flops(), job);
        } finally {
            job.x = null;
            job.y = null;
        }
    }

    private static final class Job implements Parallel.Task {
        private WindowTaps[] taps;
        private Pool2dGeometry g;
        private boolean countPadding;
        private float[] x;
        private int xOffset;
        private float[] y;
        private int yOffset;

        @Override
        public void run(int line, int worker) {
            Window2d w = g.window();
            WindowTaps window = taps[worker];
            int ih = line % g.outH() * w.strideH() - w.padTop();
            int image = xOffset + line / g.outH() * g.inH() * g.inW() * g.channels();
            int at = yOffset + line * g.outW() * g.channels();
            Arrays.fill(y, at, at + g.outW() * g.channels(), 0f);
            for (int ow = 0; ow < g.outW(); ow++) {
                int iw = ow * w.strideW() - w.padLeft();
                window.place(g, ih, iw);
                float scale = 1f / (countPadding ? w.kH() * w.kW() : window.count);
                int source = image + (ih * g.inW() + iw) * g.channels();
                for (int from = 0; from < window.count; from += BLOCK) {
                    int to = Math.min(from + BLOCK, window.count);
                    float factor = to == window.count ? scale : 1f;
                    add(window.distances, from, to, source, factor, at + ow * g.channels());
                }
            }
        }

        /** Adds some taps to all channels of one output and multiplies it. */
        private void add(int[] distances, int from, int to, int source, float factor, int at) {
            int channels = g.channels();
            int c = 0;
            for (; c <= channels - QUAD; c += QUAD) {
                quad(distances, from, to, x, source + c, factor, y, at + c);
            }
            for (; c <= channels - LANES; c += LANES) {
                one(distances, from, to, x, source + c, factor, y, at + c);
            }
            for (; c < channels; c++) {
                float sum = 0f;
                for (int t = from; t < to; t++) {
                    sum += x[source + c + distances[t]];
                }
                y[at + c] = (y[at + c] + sum) * factor;
            }
        }

        private static void quad(
                int[] distances, int from, int to, float[] x, int source, float factor, float[] y, int at) {
            FloatVector s0 = Simd.zero();
            FloatVector s1 = Simd.zero();
            FloatVector s2 = Simd.zero();
            FloatVector s3 = Simd.zero();
            for (int t = from; t < to; t++) {
                int tap = source + distances[t];
                s0 = s0.add(FloatVector.fromArray(F, x, tap));
                s1 = s1.add(FloatVector.fromArray(F, x, tap + LANES));
                s2 = s2.add(FloatVector.fromArray(F, x, tap + 2 * LANES));
                s3 = s3.add(FloatVector.fromArray(F, x, tap + 3 * LANES));
            }
            end(s0, factor, y, at);
            end(s1, factor, y, at + LANES);
            end(s2, factor, y, at + 2 * LANES);
            end(s3, factor, y, at + 3 * LANES);
        }

        private static void one(
                int[] distances, int from, int to, float[] x, int source, float factor, float[] y, int at) {
            FloatVector sum = Simd.zero();
            for (int t = from; t < to; t++) {
                sum = sum.add(FloatVector.fromArray(F, x, source + distances[t]));
            }
            end(sum, factor, y, at);
        }

        private static void end(FloatVector sum, float factor, float[] y, int at) {
            FloatVector.fromArray(F, y, at).add(sum).mul(factor).intoArray(y, at);
        }
    }
}
