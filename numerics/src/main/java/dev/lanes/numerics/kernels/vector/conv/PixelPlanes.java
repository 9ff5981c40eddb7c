package dev.lanes.numerics.kernels.vector.conv;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.vector.gemm.Transpose;
import java.util.Arrays;

/**
 * Some lines of an image as planes of one channel each, with their halo of zeros, in which the pixels that one tap of the
 * window sees under neighbouring outputs are neighbours: with a stride, every strideH-th line and strideW-th column of a
 * channel are a plane of their own.
 *
 * <pre>
 *   stride 2     a b c d e f            plane 0,0   a c e     plane 0,1   b d f
 *                g h i j k l                        m o q                 n p r
 *                m n o p q r            plane 1,0   g i k     plane 1,1   h j l
 * </pre>
 *
 * <p>The lines of a plane lie behind one another, {@link #pitch} apart. So output {@code i = oh * pitch + ow} sees a tap at
 * {@code taps[tap] + i}, whichever its line; between the lines lie results that mean nothing. Planes can also be made
 * without these: then each column of the window has planes of its own, and a line is as long as one of output.
 *
 * <p>Kept by the job that uses it; threads only read it.
 */
final class PixelPlanes {
    private Conv2dGeometry g;
    /** Lines of output that there is room for. */
    private int lines;

    private boolean gapless;
    /** Planes for each phase of the lines and each channel. */
    private int columns;

    private int pitch;
    /** The length of a plane. */
    private int size;

    private int[] taps = {};

    /** Prepares for some lines of output of images of a geometry. */
    void prepare(Conv2dGeometry geometry, int linesOfOutput, boolean withoutGaps) {
        g = geometry;
        lines = linesOfOutput;
        gapless = withoutGaps;
        Window2d w = g.window();
        columns = gapless ? w.kW() : w.strideW();
        pitch = gapless ? g.outW() : g.outW() + (w.extentW() - 1) / w.strideW();
        size = (lines + (w.extentH() - 1) / w.strideH()) * pitch;
        if (taps.length < g.reductionLength()) {
            taps = new int[g.reductionLength()];
        }
        int p = 0;
        for (int kh = 0; kh < w.kH(); kh++) {
            int down = kh * w.dilationH();
            for (int kw = 0; kw < w.kW(); kw++) {
                int right = kw * w.dilationW();
                int plane = down % w.strideH() * columns + (gapless ? kw : right % w.strideW());
                int at = down / w.strideH() * pitch + (gapless ? 0 : right / w.strideW());
                for (int ci = 0; ci < g.inC(); ci++) {
                    taps[p++] = (plane * g.inC() + ci) * size + at;
                }
            }
        }
    }

    /** Returns the distance between the lines of a plane. */
    int pitch() {
        return pitch;
    }

    /** Returns the length of all planes. */
    int length() {
        return size * g.window().strideH() * columns * g.inC();
    }

    /** Returns where each tap {@code (kh, kw, ci)} of the first output lies. */
    int[] taps() {
        return taps;
    }

    /**
     * Copies what the output lines from {@code firstLine} on of one image see.
     *
     * @param xAt index of the image's first pixel
     */
    void copy(float[] x, int xAt, int firstLine, float[] out, int outAt) {
        Window2d w = g.window();
        for (int down = 0; down < w.strideH(); down++) {
            for (int at = 0; at < size; at += pitch) {
                int ih = (firstLine + at / pitch) * w.strideH() + down - w.padTop();
                for (int column = 0; column < columns; column++) {
                    int to = outAt + (down * columns + column) * g.inC() * size + at;
                    if (ih < 0 || ih >= g.inH()) {
                        clear(pitch, out, to);
                    } else {
                        int right = gapless ? column * w.dilationW() : column;
                        line(x, xAt + ih * g.inW() * g.inC(), right, out, to);
                    }
                }
            }
        }
    }

    /** Puts the pixels of one line, from {@code right} on every strideW-th, apart into their planes. */
    private void line(float[] x, int xAt, int right, float[] out, int to) {
        Window2d w = g.window();
        int left = Math.clamp(Math.ceilDiv(w.padLeft() - right, w.strideW()), 0, pitch);
        int end = Math.clamp(Math.ceilDiv(g.inW() + w.padLeft() - right, w.strideW()), left, pitch);
        int from = xAt + (left * w.strideW() + right - w.padLeft()) * g.inC();
        int step = w.strideW() * g.inC();
        clear(left, out, to);
        if (step == 1) {
            System.arraycopy(x, from, out, to + left, end - left);
        } else {
            Transpose.run(end - left, g.inC(), 1f, x, from, step, out, to + left, size);
        }
        clear(pitch - end, out, to + end);
    }

    private void clear(int count, float[] out, int to) {
        if (count > 0) {
            for (int ci = 0; ci < g.inC(); ci++) {
                Arrays.fill(out, to + ci * size, to + ci * size + count, 0f);
            }
        }
    }
}
