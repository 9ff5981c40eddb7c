package dev.lanes.numerics.geometry;

import dev.lanes.numerics.Shape;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything about a 2-d convolution but its numbers: sizes of the image and of the window, channels, groups.
 *
 * <p>With {@code g = outC group of channel co} the operation is
 *
 * <pre>{@code
 * y[b, oh, ow, co] = sum over kh, kw, ci of
 *     x[b, oh * strideH + kh * dilationH - padTop, ow * strideW + kw * dilationW - padLeft, g * inC/groups + ci]
 *     * w[kh, kw, ci, co]          (pixels outside the image count as zero)
 * }</pre>
 *
 * <p><b>Shapes</b>: x {@code [batch, inH, inW, inC]}, w {@code [kH, kW, inC / groups, outC]}, y {@code [batch, outH,
 * outW, outC]}. Depthwise convolution is {@code groups == inC}. Everything is checked here once; whoever holds a
 * geometry need not check again. Immutable, safe for any thread.
 *
 * <p>The text form {@code b1 56x56x64 -> 64 k3x3 s1 p1 d1 g1} (batch, height x width x channels, output channels,
 * window, stride, padding, dilation, groups) is what errors, tests and benchmarks print, and {@link #parse} reads it.
 */
public record Conv2dGeometry(int batch, int inH, int inW, int inC, int outC, int groups, Window2d window) {
    /** Fewer parts of a gradient by the weights would leave threads idle that could share the weights instead. */
    private static final int LEAST_PARTS = 8;
    /** More parts cost memory. */
    private static final int MOST_PARTS = 16;

    /** Gradients of more weights are work enough for all threads as they are. */
    private static final int FEW_WEIGHTS = 1 << 15;

    /** Products that a part sums for each weight, at least: adding the parts up costs about a hundredth of them. */
    private static final int PIXELS_OF_A_PART = 256;

    private static final Pattern TEXT = Pattern.compile(
            "b(?<b>\\d+) (?<h>\\d+)x(?<w>\\d+)x(?<c>\\d+) -> (?<o>\\d+)" + GeometryText.WINDOW + " g(?<g>\\d+)");

    /**
     * Checks that the parts fit one another.
     *
     * @throws IllegalArgumentException if a size is below 1 (the batch may be 0), the groups do not divide the
     *     channels, the window does not fit the padded image, or a tensor would not fit one Java array
     */
    public Conv2dGeometry {
        if (batch < 0 || inH < 1 || inW < 1 || inC < 1 || outC < 1 || groups < 1) {
            throw new IllegalArgumentException("conv2d: batch " + batch + " must not be negative; image " + inH + "x"
                    + inW + "x" + inC + ", output channels " + outC + " and groups " + groups + " must be at least 1");
        }
        if (inC % groups != 0 || outC % groups != 0) {
            throw new IllegalArgumentException("conv2d: " + groups + " groups must divide both " + inC
                    + " input channels and " + outC + " output channels");
        }
        if (window.outH(inH) < 1 || window.outW(inW) < 1) {
            throw new IllegalArgumentException(
                    "conv2d: window " + window + " does not fit the image of " + inH + "x" + inW);
        }
        Shape.of(batch, inH, inW, inC);
        Shape.of(batch, window.outH(inH), window.outW(inW), outC);
        Shape.of(window.kH(), window.kW(), inC / groups, outC);
    }

    /** Returns the geometry of one group over images {@code [batch, inH, inW, inC]}. */
    public static Conv2dGeometry of(int batch, int inH, int inW, int inC, int outC, Window2d window) {
        return new Conv2dGeometry(batch, inH, inW, inC, outC, 1, window);
    }

    /**
     * Returns the geometry of the convolution that a transposed convolution is the transpose of: its output is {@code
     * [batch, inH, inW, inC]}, the transposed one's input, and its input {@code [batch, h, w, outC]}, the transposed
     * one's output, with {@code h = (inH - 1) * strideH - padTop - padBottom + extentH + extraH}.
     *
     * @param inC channels that the transposed convolution takes
     * @param outC channels that it gives
     * @param extraH the output padding: lines that no window begins in, fewer than the stride
     * @param extraW the same for columns
     * @throws IllegalArgumentException if the output padding is negative or not below the stride, or as the constructor
     *     does
     */
    public static Conv2dGeometry transposed(
            int batch, int inH, int inW, int inC, int outC, int groups, Window2d window, int extraH, int extraW) {
        if (extraH < 0 || extraW < 0 || extraH >= window.strideH() || extraW >= window.strideW()) {
            throw new IllegalArgumentException("conv2d.transposed: output padding " + extraH + "x" + extraW
                    + " must be at least 0 and below the stride " + window.strideH() + "x" + window.strideW());
        }
        long h = (inH - 1L) * window.strideH() - window.padTop() - window.padBottom() + window.extentH() + extraH;
        long w = (inW - 1L) * window.strideW() - window.padLeft() - window.padRight() + window.extentW() + extraW;
        if (inH < 1 || inW < 1 || h < 1 || w < 1 || h > Integer.MAX_VALUE || w > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("conv2d.transposed: an image of " + inH + "x" + inW + " and window "
                    + window + " would give an image of " + h + "x" + w);
        }
        return new Conv2dGeometry(batch, (int) h, (int) w, outC, inC, groups, window);
    }

    /**
     * Returns the geometry that a text form describes.
     *
     * @throws IllegalArgumentException if the text is not of the form or what it describes is impossible
     */
    public static Conv2dGeometry parse(String text) {
        Matcher m = GeometryText.match(TEXT, text, "b1 56x56x64 -> 64 k3x3 s1 p1 d1 g1");
        return new Conv2dGeometry(
                GeometryText.number(m, "b"),
                GeometryText.number(m, "h"),
                GeometryText.number(m, "w"),
                GeometryText.number(m, "c"),
                GeometryText.number(m, "o"),
                GeometryText.number(m, "g"),
                GeometryText.window(m));
    }

    /** Returns this geometry for another number of images. */
    public Conv2dGeometry withBatch(int newBatch) {
        return new Conv2dGeometry(newBatch, inH, inW, inC, outC, groups, window);
    }

    /** Returns the height of the output. */
    public int outH() {
        return window.outH(inH);
    }

    /** Returns the width of the output. */
    public int outW() {
        return window.outW(inW);
    }

    /** Returns the input channels that each output channel sees: {@code inC / groups}. */
    public int inCPerGroup() {
        return inC / groups;
    }

    /** Returns the output channels of one group: {@code outC / groups}. */
    public int outCPerGroup() {
        return outC / groups;
    }

    /** Returns {@code [batch, inH, inW, inC]}. */
    public Shape inputShape() {
        return Shape.of(batch, inH, inW, inC);
    }

    /** Returns {@code [kH, kW, inC / groups, outC]}. */
    public Shape weightShape() {
        return Shape.of(window.kH(), window.kW(), inCPerGroup(), outC);
    }

    /** Returns {@code [batch, outH, outW, outC]}. */
    public Shape outputShape() {
        return Shape.of(batch, outH(), outW(), outC);
    }

    /** Returns the number of products that one output element sums: {@code kH * kW * inC / groups}. */
    public int reductionLength() {
        return window.kH() * window.kW() * inCPerGroup();
    }

    /**
     * Returns in how many parts the fast kernels sum the gradient by the weights: each over some images of the batch,
     * {@code (b, oh, ow)} ascending from zero, and then the parts one after the other. More than one, and then at least 8,
     * only where few weights sum many pixels of several images, so that threads can share what would else be one chain.
     */
    public int gradientParts() {
        long pixels = (long) batch * outH() * outW();
        int parts = Math.clamp(pixels / PIXELS_OF_A_PART, 0, Math.min(batch, MOST_PARTS));
        return parts < LEAST_PARTS || reductionLength() * outC > FEW_WEIGHTS ? 1 : parts;
    }

    /** Returns the first image of a part of the gradient by the weights; of the part behind the last, the batch. */
    public int firstImage(int part) {
        return (int) ((long) part * batch / gradientParts());
    }

    /** Returns the floating-point operations of one pass, a multiply-add counted as two, padding counted as work. */
    public long flops() {
        return 2L * batch * outH() * outW() * outC * reductionLength();
    }

    /** Returns the bytes of input, weights and output together: what a perfect cache would move. */
    public long bytes() {
        return 4L
                * (inputShape().elements()
                        + (long) weightShape().elements()
                        + outputShape().elements());
    }

    /** Returns the text form, as in {@code b1 56x56x64 -> 64 k3x3 s1 p1 d1 g1}. */
    @Override
    public String toString() {
        return "b" + batch + " " + inH + "x" + inW + "x" + inC + " -> " + outC + " " + window + " g" + groups;
    }
}
