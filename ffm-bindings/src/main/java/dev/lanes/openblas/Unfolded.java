package dev.lanes.openblas;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.Im2col;

/**
 * A convolution's images as the left operand of a matrix product: one row for each output pixel of the whole batch, one
 * column for each weight of an output channel. A window of one pixel needs no copy, the images are that matrix already.
 */
final class Unfolded {
    /** Values of a block of rows: 512 KiB, half of a second-level cache. */
    private static final int BLOCK = 1 << 17;

    private Unfolded() {}

    /** Tells whether the kernels here take a geometry: not where a group has so few channels that calls dominate. */
    static boolean supports(Conv2dGeometry g) {
        boolean wide = g.groups() == 1 || g.outCPerGroup() >= 8 && g.inCPerGroup() >= 8;
        return wide && g.reductionLength() <= 1 << 23; // the least block of rows must fit an array
    }

    /** Tells whether the images are the matrix; its rows are then {@code inC} apart. */
    static boolean isImage(Conv2dGeometry g) {
        Window2d w = g.window();
        return w.kH() == 1
                && w.kW() == 1
                && w.strideH() == 1
                && w.strideW() == 1
                && w.padTop() + w.padBottom() + w.padLeft() + w.padRight() == 0;
    }

    /** Returns the number of rows: the output pixels of the batch. */
    static int rows(Conv2dGeometry g) {
        return g.batch() * g.outH() * g.outW();
    }

    /** Returns how many rows of so many columns make a block: what the cache holds, but enough for a good product. */
    static int blockRows(int columns) {
        return Math.clamp(BLOCK / columns, 128, 512);
    }

    /** Writes a slice of the columns of some rows, as {@link Im2col#rows} does, but across images. */
    static void rows(
            Conv2dGeometry g, int group, float[] x, int xOffset, int firstRow, int rows, int k0, int kc, float[] out) {
        int pixels = g.outH() * g.outW();
        int done = 0;
        while (done < rows) {
            int image = (firstRow + done) / pixels;
            int pixel = (firstRow + done) % pixels;
            int count = Math.min(rows - done, pixels - pixel);
            int at = xOffset + image * g.inH() * g.inW() * g.inC();
            Im2col.rows(g, group, x, at, pixel, count, k0, kc, out, done * kc);
            done += count;
        }
    }
}
