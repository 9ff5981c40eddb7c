package dev.lanes.numerics.kernels.vector.conv;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Planes of a convolution with lanes along the output channels: of the lines that some outputs see, pixel behind pixel,
 * one vector for each input channel of a group, which holds in every lane what the lane's group has there; with a halo of
 * zeros. In a depthwise convolution that is a vector of the image's channels.
 */
final class DepthwisePlanes {
    /** Pixels of a plane: 64 KiB of the widest vectors. */
    private static final int PIXELS = 1024;

    private DepthwisePlanes() {}

    /** Returns how many lines of output a plane is made for. */
    static int lines(Conv2dGeometry g) {
        int fitting = PIXELS / (Strip.width(g) * g.inCPerGroup()) - g.window().extentH();
        return Math.clamp(fitting / g.window().strideH() + 1, 1, g.outH());
    }

    /** Clears what lies outside the image; the copies of every vector leave it so. */
    static void clearHalo(Conv2dGeometry g, int first, int count, float[] strip, int plane) {
        Window2d window = g.window();
        int width = Strip.width(g);
        int pixel = g.inCPerGroup() * LANES;
        int line = width * pixel;
        int left = Math.min(window.padLeft(), width);
        int right = left + Math.clamp(g.inW(), 0, width - left);
        for (int h = 0; h < Strip.height(g, count); h++) {
            int ih = first * window.strideH() + h - window.padTop();
            boolean outside = ih < 0 || ih >= g.inH();
            int at = plane + h * line;
            Arrays.fill(strip, at, at + (outside ? line : left * pixel), 0f);
            Arrays.fill(strip, at + right * pixel, at + line, 0f);
        }
    }

    /** Copies a vector of channels of the lines that some outputs see, or two if the second has a plane. */
    static void copy(
            Conv2dGeometry g, float[] x, int image, int first, int count, int channel, float[] strip, int plane) {
        Window2d window = g.window();
        int width = Strip.width(g);
        int left = Math.min(window.padLeft(), width);
        int inside = Math.clamp(g.inW(), 0, width - left);
        for (int h = 0; h < Strip.height(g, count); h++) {
            int ih = first * window.strideH() + h - window.padTop();
            if (ih >= 0 && ih < g.inH()) {
                int from = image + ih * g.inW() * g.inC();
                int to = (h * width + left) * g.inCPerGroup() * LANES;
                if (g.outC() != g.groups() || g.inC() != g.groups() || g.outC() < LANES) {
                    singles(g, inside, x, from, channel, strip, to);
                    if (plane != 0) {
                        singles(g, inside, x, from, channel + LANES, strip, plane + to);
                    }
                } else if (plane != 0) {
                    pairs(inside, x, from + channel, g.inC(), strip, to, plane + to);
                } else {
                    vectors(inside, x, from + channel, g.inC(), strip, to);
                }
            }
        }
    }

    private static void vectors(int count, float[] x, int from, int step, float[] out, int to) {
        int at = from;
        for (int i = 0; i < count; i++) {
            FloatVector.fromArray(F, x, at).intoArray(out, to + i * LANES);
            at += step;
        }
    }

    private static void pairs(int count, float[] x, int from, int step, float[] out, int to, int toSecond) {
        int at = from;
        for (int i = 0; i < count; i++) {
            FloatVector.fromArray(F, x, at).intoArray(out, to + i * LANES);
            FloatVector.fromArray(F, x, at + LANES).intoArray(out, toSecond + i * LANES);
            at += step;
        }
    }

    private static void singles(Conv2dGeometry g, int count, float[] x, int from, int channel, float[] out, int to) {
        int depth = g.inCPerGroup();
        int step = g.inC();
        int pixel = depth * LANES;
        for (int j = 0; j < LANES; j++) {
            int last = Math.min(channel + j, g.outC() - 1); // spare lanes compute what nobody reads
            int group = from + last / g.outCPerGroup() * depth;
            for (int ci = 0; ci < depth; ci++) {
                int at = to + ci * LANES + j;
                for (int i = 0; i < count; i++) {
                    out[at + i * pixel] = x[group + ci + i * step];
                }
            }
        }
    }
}
