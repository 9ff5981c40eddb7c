package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;
import static dev.lanes.numerics.kernels.vector.Simd.LANES;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.Conv2dForwardKernel;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import jdk.incubator.vector.FloatVector;

/**
 * Depthwise convolution, {@code groups == inC == outC}: lanes along the channels, one line of output a chunk of work.
 *
 * <p>Every value is used by a few taps only, so there is nothing to pack and nothing to copy: pixels whose window lies
 * inside the image run over all taps, with the nine of a 3x3 window held in registers; those at the edge run over the
 * taps that lie inside, which is the same sum, since a tap outside adds a zero.
 */
final class Conv2dDepthwise implements Conv2dForwardKernel {
    @Override
    public String name() {
        return "depthwise";
    }

    @Override
    public boolean supports(Conv2dGeometry g) {
        return g.groups() == g.inC() && g.outC() == g.inC() && g.inC() > 1;
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
        try {
            workspace.run(g.batch() * g.outH(), g.flops(), job);
        } finally {
            job.x = null;
            job.w = null;
            job.y = null;
            job.epilogue = null;
        }
    }

    private static final class Job implements Parallel.Task {
        private Conv2dGeometry g;
        private float[] x;
        private int xOffset;
        private float[] w;
        private int wOffset;
        private float[] y;
        private int yOffset;
        private Epilogue epilogue;

        @Override
        public void run(int line, int worker) {
            Window2d window = g.window();
            int channels = g.inC();
            int ih = line % g.outH() * window.strideH() - window.padTop();
            int image = xOffset + line / g.outH() * g.inH() * g.inW() * channels;
            int at = yOffset + line * g.outW() * channels;
            Blocks.begin(epilogue, g.outW(), channels, 0f, y, at, channels, 0);
            int fromH = first(ih, window.dilationH());
            int toH = last(ih, window.dilationH(), g.inH(), window.kH());
            // Outputs from inner to outer see no tap outside the image to the left or the right.
            int inner = Math.clamp(Math.ceilDiv(window.padLeft(), window.strideW()), 0, g.outW());
            int outer = Math.clamp(
                    Math.floorDiv(g.inW() + window.padLeft() - window.extentW(), window.strideW()) + 1,
                    inner,
                    g.outW());
            edge(0, inner, fromH, toH, ih, image, at);
            inside(inner, outer, fromH, toH, ih, image, at);
            edge(outer, g.outW(), fromH, toH, ih, image, at);
            epilogue.end(g.outW(), channels, y, at, channels);
        }

        private static int first(int start, int dilation) {
            return start >= 0 ? 0 : Math.ceilDiv(-start, dilation);
        }

        private static int last(int start, int dilation, int extent, int k) {
            return Math.min(k, Math.ceilDiv(extent - start, dilation));
        }

        private void inside(int from, int to, int fromH, int toH, int ih, int image, int at) {
            Window2d window = g.window();
            int channels = g.inC();
            int down = window.dilationH() * g.inW() * channels;
            int right = window.dilationW() * channels;
            int step = window.strideW() * channels;
            int source = image + (ih * g.inW() + from * window.strideW() - window.padLeft()) * channels;
            int target = at + from * channels;
            boolean nine = window.kH() == 3 && window.kW() == 3 && fromH == 0 && toH == 3;
            int c = 0;
            for (; c <= channels - LANES; c += LANES) {
                if (nine) {
                    nine(to - from, x, source + c, down, right, step, w, wOffset + c, channels, y, target + c);
                } else {
                    for (int kh = fromH; kh < toH; kh++) {
                        for (int kw = 0; kw < window.kW(); kw++) {
                            int weight = wOffset + (kh * window.kW() + kw) * channels + c;
                            int tap = source + kh * down + kw * right + c;
                            one(to - from, x, tap, step, w, weight, channels, y, target + c);
                        }
                    }
                }
            }
            if (c < channels) {
                for (int ow = from; ow < to; ow++) {
                    pixel(ow, c, fromH, toH, 0, window.kW(), ih, image, at);
                }
            }
        }

        /** Adds the nine taps of a 3x3 window to a line of pixels. */
        private static void nine(
                int count,
                float[] x,
                int source,
                int down,
                int right,
                int step,
                float[] w,
                int weight,
                int channels,
                float[] y,
                int target) {
            FloatVector w0 = FloatVector.fromArray(F, w, weight);
            FloatVector w1 = FloatVector.fromArray(F, w, weight + channels);
            FloatVector w2 = FloatVector.fromArray(F, w, weight + 2 * channels);
            FloatVector w3 = FloatVector.fromArray(F, w, weight + 3 * channels);
            FloatVector w4 = FloatVector.fromArray(F, w, weight + 4 * channels);
            FloatVector w5 = FloatVector.fromArray(F, w, weight + 5 * channels);
            FloatVector w6 = FloatVector.fromArray(F, w, weight + 6 * channels);
            FloatVector w7 = FloatVector.fromArray(F, w, weight + 7 * channels);
            FloatVector w8 = FloatVector.fromArray(F, w, weight + 8 * channels);
            int top = source;
            int middle = source + down;
            int bottom = source + 2 * down;
            int to = target;
            for (int i = 0; i < count; i++) {
                FloatVector sum = FloatVector.fromArray(F, y, to);
                sum = FloatVector.fromArray(F, x, top).fma(w0, sum);
                sum = FloatVector.fromArray(F, x, top + right).fma(w1, sum);
                sum = FloatVector.fromArray(F, x, top + 2 * right).fma(w2, sum);
                sum = FloatVector.fromArray(F, x, middle).fma(w3, sum);
                sum = FloatVector.fromArray(F, x, middle + right).fma(w4, sum);
                sum = FloatVector.fromArray(F, x, middle + 2 * right).fma(w5, sum);
                sum = FloatVector.fromArray(F, x, bottom).fma(w6, sum);
                sum = FloatVector.fromArray(F, x, bottom + right).fma(w7, sum);
                sum = FloatVector.fromArray(F, x, bottom + 2 * right).fma(w8, sum);
                sum.intoArray(y, to);
                top += step;
                middle += step;
                bottom += step;
                to += channels;
            }
        }

        /** Adds one tap to a line of pixels. */
        private static void one(
                int count,
                float[] x,
                int source,
                int step,
                float[] w,
                int weight,
                int channels,
                float[] y,
                int target) {
            FloatVector tap = FloatVector.fromArray(F, w, weight);
            int from = source;
            int to = target;
            for (int i = 0; i < count; i++) {
                FloatVector sum = FloatVector.fromArray(F, y, to);
                FloatVector.fromArray(F, x, from).fma(tap, sum).intoArray(y, to);
                from += step;
                to += channels;
            }
        }

        private void edge(int from, int to, int fromH, int toH, int ih, int image, int at) {
            Window2d window = g.window();
            for (int ow = from; ow < to; ow++) {
                int iw = ow * window.strideW() - window.padLeft();
                int fromW = first(iw, window.dilationW());
                int toW = last(iw, window.dilationW(), g.inW(), window.kW());
                pixel(ow, 0, fromH, toH, fromW, toW, ih, image, at);
            }
        }

        /** Adds some taps to the channels of one pixel, from {@code firstChannel} on. */
        private void pixel(
                int ow, int firstChannel, int fromH, int toH, int fromW, int toW, int ih, int image, int at) {
            Window2d window = g.window();
            int channels = g.inC();
            int iw = ow * window.strideW() - window.padLeft();
            int target = at + ow * channels;
            for (int kh = fromH; kh < toH; kh++) {
                int line = image + (ih + kh * window.dilationH()) * g.inW() * channels;
                for (int kw = fromW; kw < toW; kw++) {
                    int source = line + (iw + kw * window.dilationW()) * channels;
                    int weight = wOffset + (kh * window.kW() + kw) * channels;
                    addTap(channels, firstChannel, x, source, w, weight, y, target);
                }
            }
        }

        private static void addTap(
                int channels, int from, float[] x, int source, float[] w, int weight, float[] y, int target) {
            int c = from;
            for (; c <= channels - LANES; c += LANES) {
                FloatVector sum = FloatVector.fromArray(F, y, target + c);
                FloatVector tap = FloatVector.fromArray(F, w, weight + c);
                FloatVector.fromArray(F, x, source + c).fma(tap, sum).intoArray(y, target + c);
            }
            for (; c < channels; c++) {
                y[target + c] = Math.fma(x[source + c], w[weight + c], y[target + c]);
            }
        }
    }
}
