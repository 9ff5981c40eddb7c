package dev.lanes.numerics.geometry;

import dev.lanes.numerics.Shape;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything about a 2-d pooling but its numbers: the size of the image and the window that slides over it.
 *
 * <p><b>Shapes</b>: x {@code [batch, inH, inW, channels]}, y {@code [batch, outH, outW, channels]}. Padding takes no
 * part in a maximum. Every window must see at least one pixel, so padding is smaller than the window's extent.
 * Immutable, safe for any thread.
 *
 * <p>The text form is {@code b1 112x112x64 k3x3 s2 p1 d1}; {@link #parse} reads it.
 */
public record Pool2dGeometry(int batch, int inH, int inW, int channels, Window2d window) {
    private static final Pattern TEXT =
            Pattern.compile("b(?<b>\\d+) (?<h>\\d+)x(?<w>\\d+)x(?<c>\\d+)" + GeometryText.WINDOW);

    /**
     * Checks that the parts fit one another.
     *
     * @throws IllegalArgumentException if a size is below 1 (the batch may be 0), a window does not fit the padded
     *     image or may lie wholly in the padding, or a tensor would not fit one Java array
     */
    public Pool2dGeometry {
        if (batch < 0 || inH < 1 || inW < 1 || channels < 1) {
            throw new IllegalArgumentException("pool2d: batch " + batch + " must not be negative; image " + inH + "x"
                    + inW + "x" + channels + " must be at least 1x1x1");
        }
        if (window.outH(inH) < 1 || window.outW(inW) < 1) {
            throw new IllegalArgumentException(
                    "pool2d: window " + window + " does not fit the image of " + inH + "x" + inW);
        }
        if (seesNothing(inH, window.padTop(), window.dilationH(), window.kH(), window.strideH(), window.outH(inH))
                || seesNothing(
                        inW, window.padLeft(), window.dilationW(), window.kW(), window.strideW(), window.outW(inW))) {
            throw new IllegalArgumentException("pool2d: a position of window " + window + " on the image of " + inH
                    + "x" + inW + " sees nothing but padding");
        }
        Shape.of(batch, inH, inW, channels);
        Shape.of(batch, window.outH(inH), window.outW(inW), channels);
    }

    /** Returns the geometry of a window as large as the image, so that each channel gives one value. */
    public static Pool2dGeometry global(int batch, int inH, int inW, int channels) {
        return new Pool2dGeometry(batch, inH, inW, channels, Window2d.of(Math.max(1, inH), Math.max(1, inW)));
    }

    /** Tells whether some position has no tap inside the image: only the last can, and those that begin before it. */
    private static boolean seesNothing(int in, int padBefore, int dilation, int k, int stride, int out) {
        long last = (out - 1L) * stride - padBefore;
        for (long first = -padBefore; first <= Math.min(last, -1); first += stride) {
            long skipped = Math.ceilDiv(-first, dilation);
            if (skipped >= k || first + skipped * dilation >= in) {
                return true;
            }
        }
        return last >= in;
    }

    /** Returns the geometry that a text form describes; throws as the constructor does. */
    public static Pool2dGeometry parse(String text) {
        Matcher m = GeometryText.match(TEXT, text, "b1 112x112x64 k3x3 s2 p1 d1");
        return new Pool2dGeometry(
                GeometryText.number(m, "b"),
                GeometryText.number(m, "h"),
                GeometryText.number(m, "w"),
                GeometryText.number(m, "c"),
                GeometryText.window(m));
    }

    /** Returns this geometry for another number of images. */
    public Pool2dGeometry withBatch(int newBatch) {
        return new Pool2dGeometry(newBatch, inH, inW, channels, window);
    }

    /** Returns the height of the output. */
    public int outH() {
        return window.outH(inH);
    }

    /** Returns the width of the output. */
    public int outW() {
        return window.outW(inW);
    }

    /** Returns {@code [batch, inH, inW, channels]}. */
    public Shape inputShape() {
        return Shape.of(batch, inH, inW, channels);
    }

    /** Returns {@code [batch, outH, outW, channels]}. */
    public Shape outputShape() {
        return Shape.of(batch, outH(), outW(), channels);
    }

    /** Returns the operations of one pass, one per tap, padding counted as work. */
    public long flops() {
        return (long) batch * outH() * outW() * channels * window.kH() * window.kW();
    }

    /** Returns the bytes of input and output together. */
    public long bytes() {
        return 4L * (inputShape().elements() + (long) outputShape().elements());
    }

    /** Returns the text form, as in {@code b1 112x112x64 k3x3 s2 p1 d1}. */
    @Override
    public String toString() {
        return "b" + batch + " " + inH + "x" + inW + "x" + channels + " " + window;
    }
}
