package dev.lanes.cli.charts;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The picture of a convolution's filters: one tile each, enlarged, side by side.
 *
 * <p>Grey filters share one scale: mid-grey is 0, black and white are minus and plus the largest weight of the layer.
 * Filters over three channels are in colour, each on the scale of its own largest weight. Filters over any other number
 * of channels show the mean over them, in grey. There is no text, so no font is needed.
 */
public final class FiltersPicture {
    private static final int TILE = 72;
    private static final int GAP = 8;
    private static final int PAPER = 0xFFFFFF;

    private FiltersPicture() {}

    /**
     * Writes the picture.
     *
     * @param weights the weights, [kH, kW, inC, outC]
     * @throws IOException where the file cannot be written
     */
    public static void write(Path file, float[] weights, int kH, int kW, int inC, int outC) throws IOException {
        if (kH < 1 || kW < 1 || inC < 1 || outC < 1 || weights.length != (long) kH * kW * inC * outC) {
            throw new IllegalArgumentException("filters picture: " + weights.length + " weights are not [" + kH + ", "
                    + kW + ", " + inC + ", " + outC + "]");
        }
        int channels = inC == 3 ? 3 : 1;
        float[] shown = inC == channels ? weights : meanOverInputs(weights, inC, outC);
        float[] scales = scales(shown, channels, outC);

        int zoom = Math.max(1, TILE / Math.max(kH, kW));
        int columns = columns(outC);
        int rows = (outC + columns - 1) / columns;
        int pitchX = kW * zoom + GAP;
        int pitchY = kH * zoom + GAP;
        var image = new BufferedImage(GAP + columns * pitchX, GAP + rows * pitchY, BufferedImage.TYPE_INT_RGB);
        for (int py = 0; py < image.getHeight(); py++) {
            for (int px = 0; px < image.getWidth(); px++) {
                int o = (py - GAP) / pitchY * columns + (px - GAP) / pitchX;
                int y = Math.floorMod(py - GAP, pitchY) / zoom;
                int x = Math.floorMod(px - GAP, pitchX) / zoom;
                boolean inside = y < kH && x < kW && py >= GAP && px >= GAP && o < outC;
                int at = ((y * kW + x) * channels) * outC + o;
                image.setRGB(px, py, inside ? colour(shown, at, channels, outC, scales[o]) : PAPER);
            }
        }
        Png.write(file, image);
    }

    private static float[] meanOverInputs(float[] weights, int inC, int outC) {
        float[] mean = new float[weights.length / inC];
        for (int i = 0; i < weights.length; i++) {
            mean[i / (inC * outC) * outC + i % outC] += weights[i] / inC;
        }
        return mean;
    }

    /** The largest weight of each filter in colour; that of the layer, the same for all, in grey. */
    private static float[] scales(float[] shown, int channels, int outC) {
        float[] largest = new float[outC];
        float ofAll = 0;
        for (int i = 0; i < shown.length; i++) {
            float magnitude = Math.abs(shown[i]);
            if (magnitude <= Float.MAX_VALUE) {
                largest[i % outC] = Math.max(largest[i % outC], magnitude);
                ofAll = Math.max(ofAll, magnitude);
            }
        }
        if (channels == 1) {
            Arrays.fill(largest, ofAll);
        }
        return largest;
    }

    private static int colour(float[] shown, int at, int channels, int outC, float scale) {
        if (channels == 1) {
            return 0x010101 * level(shown[at], scale);
        }
        return level(shown[at], scale) << 16 | level(shown[at + outC], scale) << 8 | level(shown[at + 2 * outC], scale);
    }

    /** -scale is 0, 0 is 128, +scale is 255; what is no number counts as 0. */
    private static int level(float weight, float scale) {
        if (scale == 0 || Float.isNaN(weight)) {
            return 128;
        }
        return Math.clamp(Math.round(127.5f + 127.5f * weight / scale), 0, 255);
    }

    /** A power of two, as the number of filters mostly is, that makes the picture about twice as wide as high. */
    private static int columns(int filters) {
        int columns = 1;
        while (columns * columns < 2 * filters) {
            columns *= 2;
        }
        return Math.min(columns, filters);
    }
}
