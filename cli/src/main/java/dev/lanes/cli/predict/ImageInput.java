package dev.lanes.cli.predict;

import dev.lanes.cli.model.ModelDescription;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Turns image files into what a network takes: its size, grey or colour, values from 0 to 1. */
public final class ImageInput {
    /** Whether dark and light change places. */
    public enum Invert {
        /** For grey models, where the picture is light at the rim, as ink on paper is. */
        AUTO,
        /** Always. */
        YES,
        /** Never. */
        NO
    }

    /**
     * A picture as a model takes it.
     *
     * @param image {@code [1, height, width, channels]}
     * @param inverted whether dark and light have changed places
     */
    public record Prepared(Tensor image, boolean inverted) {}

    /** Above it an image is refused before it is unpacked; a small file can claim any size. */
    private static final long MOST_PIXELS = 1L << 26;

    private ImageInput() {}

    /**
     * Reads a picture for a model.
     *
     * @throws IOException if the file is not there or not a picture; the message names it
     */
    public static Prepared read(Path file, ModelDescription d, Invert when) throws IOException {
        float[] values = read(file, d.height(), d.width(), d.channels());
        boolean inverted = when == Invert.YES
                || (when == Invert.AUTO && d.channels() == 1 && isLightAtTheRim(values, d.height(), d.width()));
        if (inverted) {
            invert(values);
        }
        return new Prepared(Tensor.wrap(values, 0, Shape.of(1, d.height(), d.width(), d.channels())), inverted);
    }

    /**
     * Reads a picture and returns its values {@code [height, width, channels]}.
     *
     * @throws IOException if the file is not there or not a picture; the message names it
     */
    private static float[] read(Path file, int height, int width, int channels) throws IOException {
        BufferedImage scaled = scale(decode(file), height, width);
        float[] values = new float[height * width * channels];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = scaled.getRGB(x, y);
                int at = (y * width + x) * channels;
                if (channels == 1) {
                    values[at] = luminance(rgb);
                } else {
                    for (int c = 0; c < 3; c++) {
                        values[at + c] = (rgb >> (16 - 8 * c) & 0xff) / 255f;
                    }
                }
            }
        }
        return values;
    }

    /** Turns light and dark around, for pictures with dark strokes on a light ground. */
    private static void invert(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = 1f - values[i];
        }
    }

    /** Tells whether the rim of a grey picture is light, as paper is. */
    private static boolean isLightAtTheRim(float[] values, int height, int width) {
        double sum = 0;
        int count = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (y == 0 || x == 0 || y == height - 1 || x == width - 1) {
                    sum += values[y * width + x];
                    count++;
                }
            }
        }
        return sum / count > 0.5;
    }

    /** The luma of ITU-R BT.601. */
    private static float luminance(int rgb) {
        return (0.299f * (rgb >> 16 & 0xff) + 0.587f * (rgb >> 8 & 0xff) + 0.114f * (rgb & 0xff)) / 255f;
    }

    private static BufferedImage decode(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": there is no such file");
        }
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException("not a picture of a kind that is known (PNG, JPEG, GIF, BMP)");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MOST_PIXELS) {
                    throw new IOException(reader.getWidth(0) + "x" + reader.getHeight(0) + " pixels are too many");
                }
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // The decoders of the JDK throw unchecked exceptions too on damaged files.
            throw new IOException(file + ": cannot be read as a picture: " + e.getMessage(), e);
        }
    }

    /** Scales by halves first and then to the size, so that no pixel is passed over; flattens transparency on black. */
    private static BufferedImage scale(BufferedImage image, int height, int width) {
        BufferedImage current = image;
        while (current.getWidth() >= 2 * width && current.getHeight() >= 2 * height) {
            current = draw(current, current.getHeight() / 2, current.getWidth() / 2);
        }
        return draw(current, height, width);
    }

    private static BufferedImage draw(BufferedImage image, int height, int width) {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = scaled.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.drawImage(image, 0, 0, width, height, null);
        g.dispose();
        return scaled;
    }
}
