package dev.lanes.numerics.kernels.vector.conv;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;

/** Two lines of outputs of a depthwise convolution under a 3x3 window, and all that they are made of; one worker's. */
final class DepthwisePair {
    /** The lines of pixels that the first line sees, from above, then those that the second sees. */
    final float[][] x = new float[6][];
    /** Where in its array each line of pixels begins. */
    final int[] at = new int[6];

    int channels;
    float[] w;
    int tap;
    /** What the sums begin at: one value a channel. */
    float[] start;

    int startAt;
    float[] y0;
    int to0;
    float[] y1;
    int to1;

    /**
     * Finds the lines of pixels under two lines of outputs.
     *
     * @param image where the image begins
     * @param oh the first of the two
     * @param zeros a line that stands for those outside the image
     */
    void place(Conv2dGeometry g, float[] pixels, int image, int oh, float[] zeros) {
        Window2d window = g.window();
        for (int i = 0; i < 6; i++) {
            int ih = (oh + i / 3) * window.strideH() + i % 3 - window.padTop();
            boolean inside = ih >= 0 && ih < g.inH();
            x[i] = inside ? pixels : zeros;
            at[i] = inside ? image + ih * g.inW() * g.inC() : 0;
        }
    }

    /** Forgets the arrays. */
    void clear() {
        for (int i = 0; i < 6; i++) {
            x[i] = null;
        }
        w = null;
        start = null;
        y0 = null;
        y1 = null;
    }
}
