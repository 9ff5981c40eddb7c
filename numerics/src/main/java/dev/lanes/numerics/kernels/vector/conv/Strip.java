package dev.lanes.numerics.kernels.vector.conv;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import java.util.Arrays;

/**
 * The lines of an image that some lines of output see, with their halo of zeros: a copy that fits the second-level cache
 * and lets the inner loops run without a look at the image's edges. The image as a whole is never copied.
 */
final class Strip {
    private Strip() {}

    /** Tells whether windows reach over an edge, so that a strip is needed. */
    static boolean needed(Window2d w) {
        return w.padTop() > 0 || w.padBottom() > 0 || w.padLeft() > 0 || w.padRight() > 0;
    }

    /** Returns the pixels of a line: as many as the windows of one line of output see. */
    static int width(Conv2dGeometry g) {
        return (g.outW() - 1) * g.window().strideW() + g.window().extentW();
    }

    /** Returns the lines that {@code lines} lines of output see. */
    static int height(Conv2dGeometry g, int lines) {
        return (lines - 1) * g.window().strideH() + g.window().extentH();
    }

    /**
     * Copies what the output lines {@code firstLine} to {@code firstLine + lines} of one image see.
     *
     * @param channels the channels of every pixel that are copied, from that at {@code xAt} on
     * @param xAt index of the image's first pixel, at the first of these channels
     * @param pitch distance between the pixels of the copy; what lies between them is not written
     * @param out receives {@code [height][width][pitch]}
     */
    static void copy(
            Conv2dGeometry g,
            int channels,
            float[] x,
            int xAt,
            int firstLine,
            int lines,
            int pitch,
            float[] out,
            int outAt) {
        Window2d w = g.window();
        int width = width(g);
        int left = Math.min(w.padLeft(), width);
        int inside = Math.clamp(g.inW(), 0, width - left);
        for (int h = 0; h < height(g, lines); h++) {
            int ih = firstLine * w.strideH() + h - w.padTop();
            int at = outAt + h * width * pitch;
            int end = at + width * pitch;
            if (ih < 0 || ih >= g.inH()) {
                Arrays.fill(out, at, end, 0f);
            } else {
                Arrays.fill(out, at, at + left * pitch, 0f);
                int line = xAt + ih * g.inW() * g.inC();
                pixels(x, line, inside, g.inC(), channels, out, at + left * pitch, pitch);
                Arrays.fill(out, at + (left + inside) * pitch, end, 0f);
            }
        }
    }

    private static void pixels(
            float[] x, int from, int count, int distance, int channels, float[] out, int to, int pitch) {
        if (pitch == distance) {
            System.arraycopy(x, from, out, to, count * channels);
        } else {
            for (int i = 0; i < count; i++) {
                System.arraycopy(x, from + i * distance, out, to + i * pitch, channels);
            }
        }
    }
}
