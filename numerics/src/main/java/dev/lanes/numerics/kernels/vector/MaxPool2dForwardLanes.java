package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;
import static dev.lanes.numerics.kernels.vector.Simd.I;
import static dev.lanes.numerics.kernels.vector.Simd.LANES;

import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.MaxPool2dForwardKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Maximum pooling with lanes along the channels; one line of outputs is a chunk of work. */
final class MaxPool2dForwardLanes implements MaxPool2dForwardKernel {
    @Override
    public String name() {
        return "lanes";
    }

    @Override
    public void run(
            Pool2dGeometry g, float[] x, int xOffset, float[] y, int yOffset, int[] switches, Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.g = g;
        job.x = x;
        job.xOffset = xOffset;
        job.y = y;
        job.yOffset = yOffset;
        job.switches = switches;
        try {
            workspace.run(g.batch() * g.outH(), 4 * g.flops(), job);
        } finally {
            job.x = null;
            job.y = null;
            job.switches = null;
        }
    }

    private static final class Job implements Parallel.Task {
        private Pool2dGeometry g;
        private float[] x;
        private int xOffset;
        private float[] y;
        private int yOffset;
        private int[] switches;

        @Override
        public void run(int line, int worker) {
            Window2d w = g.window();
            int ih = line % g.outH() * w.strideH() - w.padTop();
            int fromH = firstInside(ih, w.dilationH());
            int toH = lastInside(ih, w.dilationH(), g.inH(), w.kH());
            int image = xOffset + line / g.outH() * g.inH() * g.inW() * g.channels();
            for (int ow = 0; ow < g.outW(); ow++) {
                int iw = ow * w.strideW() - w.padLeft();
                int fromW = firstInside(iw, w.dilationW());
                int toW = lastInside(iw, w.dilationW(), g.inW(), w.kW());
                int at = (line * g.outW() + ow) * g.channels();
                int first = image + (ih * g.inW() + iw) * g.channels();
                int c = 0;
                for (; c <= g.channels() - LANES; c += LANES) {
                    lanes(fromH, toH, fromW, toW, first + c, at + c);
                }
                for (; c < g.channels(); c++) {
                    single(fromH, toH, fromW, toW, first + c, at + c);
                }
            }
        }

        private static int firstInside(int start, int dilation) {
            return start >= 0 ? 0 : Math.ceilDiv(-start, dilation);
        }

        private static int lastInside(int start, int dilation, int extent, int k) {
            return Math.min(k, Math.ceilDiv(extent - start, dilation));
        }

        private void lanes(int fromH, int toH, int fromW, int toW, int first, int at) {
            Window2d w = g.window();
            int down = w.dilationH() * g.inW() * g.channels();
            int right = w.dilationW() * g.channels();
            FloatVector best = FloatVector.fromArray(F, x, first + fromH * down + fromW * right);
            IntVector winner = IntVector.broadcast(I, fromH * w.kW() + fromW);
            for (int kh = fromH; kh < toH; kh++) {
                for (int kw = fromW; kw < toW; kw++) {
                    FloatVector candidate = FloatVector.fromArray(F, x, first + kh * down + kw * right);
                    VectorMask<Float> isNan = candidate.test(VectorOperators.IS_NAN);
                    VectorMask<Float> wins = candidate
                            .compare(VectorOperators.GT, best)
                            .or(isNan.andNot(best.test(VectorOperators.IS_NAN)));
                    best = best.blend(candidate, wins);
                    winner = winner.blend(kh * w.kW() + kw, wins.cast(I));
                }
            }
            best.intoArray(y, yOffset + at);
            if (switches != null) {
                winner.intoArray(switches, at);
            }
        }

        private void single(int fromH, int toH, int fromW, int toW, int first, int at) {
            Window2d w = g.window();
            int down = w.dilationH() * g.inW() * g.channels();
            int right = w.dilationW() * g.channels();
            float best = x[first + fromH * down + fromW * right];
            int winner = fromH * w.kW() + fromW;
            for (int kh = fromH; kh < toH; kh++) {
                for (int kw = fromW; kw < toW; kw++) {
                    float candidate = x[first + kh * down + kw * right];
                    if (candidate > best || (Float.isNaN(candidate) && !Float.isNaN(best))) {
                        best = candidate;
                        winner = kh * w.kW() + kw;
                    }
                }
            }
            y[yOffset + at] = best;
            if (switches != null) {
                switches[at] = winner;
            }
        }
    }
}
