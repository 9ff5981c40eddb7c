package dev.lanes.numerics.kernels.vector.pool;

import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.MaxPool2dForwardKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.conv.WindowTaps;
import dev.lanes.numerics.kernels.vector.simd.Simd;
import dev.lanes.numerics.parallel.Parallel;

/**
 * Maximum pooling with lanes along the channels; some lines of outputs are a chunk of work.
 *
 * <p>Along a line, windows of 2x2 and 3x3 pixels inside the image take the loops of {@link MaxWindows}, others the list
 * of their taps ({@link MaxTaps}); windows of 3x3 pixels that move by two take two lines at a time ({@link MaxPairs}).
 * Channels that do not fill a vector are computed with what stands behind them; the next pixel overwrites what nobody
 * wants, and the last pixels of a chunk go to scratch.
 */
public final class MaxPool2dForwardLanes implements MaxPool2dForwardKernel {
    /** Floats of a line of outputs that walk together: what five rows of pixels show them fits the first-level cache. */
    private static final int STRETCH = 512;

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
                job.winners = new int[workspace.threads()][LANES + LANES * LANES];
            }
            job.firstInside = WindowTaps.firstInside(g);
            job.endInside = WindowTaps.endInside(g);
            Window2d w = g.window();
            boolean nine = w.kH() == 3 && w.kW() == 3 && w.dilationH() == 1 && w.dilationW() == 1;
            job.pairs = nine && w.strideH() == 2 && w.strideW() == 2 && g.channels() >= LANES;
            job.pairs &= job.firstInside < job.endInside;
            job.lines = WindowTaps.linesOfChunk(g);
            if (job.pairs) {
                job.lines += job.lines % 2;
            }
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
        /** The outputs of a line whose windows lie between the sides of the image. */
        private int firstInside;

        private int endInside;
        /** Whether two lines of outputs share a row of pixels. */
        private boolean pairs;
        /** The last switches of a line in scratch, for each worker. */
        private int[][] winners = new int[0][];

        @Override
        public void run(int chunk, int worker) {
            int end = Math.min(g.batch() * g.outH(), (chunk + 1) * lines);
            int limit = end * g.outW() * g.channels();
            for (int line = chunk * lines; line < end; line++) {
                if (line + 1 < end && pairs && pair(line, worker)) {
                    line++;
                } else {
                    line(line, limit, worker);
                }
            }
        }

        /** Computes a line of outputs and the next one together, if both see enough of the image. */
        private boolean pair(int line, int worker) {
            int oh = line % g.outH();
            int ih = oh * 2 - g.window().padTop();
            boolean whole = ih >= 0 && ih + 4 < g.inH();
            if (oh + 1 == g.outH() || ih + 2 < 0 || ih + 2 >= g.inH() || switches != null && !whole) {
                return false;
            }
            int image = xOffset + line / g.outH() * g.inH() * g.inW() * g.channels();
            int first = firstInside;
            int end = endInside;
            boolean trusted = switches == null && g.channels() >= WindowTaps.MANY_CHANNELS
                    ? blocks(line, image, ih, first, end)
                    : walk(line, image, ih, first, end);
            for (int next = line; next < line + 2; next++) {
                int top = ih + 2 * (next - line);
                points(image, top, 0, trusted ? first : g.outW(), next, worker);
                points(image, top, trusted ? end : g.outW(), g.outW(), next, worker);
            }
            return true;
        }

        /** Computes some columns of two lines, one vector of channels after the other; false if there may be a NaN. */
        private boolean walk(int line, int image, int ih, int first, int end) {
            int channels = g.channels();
            int stretch = Math.max(1, STRETCH / channels);
            boolean trusted = true;
            for (int from = first; from < end; from += stretch) {
                int count = Math.min(stretch, end - from);
                for (int i = 0; i < channels; i += LANES) {
                    int c = Math.min(i, channels - LANES); // the last vector overlaps the one before
                    trusted &= walk(line, image + c, ih, from, count, (line * g.outW() + from) * channels + c);
                }
            }
            return trusted;
        }

        private boolean walk(int line, int image, int ih, int first, int count, int to) {
            int channels = g.channels();
            int column = image + (first * 2 - g.window().padLeft()) * channels;
            int row0 = column + row(ih);
            int row1 = column + row(ih + 1);
            int row2 = column + row(ih + 2);
            int row3 = column + row(ih + 3);
            int row4 = column + row(ih + 4);
            int at = yOffset + to;
            int down = g.outW() * channels;
            return switches == null
                    ? MaxPairs.walk(count, x, row0, row1, row2, row3, row4, channels, y, at, at + down)
                    : MaxPairs.walkWinners(
                            count, x, row0, row1, row2, row3, row4, channels, y, at, at + down, switches, to,
                            to + down);
        }

        /** Computes some columns of two lines, two by two; false if there may be a NaN. */
        private boolean blocks(int line, int image, int ih, int first, int end) {
            int channels = g.channels();
            int whole = channels - channels % LANES;
            int even = end - (end - first) % 2;
            boolean trusted = true;
            for (int ow = first; ow < even; ow += 2) {
                trusted &= block(line, image, ih, ow, whole);
                if (whole < channels) {
                    trusted &= block(line, image, ih, ow, -LANES);
                }
            }
            return even == end ? trusted : trusted & walk(line, image, ih, even, end);
        }

        /** Computes two by two outputs; a negative length means the last channels. */
        private boolean block(int line, int image, int ih, int ow, int length) {
            int channels = g.channels();
            int c = length < 0 ? channels + length : 0;
            int column = image + c + (ow * 2 - g.window().padLeft()) * channels;
            int at = yOffset + c + (line * g.outW() + ow) * channels;
            return MaxPairs.blocks(
                    Math.abs(length),
                    x,
                    column + row(ih),
                    column + row(ih + 1),
                    column + row(ih + 2),
                    column + row(ih + 3),
                    column + row(ih + 4),
                    channels,
                    y,
                    at,
                    at + g.outW() * channels);
        }

        /** Returns where a row begins; for one outside the image, the next inside: what is there twice is no larger. */
        private int row(int ih) {
            return Math.clamp(ih, 0, g.inH() - 1) * g.inW() * g.channels();
        }

        private void line(int line, int limit, int worker) {
            Window2d w = g.window();
            int ih = line % g.outH() * w.strideH() - w.padTop();
            int image = xOffset + line / g.outH() * g.inH() * g.inW() * g.channels();
            int first = firstInside;
            int end = first;
            boolean square = w.kH() == w.kW() && (w.kH() == 2 || w.kH() == 3);
            boolean whole = ih >= 0 && ih + w.extentH() <= g.inH();
            boolean many = g.channels() >= WindowTaps.MANY_CHANNELS;
            if (square && (switches == null || whole && !many)) {
                end = inside(image, ih, first, endInside, line, limit, worker);
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
                    MaxTaps.values(window, channels, x, source, y, yOffset + at);
                } else {
                    MaxTaps.winners(window, channels, x, source, y, yOffset + at, switches, at);
                }
            }
        }

        /** Computes outputs of a line whose windows lie between the sides of the image; returns how far it came. */
        private int inside(int image, int ih, int first, int last, int line, int limit, int worker) {
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
                count = Simd.within(x.length, count, row2 + (w.kW() - 1) * right, step);
                int direct = WindowTaps.direct(count, at, channels, limit);
                int pairs = switches == null && 2 * channels <= LANES && WindowTaps.tiles(w) ? direct / 2 : 0;
                if (pairs > 0 && !MaxWindows.fourPairs(pairs, x, row0, row1, channels, y, yOffset + at)) {
                    return first;
                }
                int skipped = 2 * pairs * step;
                int begin = at + 2 * pairs * channels;
                if (!run(
                        direct - 2 * pairs,
                        row0 + skipped,
                        row1 + skipped,
                        row2 + skipped,
                        step,
                        right,
                        y,
                        yOffset + begin,
                        switches,
                        begin)) {
                    return first;
                }
                if (direct < count) {
                    float[] values = workspace.floats(worker, 0, LANES + LANES * channels);
                    int[] numbers = switches == null ? null : winners[worker];
                    int skip = direct * step;
                    if (!run(
                            count - direct,
                            row0 + skip,
                            row1 + skip,
                            row2 + skip,
                            step,
                            right,
                            values,
                            0,
                            numbers,
                            0)) {
                        return first;
                    }
                    int to = at + direct * channels;
                    System.arraycopy(values, 0, y, yOffset + to, (count - direct) * channels);
                    if (switches != null) {
                        System.arraycopy(numbers, 0, switches, to, (count - direct) * channels);
                    }
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
    }
}
