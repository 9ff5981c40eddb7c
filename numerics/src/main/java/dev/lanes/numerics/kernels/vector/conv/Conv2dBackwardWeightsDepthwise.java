package dev.lanes.numerics.kernels.vector.conv;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.Conv2dBackwardWeightsKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.gemm.Blocks;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The gradient of a depthwise convolution by its weights, {@code groups == inC}: a chunk of work is one vector of output
 * channels, whose taps are summed over all pixels of one of the {@link Conv2dGeometry#gradientParts}, {@code (b, oh, ow)}
 * ascending. The image comes by way of {@link DepthwisePlanes}, the nine taps of a 3x3 window stay in registers along a line.
 */
public final class Conv2dBackwardWeightsDepthwise implements Conv2dBackwardWeightsKernel {
    @Override
    public String name() {
        return "depthwise";
    }

    @Override
    public boolean supports(Conv2dGeometry g) {
        return g.groups() == g.inC() && g.inC() > 1;
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
        int parts = g.gradientParts();
        int weights = g.reductionLength() * g.outC();
        job.vectors = Math.ceilDiv(g.outC(), LANES);
        job.later = workspace.floats(0, 0, (parts - 1) * weights);
        try {
            workspace.run(parts * job.vectors, g.flops(), job);
            if (parts > 1) {
                GradientParts.add(workspace, parts, weights, dw, dwOffset, job.later, 0);
            }
        } finally {
            job.x = null;
            job.dy = null;
            job.dw = null;
            job.later = null;
            job.workspace = null;
        }
    }

    private static final class Job implements Parallel.Task {
        private Conv2dGeometry g;
        private float[] x;
        private int xOffset;
        private float[] dy;
        private int dyOffset;
        private float[] dw;
        private int dwOffset;
        private Workspace workspace;
        /** Vectors of channels. */
        private int vectors;
        /** The sums of the parts behind the first, whose are in dw. */
        private float[] later;

        @Override
        public void run(int chunk, int worker) {
            int part = chunk / vectors;
            int taps = g.window().kH() * g.window().kW();
            // The last vector overlaps the one before, and computes some of its sums again.
            int channel = Math.max(0, Math.min(chunk % vectors * LANES, g.outC() - LANES));
            int used = Math.min(LANES, g.outC());
            int lines = DepthwisePlanes.lines(g);
            float[] sums = workspace.floats(worker, 2, taps * LANES);
            float[] plane = workspace.floats(worker, 1, Strip.height(g, lines) * Strip.width(g) * LANES);
            Arrays.fill(sums, 0, taps * LANES, 0f);
            int end = g.firstImage(part + 1);
            for (int b = g.firstImage(part); b < end; b++) {
                int image = xOffset + b * g.inH() * g.inW() * g.inC();
                for (int first = 0; first < g.outH(); first += lines) {
                    int count = Math.min(lines, g.outH() - first);
                    DepthwisePlanes.clearHalo(g, first, count, plane, 0);
                    DepthwisePlanes.copy(g, x, image, first, count, channel, plane, 0);
                    for (int oh = 0; oh < count; oh++) {
                        int gradient = dyOffset + (b * g.outH() + first + oh) * g.outW() * g.outC() + channel;
                        line(plane, oh * g.window().strideH() * Strip.width(g) * LANES, gradient, used, sums, worker);
                    }
                }
            }
            float[] out = part == 0 ? dw : later;
            int at = part == 0 ? dwOffset : (part - 1) * taps * g.outC();
            Blocks.copy(taps, used, sums, 0, LANES, out, at + channel, g.outC());
        }

        /** Adds one line of outputs to all taps. */
        private void line(float[] plane, int from, int gradient, int used, float[] sums, int worker) {
            Window2d window = g.window();
            int down = window.dilationH() * Strip.width(g) * LANES;
            int right = window.dilationW() * LANES;
            int step = window.strideW() * LANES;
            float[] line = dy;
            int at = gradient;
            int next = g.outC();
            if (used < LANES) {
                line = workspace.floats(worker, 3, g.outW() * LANES);
                Blocks.copy(g.outW(), used, dy, gradient, g.outC(), line, 0, LANES);
                at = 0;
                next = LANES;
            }
            if (window.kH() == 3 && window.kW() == 3) {
                nine(g.outW(), plane, from, step, down, right, line, at, next, sums);
                return;
            }
            for (int kh = 0; kh < window.kH(); kh++) {
                int kw = 0;
                for (; kw <= window.kW() - 3; kw += 3) {
                    int tap = kh * window.kW() + kw;
                    three(
                            g.outW(),
                            plane,
                            from + kh * down + kw * right,
                            step,
                            right,
                            line,
                            at,
                            next,
                            sums,
                            tap * LANES);
                }
                for (; kw < window.kW(); kw++) {
                    int tap = kh * window.kW() + kw;
                    one(g.outW(), plane, from + kh * down + kw * right, step, line, at, next, sums, tap * LANES);
                }
            }
        }

        private static void nine(
                int count,
                float[] x,
                int xAt,
                int step,
                int down,
                int right,
                float[] dy,
                int dyAt,
                int next,
                float[] sums) {
            FloatVector s0 = FloatVector.fromArray(F, sums, 0);
            FloatVector s1 = FloatVector.fromArray(F, sums, LANES);
            FloatVector s2 = FloatVector.fromArray(F, sums, 2 * LANES);
            FloatVector s3 = FloatVector.fromArray(F, sums, 3 * LANES);
            FloatVector s4 = FloatVector.fromArray(F, sums, 4 * LANES);
            FloatVector s5 = FloatVector.fromArray(F, sums, 5 * LANES);
            FloatVector s6 = FloatVector.fromArray(F, sums, 6 * LANES);
            FloatVector s7 = FloatVector.fromArray(F, sums, 7 * LANES);
            FloatVector s8 = FloatVector.fromArray(F, sums, 8 * LANES);
            int top = xAt;
            int middle = top + down;
            int bottom = middle + down;
            int from = dyAt;
            for (int i = 0; i < count; i++) {
                FloatVector gradient = FloatVector.fromArray(F, dy, from);
                s0 = FloatVector.fromArray(F, x, top).fma(gradient, s0);
                s1 = FloatVector.fromArray(F, x, top + right).fma(gradient, s1);
                s2 = FloatVector.fromArray(F, x, top + 2 * right).fma(gradient, s2);
                s3 = FloatVector.fromArray(F, x, middle).fma(gradient, s3);
                s4 = FloatVector.fromArray(F, x, middle + right).fma(gradient, s4);
                s5 = FloatVector.fromArray(F, x, middle + 2 * right).fma(gradient, s5);
                s6 = FloatVector.fromArray(F, x, bottom).fma(gradient, s6);
                s7 = FloatVector.fromArray(F, x, bottom + right).fma(gradient, s7);
                s8 = FloatVector.fromArray(F, x, bottom + 2 * right).fma(gradient, s8);
                top += step;
                middle += step;
                bottom += step;
                from += next;
            }
            s0.intoArray(sums, 0);
            s1.intoArray(sums, LANES);
            s2.intoArray(sums, 2 * LANES);
            s3.intoArray(sums, 3 * LANES);
            s4.intoArray(sums, 4 * LANES);
            s5.intoArray(sums, 5 * LANES);
            s6.intoArray(sums, 6 * LANES);
            s7.intoArray(sums, 7 * LANES);
            s8.intoArray(sums, 8 * LANES);
        }

        private static void three(
                int count,
                float[] x,
                int xAt,
                int step,
                int right,
                float[] dy,
                int dyAt,
                int next,
                float[] sums,
                int at) {
            FloatVector s0 = FloatVector.fromArray(F, sums, at);
            FloatVector s1 = FloatVector.fromArray(F, sums, at + LANES);
            FloatVector s2 = FloatVector.fromArray(F, sums, at + 2 * LANES);
            int pixel = xAt;
            int from = dyAt;
            for (int i = 0; i < count; i++) {
                FloatVector gradient = FloatVector.fromArray(F, dy, from);
                s0 = FloatVector.fromArray(F, x, pixel).fma(gradient, s0);
                s1 = FloatVector.fromArray(F, x, pixel + right).fma(gradient, s1);
                s2 = FloatVector.fromArray(F, x, pixel + 2 * right).fma(gradient, s2);
                pixel += step;
                from += next;
            }
            s0.intoArray(sums, at);
            s1.intoArray(sums, at + LANES);
            s2.intoArray(sums, at + 2 * LANES);
        }

        private static void one(
                int count, float[] x, int xAt, int step, float[] dy, int dyAt, int next, float[] sums, int at) {
            FloatVector sum = FloatVector.fromArray(F, sums, at);
            int pixel = xAt;
            int from = dyAt;
            for (int i = 0; i < count; i++) {
                sum = FloatVector.fromArray(F, x, pixel).fma(FloatVector.fromArray(F, dy, from), sum);
                pixel += step;
                from += next;
            }
            sum.intoArray(sums, at);
        }
    }
}
