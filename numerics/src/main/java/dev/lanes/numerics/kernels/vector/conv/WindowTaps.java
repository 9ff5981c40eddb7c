package dev.lanes.numerics.kernels.vector.conv;

import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;

/**
 * The taps of a pooling window that lie inside the image, as one list of distances from the window's first pixel, so that
 * the inner loops are single loops for windows of every form. Most positions see the same list; it is made anew only
 * where it differs from that of the position before. One worker's.
 */
public final class WindowTaps {
    /** Channels from which on an image is better read pixel by pixel than for one vector of channels at a time. */
    public static final int MANY_CHANNELS = 64;

    /** Taps of a chunk of work: some microseconds. */
    private static final int CHUNK = 1 << 15;

    /** Distance in x from where the window begins, which may lie outside the image, to each tap. */
    public int[] distances = new int[0];
    /** {@code kh * kW + kw} of each tap. */
    public int[] numbers = new int[0];

    public int count;

    private Pool2dGeometry geometry;
    private int fromH;
    private int toH;
    private int fromW;
    private int toW;

    /** Returns one list for each worker: those that there are, or, where these are too few or none, new ones. */
    public static WindowTaps[] atLeast(WindowTaps[] lists, int workers) {
        if (lists != null && lists.length >= workers) {
            return lists;
        }
        WindowTaps[] more = new WindowTaps[workers];
        for (int worker = 0; worker < workers; worker++) {
            more[worker] = new WindowTaps();
        }
        return more;
    }

    /** Makes the list for the window that begins at {@code (ih, iw)}. */
    public void place(Pool2dGeometry g, int ih, int iw) {
        Window2d w = g.window();
        int top = first(ih, w.dilationH());
        int bottom = last(ih, w.dilationH(), g.inH(), w.kH());
        int left = first(iw, w.dilationW());
        int right = last(iw, w.dilationW(), g.inW(), w.kW());
        if (geometry != g || top != fromH || bottom != toH || left != fromW || right != toW) {
            geometry = g;
            fromH = top;
            toH = bottom;
            fromW = left;
            toW = right;
            list();
        }
    }

    private void list() {
        Window2d w = geometry.window();
        int channels = geometry.channels();
        count = (toH - fromH) * (toW - fromW);
        if (distances.length < count) {
            distances = new int[count];
            numbers = new int[count];
        }
        int next = 0;
        for (int kh = fromH; kh < toH; kh++) {
            for (int kw = fromW; kw < toW; kw++) {
                distances[next] = (kh * w.dilationH() * geometry.inW() + kw * w.dilationW()) * channels;
                numbers[next++] = kh * w.kW() + kw;
            }
        }
    }

    /** Returns the first tap inside the image of a window that begins at {@code start}. */
    public static int first(int start, int dilation) {
        return start >= 0 ? 0 : Math.ceilDiv(-start, dilation);
    }

    /** Returns the tap behind the last inside the image of a window that begins at {@code start}. */
    public static int last(int start, int dilation, int extent, int k) {
        return Math.min(k, Math.ceilDiv(extent - start, dilation));
    }

    /** Returns the first output of a line whose window lies between the sides of the image. */
    public static int firstInside(Pool2dGeometry g) {
        return Math.min(g.outW(), Math.ceilDiv(g.window().padLeft(), g.window().strideW()));
    }

    /** Returns the output behind the last of a line whose window lies between the sides of the image. */
    public static int endInside(Pool2dGeometry g) {
        int last = g.inW() + g.window().padLeft() - g.window().extentW();
        return Math.clamp(last < 0 ? 0 : last / g.window().strideW() + 1, firstInside(g), g.outW());
    }

    /** Tells whether windows of 2x2 pixels lie beside one another without gaps or overlap. */
    public static boolean tiles(Window2d w) {
        return w.kH() == 2 && w.kW() == 2 && w.strideW() == 2 && w.dilationW() == 1;
    }

    /**
     * Returns how many of {@code count} outputs of fewer channels than a vector has lanes can be stored as whole vectors
     * one after the other, each overwriting what the one before stored behind its channels.
     *
     * @param limit where the outputs end that are computed after these and by the same thread
     */
    public static int direct(int count, int at, int channels, int limit) {
        int room = limit - LANES - at;
        return (count - 1) * channels <= room ? count : room < 0 ? 0 : room / channels + 1;
    }

    /** Returns how many lines of outputs make a chunk of work. */
    public static int linesOfChunk(Pool2dGeometry g) {
        long line = Math.max(1, g.flops() / Math.max(1, g.batch() * g.outH()));
        return Math.clamp(CHUNK / line, 1, Math.max(1, g.outH()));
    }

    /** Returns the first position whose window reaches the padded pixel {@code at}. */
    public static int firstOver(int at, int extent, int stride) {
        return at < extent ? 0 : (at - extent) / stride + 1;
    }

    /** Returns the position behind the last, of {@code out}, whose window reaches the padded pixel {@code at}. */
    public static int endOver(int at, int stride, int out) {
        return Math.min(out, at / stride + 1);
    }
}
