package dev.lanes.numerics.kernels.vector;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
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
 * {@code taps[tap] + i}, whichever its line; between the lines lie results that mean nothing.
 */
final class PixelPlanes {
    private PixelPlanes() {}

    /** Returns the distance between the lines of a plane: the outputs of a line, and what the last sees besides. */
    static int pitch(Conv2dGeometry g) {
        Window2d w = g.window();
        return g.outW() + (w.extentW() - 1) / w.strideW();
    }

    /** Returns the length of a plane that some lines of output see. */
    private static int size(Conv2dGeometry g, int lines) {
        Window2d w = g.window();
        return (lines + (w.extentH() - 1) / w.strideH()) * pitch(g);
    }

    /** Returns the length of all planes. */
    static int length(Conv2dGeometry g, int lines) {
        return size(g, lines) * g.window().strideH() * g.window().strideW() * g.inC();
    }

    /** Writes where each tap {@code (kh, kw, ci)} of the first output lies in planes for {@code lines} lines. */
    static void taps(Conv2dGeometry g, int lines, int[] taps) {
        Window2d w = g.window();
        int size = size(g, lines);
        int pitch = pitch(g);
        int p = 0;
        for (int kh = 0; kh < w.kH(); kh++) {
            int down = kh * w.dilationH();
            for (int kw = 0; kw < w.kW(); kw++) {
                int right = kw * w.dilationW();
                int phase = down % w.strideH() * w.strideW() + right % w.strideW();
                int at = down / w.strideH() * pitch + right / w.strideW();
                for (int ci = 0; ci < g.inC(); ci++) {
                    taps[p++] = (phase * g.inC() + ci) * size + at;
                }
            }
        }
    }

    /**
     * Copies what the output lines from {@code firstLine} on of one image see.
     *
     * @param xAt index of the image's first pixel
     * @param lines lines of output that the planes have room for; those behind the image's end are zeros
     */
    static void copy(Conv2dGeometry g, float[] x, int xAt, int firstLine, int lines, float[] out) {
        Window2d w = g.window();
        int pitch = pitch(g);
        int size = size(g, lines);
        for (int down = 0; down < w.strideH(); down++) {
            for (int at = 0; at < size; at += pitch) {
                int ih = (firstLine + at / pitch) * w.strideH() + down - w.padTop();
                for (int right = 0; right < w.strideW(); right++) {
                    int to = (down * w.strideW() + right) * g.inC() * size + at;
                    if (ih < 0 || ih >= g.inH()) {
                        clear(g.inC(), pitch, out, to, size);
                    } else {
                        line(g, x, xAt + ih * g.inW() * g.inC(), right, pitch, out, to, size);
                    }
                }
            }
        }
    }

    /** Puts the pixels of one line, every strideW-th, apart into their planes. */
    private static void line(
            Conv2dGeometry g, float[] x, int xAt, int right, int pitch, float[] out, int to, int size) {
        Window2d w = g.window();
        int left = Math.clamp(Math.ceilDiv(w.padLeft() - right, w.strideW()), 0, pitch);
        int end = Math.clamp(Math.ceilDiv(g.inW() + w.padLeft() - right, w.strideW()), left, pitch);
        int from = xAt + (left * w.strideW() + right - w.padLeft()) * g.inC();
        int step = w.strideW() * g.inC();
        clear(g.inC(), left, out, to, size);
        if (step == 1) {
            System.arraycopy(x, from, out, to + left, end - left);
        } else {
            Transpose.run(end - left, g.inC(), 1f, x, from, step, out, to + left, size);
        }
        clear(g.inC(), pitch - end, out, to + end, size);
    }

    private static void clear(int channels, int count, float[] out, int to, int size) {
        if (count > 0) {
            for (int ci = 0; ci < channels; ci++) {
                Arrays.fill(out, to + ci * size, to + ci * size + count, 0f);
            }
        }
    }
}
