package dev.lanes.numerics.kernels.vector;

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
     * @param xAt index of the image's first pixel
     * @param out receives {@code [height][width][inC]}
     */
    static void copy(Conv2dGeometry g, float[] x, int xAt, int firstLine, int lines, float[] out, int outAt) {
        Window2d w = g.window();
        int channels = g.inC();
        int line = width(g) * channels;
        int left = Math.min(w.padLeft() * channels, line);
        int inside = Math.clamp((long) g.inW() * channels, 0, line - left);
        for (int h = 0; h < height(g, lines); h++) {
            int ih = firstLine * w.strideH() + h - w.padTop();
            int at = outAt + h * line;
            if (ih < 0 || ih >= g.inH()) {
                Arrays.fill(out, at, at + line, 0f);
            } else {
                Arrays.fill(out, at, at + left, 0f);
                System.arraycopy(x, xAt + ih * g.inW() * channels, out, at + left, inside);
                Arrays.fill(out, at + left + inside, at + line, 0f);
            }
        }
    }
}
