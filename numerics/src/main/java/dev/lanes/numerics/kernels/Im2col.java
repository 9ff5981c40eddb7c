package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import java.util.Arrays;

/**
 * Lays the pixels under a window out as rows: row {@code (oh, ow)}, column {@code (kh * kW + kw) * inC/groups + ci}.
 * Pixels outside the image are zero, so the halo is handled here and nowhere else, without a copy of the image.
 *
 * <p>With it a convolution is a product of matrices: the rows times the weights, which lie as {@code [kH * kW *
 * inC/groups, outC]} already. Unchecked, as kernels are; for any thread.
 */
public final class Im2col {
    private Im2col() {}

    /**
     * Writes a slice of the columns of some rows of one image and one group.
     *
     * @param xAt index of the image's first pixel
     * @param firstRow the first row, {@code oh * outW + ow}
     * @param k0 the first column
     * @param kc the number of columns, which is also the distance between rows of the output
     */
    public static void rows(
            Conv2dGeometry g,
            int group,
            float[] x,
            int xAt,
            int firstRow,
            int rows,
            int k0,
            int kc,
            float[] out,
            int outAt) {
        int outW = g.outW();
        for (int r = 0; r < rows; r++) {
            int oh = (firstRow + r) / outW;
            int ow = (firstRow + r) % outW;
            row(g, group, x, xAt, oh, ow, k0, k0 + kc, out, outAt + r * kc);
        }
    }

    private static void row(
            Conv2dGeometry g, int group, float[] x, int xAt, int oh, int ow, int from, int to, float[] out, int outAt) {
        Window2d window = g.window();
        int depth = g.inCPerGroup();
        int run = window.kW() * depth; // columns of one row of the window
        int iw0 = ow * window.strideW() - window.padLeft();
        boolean dense = g.groups() == 1 && window.dilationW() == 1;
        for (int kh = from / run; kh * run < to; kh++) {
            int ih = oh * window.strideH() + kh * window.dilationH() - window.padTop();
            int begin = Math.max(from, kh * run);
            int end = Math.min(to, (kh + 1) * run);
            int at = outAt + begin - from;
            if (ih < 0 || ih >= g.inH()) {
                Arrays.fill(out, at, at + end - begin, 0f);
            } else if (dense) {
                // The row of the window is one stretch of memory, cut at the image's edges.
                int line = xAt + ih * g.inW() * depth;
                int first = iw0 * depth + begin - kh * run;
                stretch(x, line, g.inW() * depth, first, end - begin, out, at);
            } else {
                taps(
                        g,
                        x,
                        xAt + ih * g.inW() * g.inC() + group * depth,
                        iw0,
                        begin - kh * run,
                        end - kh * run,
                        out,
                        at);
            }
        }
    }

    /** Copies {@code length} values from {@code first} of a line that has {@code extent}; what lies outside is zero. */
    private static void stretch(float[] x, int line, int extent, int first, int length, float[] out, int outAt) {
        int inside = Math.clamp(-(long) first, 0, length);
        int past = Math.clamp((long) extent - first, inside, length);
        for (int i = 0; i < inside; i++) {
            out[outAt + i] = 0f;
        }
        for (int i = inside; i < past; i++) {
            out[outAt + i] = x[line + first + i];
        }
        for (int i = past; i < length; i++) {
            out[outAt + i] = 0f;
        }
    }

    /** Writes the columns {@code from} to {@code to} of one row of the window, tap by tap. */
    private static void taps(Conv2dGeometry g, float[] x, int line, int iw0, int from, int to, float[] out, int outAt) {
        int depth = g.inCPerGroup();
        for (int kw = from / depth; kw * depth < to; kw++) {
            int iw = iw0 + kw * g.window().dilationW();
            int begin = Math.max(from, kw * depth);
            int end = Math.min(to, (kw + 1) * depth);
            int at = outAt + begin - from;
            if (iw < 0 || iw >= g.inW()) {
                Arrays.fill(out, at, at + end - begin, 0f);
            } else {
                System.arraycopy(x, line + iw * g.inC() + begin - kw * depth, out, at, end - begin);
            }
        }
    }

    /**
     * Adds some rows back to the pixels of the image that they were made of, the transpose of {@link #rows}: what lay
     * outside the image is dropped.
     *
     * @param columns rows of all {@code kH * kW * inC/groups} columns, the first being {@code firstRow}
     * @param xAt index of the image's first pixel
     */
    public static void addBack(
            Conv2dGeometry g, int group, float[] columns, int columnsAt, int firstRow, int rows, float[] x, int xAt) {
        Window2d window = g.window();
        int depth = g.inCPerGroup();
        int from = columnsAt;
        for (int r = 0; r < rows; r++) {
            int oh = (firstRow + r) / g.outW();
            int ow = (firstRow + r) % g.outW();
            for (int kh = 0; kh < window.kH(); kh++) {
                int ih = oh * window.strideH() + kh * window.dilationH() - window.padTop();
                for (int kw = 0; kw < window.kW(); kw++, from += depth) {
                    int iw = ow * window.strideW() + kw * window.dilationW() - window.padLeft();
                    if (ih >= 0 && ih < g.inH() && iw >= 0 && iw < g.inW()) {
                        int to = xAt + (ih * g.inW() + iw) * g.inC() + group * depth;
                        for (int ci = 0; ci < depth; ci++) {
                            x[to + ci] += columns[from + ci];
                        }
                    }
                }
            }
        }
    }
}
