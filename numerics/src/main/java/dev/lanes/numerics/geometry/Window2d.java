package dev.lanes.numerics.geometry;

/**
 * The window that slides over an image in convolution and pooling: its size, stride, zero padding on each side, and
 * dilation. The same record serves {@link Conv2dGeometry} and {@link Pool2dGeometry}.
 *
 * <p>For an image of extent {@code in} along one axis the number of positions is {@code out = floor((in + padBefore +
 * padAfter - ((k - 1) * dilation + 1)) / stride) + 1}.
 *
 * <p>Text form: {@code k3x3 s1 p1 d1}. Two numbers are height and width ({@code s2x1}); padding with four numbers is
 * top, bottom, left and right ({@code p0,1,0,1}). Immutable, safe for any thread.
 */
public record Window2d(
        int kH,
        int kW,
        int strideH,
        int strideW,
        int padTop,
        int padBottom,
        int padLeft,
        int padRight,
        int dilationH,
        int dilationW) {

    /**
     * Checks every value once, so that nothing behind it has to.
     *
     * @throws IllegalArgumentException if a size, stride or dilation is below 1 or a padding below 0
     */
    public Window2d {
        if (kH < 1 || kW < 1 || strideH < 1 || strideW < 1 || dilationH < 1 || dilationW < 1) {
            throw new IllegalArgumentException("window: size " + kH + "x" + kW + ", stride " + strideH + "x" + strideW
                    + " and dilation " + dilationH + "x" + dilationW + " must be at least 1");
        }
        if (padTop < 0 || padBottom < 0 || padLeft < 0 || padRight < 0) {
            throw new IllegalArgumentException("window: padding " + padTop + "," + padBottom + "," + padLeft + ","
                    + padRight + " (top, bottom, left, right) must not be negative");
        }
        if ((kH - 1L) * dilationH >= Integer.MAX_VALUE || (kW - 1L) * dilationW >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException("window: size " + kH + "x" + kW + " with dilation " + dilationH + "x"
                    + dilationW + " is larger than any image");
        }
    }

    /** Returns a window of the given size with stride 1, no padding and no dilation. */
    public static Window2d of(int kH, int kW) {
        return new Window2d(kH, kW, 1, 1, 0, 0, 0, 0, 1, 1);
    }

    /** Returns this window with another stride. */
    public Window2d stride(int height, int width) {
        return new Window2d(kH, kW, height, width, padTop, padBottom, padLeft, padRight, dilationH, dilationW);
    }

    /** Returns this window with another stride, the same along both axes. */
    public Window2d stride(int both) {
        return stride(both, both);
    }

    /** Returns this window with other padding. */
    public Window2d padding(int top, int bottom, int left, int right) {
        return new Window2d(kH, kW, strideH, strideW, top, bottom, left, right, dilationH, dilationW);
    }

    /** Returns this window with the same padding on all four sides. */
    public Window2d padding(int all) {
        return padding(all, all, all, all);
    }

    /** Returns this window with another dilation. */
    public Window2d dilation(int height, int width) {
        return new Window2d(kH, kW, strideH, strideW, padTop, padBottom, padLeft, padRight, height, width);
    }

    /** Returns this window with another dilation, the same along both axes. */
    public Window2d dilation(int both) {
        return dilation(both, both);
    }

    /**
     * Returns this window with the padding that makes {@code out = ceil(in / stride)}; where the padding is odd the
     * extra row and column stand below and to the right, as in TensorFlow and ONNX {@code SAME_UPPER}.
     */
    public Window2d samePadding(int inH, int inW) {
        int h = same(inH, extentH(), strideH);
        int w = same(inW, extentW(), strideW);
        return padding(h / 2, h - h / 2, w / 2, w - w / 2);
    }

    private static int same(int in, int extent, int stride) {
        int out = Math.ceilDiv(in, stride);
        return Math.max(0, (out - 1) * stride + extent - in);
    }

    /** Returns the number of image rows that the window spans, holes of the dilation included. */
    public int extentH() {
        return (kH - 1) * dilationH + 1;
    }

    /** Returns the number of image columns that the window spans, holes of the dilation included. */
    public int extentW() {
        return (kW - 1) * dilationW + 1;
    }

    /** Returns the number of positions along an image of {@code inH} rows; below 1 where the window does not fit. */
    public int outH(int inH) {
        return positions(inH, padTop, padBottom, extentH(), strideH);
    }

    /** Returns the number of positions along an image of {@code inW} columns; below 1 where the window does not fit. */
    public int outW(int inW) {
        return positions(inW, padLeft, padRight, extentW(), strideW);
    }

    private static int positions(int in, int padBefore, int padAfter, int extent, int stride) {
        long room = (long) in + padBefore + padAfter - extent;
        return room < 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, room / stride + 1);
    }

    /** Returns true if the window covers one pixel, moves by one and pads nothing: a matrix product in disguise. */
    public boolean isPointwise() {
        return kH == 1
                && kW == 1
                && strideH == 1
                && strideW == 1
                && padTop == 0
                && padBottom == 0
                && padLeft == 0
                && padRight == 0;
    }

    /** Returns the text form, as in {@code k3x3 s2 p1 d1}. */
    @Override
    public String toString() {
        String padding = padTop == padBottom && padLeft == padRight
                ? "p" + GeometryText.pair(padTop, padLeft)
                : "p" + padTop + "," + padBottom + "," + padLeft + "," + padRight;
        return "k" + kH + "x" + kW + " s" + GeometryText.pair(strideH, strideW) + " " + padding + " d"
                + GeometryText.pair(dilationH, dilationW);
    }
}
