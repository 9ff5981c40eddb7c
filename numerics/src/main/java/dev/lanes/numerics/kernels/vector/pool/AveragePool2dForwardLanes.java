package dev.lanes.numerics.kernels.vector.pool;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.AveragePool2dKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.conv.WindowTaps;
import dev.lanes.numerics.kernels.vector.simd.Simd;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Average pooling with lanes along the channels; some lines of outputs are a chunk of work.
 *
 * <p>Windows of 2x2 and 3x3 pixels inside the image are taken along the line, with few channels as in {@link
 * MaxPool2dForwardLanes}; of large windows over many channels some taps at a time are added to all channels.
 */
public final class AveragePool2dForwardLanes implements AveragePool2dKernel {
    /** Taps that are summed before they are added to the sum of those before them. */
    private static final int BLOCK = 128;

    /** Taps and channels from which on it is better to add some taps to all channels than all taps to some. */
    private static final int MANY_TAPS = 16;

    private static final int MANY_CHANNELS = 1024;

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
            job.workspace = workspace;
            job.firstInside = WindowTaps.firstInside(g);
            job.endInside = WindowTaps.endInside(g);
            job.lines = WindowTaps.linesOfChunk(g);
            workspace.run(Math.ceilDiv(g.batch() * g.outH(), job.lines), 4 * g.flops(), job);
        } finally {
            job.x = null;
            job.y = null;
            job.workspace = null;
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
        private Workspace workspace;
        private int lines;
        /** The outputs of a line whose windows lie between the sides of the image. */
        private int firstInside;

        private int endInside;

        @Override
        public void run(int chunk, int worker) {
            int end = Math.min(g.batch() * g.outH(), (chunk + 1) * lines);
            int limit = yOffset + end * g.outW() * g.channels();
            for (int line = chunk * lines; line < end; line++) {
                line(line, limit, worker);
            }
        }

        private void line(int line, int limit, int worker) {
            Window2d w = g.window();
            int ih = line % g.outH() * w.strideH() - w.padTop();
            int image = xOffset + line / g.outH() * g.inH() * g.inW() * g.channels();
            int first = firstInside;
            int end = first;
            boolean square = w.kH() == w.kW() && (w.kH() == 2 || w.kH() == 3);
            if (square && g.channels() < WindowTaps.MANY_CHANNELS && ih >= 0 && ih + w.extentH() <= g.inH()) {
                end = inside(image, ih, first, endInside, line, limit, worker);
            }
            points(image, ih, 0, first, line, worker);
            points(image, ih, end, g.outW(), line, worker);
        }

        /** Computes outputs of a line by the list of their taps. */
        private void points(int image, int ih, int from, int end, int line, int worker) {
            Window2d w = g.window();
            WindowTaps window = taps[worker];
            int at = yOffset + line * g.outW() * g.channels();
            Arrays.fill(y, at + from * g.channels(), at + end * g.channels(), 0f);
            for (int ow = from; ow < end; ow++) {
                int iw = ow * w.strideW() - w.padLeft();
                window.place(g, ih, iw);
                float scale = 1f / (countPadding ? w.kH() * w.kW() : window.count);
                int source = image + (ih * g.inW() + iw) * g.channels();
                if (window.count <= BLOCK && window.count >= MANY_TAPS && g.channels() >= MANY_CHANNELS) {
                    channels(window, source, scale, at + ow * g.channels());
                } else {
                    taps(window, source, scale, at + ow * g.channels());
                }
            }
        }

        /** Computes outputs of a line whose windows lie inside the image; returns how far it came. */
        private int inside(int image, int ih, int first, int last, int line, int limit, int worker) {
            Window2d w = g.window();
            int channels = g.channels();
            int row = w.dilationH() * g.inW() * channels;
            int source = image + (ih * g.inW() + first * w.strideW() - w.padLeft()) * channels;
            int at = yOffset + (line * g.outW() + first) * channels;
            if (channels < LANES) {
                int step = w.strideW() * channels;
                int end = source + (w.kH() - 1) * row + (w.kW() - 1) * w.dilationW() * channels;
                int count = Simd.within(x.length, last - first, end, step);
                int direct = WindowTaps.direct(count, at, channels, limit);
                run(direct, source, row, y, at);
                if (direct < count) {
                    float[] values = workspace.floats(worker, 0, LANES + LANES * channels);
                    run(count - direct, source + direct * step, row, values, 0);
                    System.arraycopy(values, 0, y, at + direct * channels, (count - direct) * channels);
                }
                return first + count;
            }
            for (int i = 0; i < channels; i += LANES) {
                int c = Math.min(i, channels - LANES); // the last vector overlaps the one before
                run(last - first, source + c, row, y, at + c);
            }
            return last;
        }

        /** Computes one vector of channels of some outputs. */
        private void run(int count, int source, int row, float[] out, int at) {
            Window2d w = g.window();
            int channels = g.channels();
            int step = w.strideW() * channels;
            int right = w.dilationW() * channels;
            int below = source + row;
            if (w.kH() == 2) {
                AverageWindows.four(count, 1f / 4, x, source, below, step, right, out, at, channels);
            } else {
                AverageWindows.nine(count, 1f / 9, x, source, below, below + row, step, right, out, at, channels);
            }
        }

        /** Computes one output, some taps at a time for all channels. */
        private void channels(WindowTaps window, int source, float scale, int at) {
            int whole = g.channels() - g.channels() % LANES;
            int t = 0;
            for (; t <= window.count - AverageWindows.TAPS; t += AverageWindows.TAPS) {
                AverageWindows.taps(whole, x, source, window.distances, t, y, at);
            }
            for (; t < window.count; t++) {
                AverageWindows.tap(whole, x, source + window.distances[t], y, at);
            }
            AverageWindows.scale(whole, scale, y, at);
            add(window.distances, 0, window.count, source, scale, at, whole);
        }

        /** Computes one output, some channels at a time for all taps. */
        private void taps(WindowTaps window, int source, float scale, int at) {
            for (int from = 0; from < window.count; from += BLOCK) {
                int to = Math.min(from + BLOCK, window.count);
                add(window.distances, from, to, source, to == window.count ? scale : 1f, at, 0);
            }
        }

        /** Adds some taps to one output's channels from {@code first} on and multiplies them. */
        private void add(int[] distances, int from, int to, int source, float factor, int at, int first) {
            int channels = g.channels();
            int c = first;
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
