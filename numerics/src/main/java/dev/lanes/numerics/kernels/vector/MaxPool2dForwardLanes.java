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

/**
 * Maximum pooling with lanes along the channels; some lines of outputs are a chunk of work.
 *
 * <p>Along a line, windows of 2x2 and 3x3 pixels inside the image take the loops of {@link MaxWindows}, others the list
 * of their taps. Channels that do not fill a vector are computed with what stands behind them, into a line of scratch,
 * where the next pixel overwrites what nobody wants.
 *
 * <p>A tap is kept out by one comparison, {@code tap <= best}, which is also false for a NaN: a NaN gets in, but the next
 * tap would put it out again. The sum of all taps tells whether there was one; then, and only then, the pair of vectors is
 * computed anew with both comparisons.
 */
final class MaxPool2dForwardLanes implements MaxPool2dForwardKernel {
    private static final int PAIR = 2 * LANES;

    @Override
    public String name() {
        return "lanes";
    }

    @Override
    public void run(
            Pool2dGeometry g, float[] x, int xOffset, float[] y, int yOffset, int[] switches, Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.taps = WindowTaps.atLeast(job.taps, workspace.threads());
        job.workspace = workspace;
        job.g = g;
        job.x = x;
        job.xOffset = xOffset;
        job.y = y;
        job.yOffset = yOffset;
        job.switches = switches;
        try {
            if (job.winners.length < workspace.threads()) {
                job.winners = new int[workspace.threads()][0];
            }
            job.lines = WindowTaps.linesOfChunk(g);
            workspace.run(Math.ceilDiv(g.batch() * g.outH(), job.lines), 4 * g.flops(), job);
        } finally {
            job.x = null;
            job.y = null;
            job.switches = null;
            job.workspace = null;
        }
    }

    private static final class Job implements Parallel.Task {
        private WindowTaps[] taps;
        private Pool2dGeometry g;
        private float[] x;
        private int xOffset;
        private float[] y;
        private int yOffset;
        private int[] switches;
        private Workspace workspace;
        private int lines;
        /** Lines of switches in scratch, one for each worker. */
        private int[][] winners = new int[0][];

        @Override
        public void run(int chunk, int worker) {
            int end = Math.min(g.batch() * g.outH(), (chunk + 1) * lines);
            for (int line = chunk * lines; line < end; line++) {
                line(line, worker);
            }
        }

        private void line(int line, int worker) {
            Window2d w = g.window();
            int ih = line % g.outH() * w.strideH() - w.padTop();
            int image = xOffset + line / g.outH() * g.inH() * g.inW() * g.channels();
            int first = WindowTaps.firstInside(g);
            int end = first;
            boolean square = w.kH() == w.kW() && (w.kH() == 2 || w.kH() == 3);
            boolean whole = ih >= 0 && ih + w.extentH() <= g.inH();
            boolean many = g.channels() >= WindowTaps.MANY_CHANNELS;
            if (square && (switches == null || whole && !many)) {
                end = inside(image, ih, first, WindowTaps.endInside(g), line, worker);
            }
            points(image, ih, 0, first, line, worker);
            points(image, ih, end, g.outW(), line, worker);
        }

        /** Computes outputs of a line by the list of their taps. */
        private void points(int image, int ih, int from, int end, int line, int worker) {
            WindowTaps window = taps[worker];
            int channels = g.channels();
            for (int ow = from; ow < end; ow++) {
                int iw = ow * g.window().strideW() - g.window().padLeft();
                window.place(g, ih, iw);
                int source = image + (ih * g.inW() + iw) * channels;
                int at = (line * g.outW() + ow) * channels;
                if (switches == null) {
                    values(window, channels, x, source, y, yOffset + at);
                } else {
                    winners(window, channels, x, source, y, yOffset + at, switches, at);
                }
            }
        }

        /** Computes outputs of a line whose windows lie between the sides of the image; returns how far it came. */
        private int inside(int image, int ih, int first, int last, int line, int worker) {
            Window2d w = g.window();
            int channels = g.channels();
            // A row outside the image may be any of the window's others: what is there twice is no larger.
            int top = WindowTaps.first(ih, w.dilationH());
            int bottom = WindowTaps.last(ih, w.dilationH(), g.inH(), w.kH()) - 1;
            int column = image + (first * w.strideW() - w.padLeft()) * channels;
            int row0 = column + row(ih, top, bottom, 0);
            int row1 = column + row(ih, top, bottom, 1);
            int row2 = column + row(ih, top, bottom, w.kH() - 1);
            int step = w.strideW() * channels;
            int right = w.dilationW() * channels;
            int count = last - first;
            int at = (line * g.outW() + first) * channels;
            if (channels < LANES) {
                int room = x.length - LANES - row2 - (w.kW() - 1) * right;
                count = Math.min(count, room < 0 ? 0 : room / step + 1);
                float[] values = workspace.floats(worker, 0, count * channels + LANES);
                int[] numbers = null;
                if (switches != null) {
                    if (winners[worker].length < count * channels + LANES) {
                        winners[worker] = new int[count * channels + LANES];
                    }
                    numbers = winners[worker];
                }
                if (!run(count, row0, row1, row2, step, right, values, 0, numbers, 0)) {
                    return first;
                }
                System.arraycopy(values, 0, y, yOffset + at, count * channels);
                if (switches != null) {
                    System.arraycopy(numbers, 0, switches, at, count * channels);
                }
                return first + count;
            }
            if (channels >= WindowTaps.MANY_CHANNELS) {
                return across(last - first, row0, row1, row2, yOffset + at) ? last : first;
            }
            for (int i = 0; i < channels; i += LANES) {
                int c = Math.min(i, channels - LANES); // the last vector overlaps the one before
                if (!run(count, row0 + c, row1 + c, row2 + c, step, right, y, yOffset + at + c, switches, at + c)) {
                    return first;
                }
            }
            return last;
        }
        /** Computes some outputs one by one, along their channels; false if there may be a NaN. */
        private boolean across(int count, int row0, int row1, int row2, int at) {
            int channels = g.channels();
            int whole = channels - channels % LANES;
            boolean trusted = true;
            for (int i = 0; i < count; i++) {
                int from = i * g.window().strideW() * channels;
                int to = at + i * channels;
                trusted &= pixel(whole, row0 + from, row1 + from, row2 + from, to);
                if (whole < channels) {
                    int c = channels - LANES; // overlaps the one before
                    trusted &= pixel(LANES, row0 + from + c, row1 + from + c, row2 + from + c, to + c);
                }
            }
            return trusted;
        }

        private boolean pixel(int length, int row0, int row1, int row2, int at) {
            int right = g.window().dilationW() * g.channels();
            return g.window().kH() == 2
                    ? MaxWindows.fourAcross(length, x, row0, row1, right, y, at)
                    : MaxWindows.nineAcross(length, x, row0, row1, row2, right, y, at);
        }

        private int row(int ih, int top, int bottom, int kh) {
            return (ih + Math.clamp(kh, top, bottom) * g.window().dilationH()) * g.inW() * g.channels();
        }

        /** Computes one vector of channels of some outputs; false if there may be a NaN. */
        private boolean run(
                int count,
                int row0,
                int row1,
                int row2,
                int step,
                int right,
                float[] out,
                int at,
                int[] numbers,
                int to) {
            int channels = g.channels();
            if (g.window().kH() == 2) {
                return numbers == null
                        ? MaxWindows.four(count, x, row0, row1, step, right, out, at, channels)
                        : MaxWindows.fourWinners(count, x, row0, row1, step, right, out, at, channels, numbers, to);
            }
            return numbers == null
                    ? MaxWindows.nine(count, x, row0, row1, row2, step, right, out, at, channels)
                    : MaxWindows.nineWinners(count, x, row0, row1, row2, step, right, out, at, channels, numbers, to);
        }

        private static void values(WindowTaps window, int channels, float[] x, int source, float[] y, int at) {
            int[] distances = window.distances;
            int count = window.count;
            int c = 0;
            for (; c <= channels - PAIR; c += PAIR) {
                FloatVector best0 = FloatVector.fromArray(F, x, source + c + distances[0]);
                FloatVector best1 = FloatVector.fromArray(F, x, source + c + distances[0] + LANES);
                FloatVector sum0 = best0;
                FloatVector sum1 = best1;
                for (int t = 1; t < count; t++) {
                    int tap = source + c + distances[t];
                    FloatVector next0 = FloatVector.fromArray(F, x, tap);
                    FloatVector next1 = FloatVector.fromArray(F, x, tap + LANES);
                    best0 = next0.blend(best0, next0.compare(VectorOperators.LE, best0));
                    best1 = next1.blend(best1, next1.compare(VectorOperators.LE, best1));
                    sum0 = sum0.add(next0);
                    sum1 = sum1.add(next1);
                }
                best0.intoArray(y, at + c);
                best1.intoArray(y, at + c + LANES);
                if (mayHoldNan(sum0, sum1)) {
                    exact(window, x, source + c, y, at + c, null, 0);
                    exact(window, x, source + c + LANES, y, at + c + LANES, null, 0);
                }
            }
            rest(window, c, channels, x, source, y, at, null, 0);
        }

        private static void winners(
                WindowTaps window, int channels, float[] x, int source, float[] y, int at, int[] switches, int to) {
            int[] distances = window.distances;
            int[] numbers = window.numbers;
            int count = window.count;
            int c = 0;
            for (; c <= channels - PAIR; c += PAIR) {
                FloatVector best0 = FloatVector.fromArray(F, x, source + c + distances[0]);
                FloatVector best1 = FloatVector.fromArray(F, x, source + c + distances[0] + LANES);
                FloatVector sum0 = best0;
                FloatVector sum1 = best1;
                IntVector winner0 = IntVector.broadcast(I, numbers[0]);
                IntVector winner1 = winner0;
                for (int t = 1; t < count; t++) {
                    int tap = source + c + distances[t];
                    FloatVector next0 = FloatVector.fromArray(F, x, tap);
                    FloatVector next1 = FloatVector.fromArray(F, x, tap + LANES);
                    IntVector number = IntVector.broadcast(I, numbers[t]);
                    VectorMask<Float> stays0 = next0.compare(VectorOperators.LE, best0);
                    VectorMask<Float> stays1 = next1.compare(VectorOperators.LE, best1);
                    best0 = next0.blend(best0, stays0);
                    best1 = next1.blend(best1, stays1);
                    winner0 = number.blend(winner0, stays0.cast(I));
                    winner1 = number.blend(winner1, stays1.cast(I));
                    sum0 = sum0.add(next0);
                    sum1 = sum1.add(next1);
                }
                best0.intoArray(y, at + c);
                best1.intoArray(y, at + c + LANES);
                winner0.intoArray(switches, to + c);
                winner1.intoArray(switches, to + c + LANES);
                if (mayHoldNan(sum0, sum1)) {
                    exact(window, x, source + c, y, at + c, switches, to + c);
                    exact(window, x, source + c + LANES, y, at + c + LANES, switches, to + c + LANES);
                }
            }
            rest(window, c, channels, x, source, y, at, switches, to);
        }

        private static boolean mayHoldNan(FloatVector sum0, FloatVector sum1) {
            FloatVector sum = sum0.add(sum1);
            return sum.compare(VectorOperators.NE, sum).anyTrue();
        }

        /** One vector, with the second comparison that keeps a NaN. */
        private static void exact(WindowTaps window, float[] x, int source, float[] y, int at, int[] switches, int to) {
            FloatVector best = FloatVector.fromArray(F, x, source + window.distances[0]);
            IntVector winner = IntVector.broadcast(I, window.numbers[0]);
            for (int t = 1; t < window.count; t++) {
                FloatVector next = FloatVector.fromArray(F, x, source + window.distances[t]);
                VectorMask<Float> stays =
                        next.compare(VectorOperators.LE, best).or(best.compare(VectorOperators.NE, best));
                best = next.blend(best, stays);
                winner = IntVector.broadcast(I, window.numbers[t]).blend(winner, stays.cast(I));
            }
            best.intoArray(y, at);
            if (switches != null) {
                winner.intoArray(switches, to);
            }
        }

        /** The channels from {@code c} on, which do not fill a pair of vectors. */
        private static void rest(
                WindowTaps window,
                int first,
                int channels,
                float[] x,
                int source,
                float[] y,
                int at,
                int[] switches,
                int to) {
            int c = first;
            for (; c <= channels - LANES; c += LANES) {
                exact(window, x, source + c, y, at + c, switches, to + c);
            }
            for (; c < channels; c++) {
                float best = x[source + c + window.distances[0]];
                int winner = window.numbers[0];
                for (int t = 1; t < window.count; t++) {
                    float next = x[source + c + window.distances[t]];
                    if (!(next <= best) && best == best) {
                        best = next;
                        winner = window.numbers[t];
                    }
                }
                y[at + c] = best;
                if (switches != null) {
                    switches[to + c] = winner;
                }
            }
        }
    }
}
