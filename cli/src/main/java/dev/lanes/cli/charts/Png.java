package dev.lanes.cli.charts;

import dev.lanes.formats.AtomicFile;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws pictures and writes them as PNG files that are there as a whole or not at all. */
final class Png {
    /** Pixels per unit of length, so that pictures stay sharp on dense screens. */
    private static final int SCALE = 2;

    private Png() {}

    /**
     * Draws a picture with text in it.
     *
     * @throws ChartUnavailableException where this machine cannot draw text
     */
    static void draw(Path file, int width, int height, Consumer<Graphics2D> painter) throws IOException {
        BufferedImage image;
        try {
            image = new BufferedImage(width * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
            Graphics2D g = image.createGraphics();
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            g.scale(SCALE, SCALE);
            painter.accept(g);
            g.dispose();
        } catch (OutOfMemoryError | StackOverflowError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // Where fonts or their libraries are missing the JDK throws plain errors, link errors or exceptions, which
            // differ from release to release and from the first attempt to the second.
            throw new ChartUnavailableException(String.valueOf(file.getFileName()), e);
        }
        write(file, image);
    }

    /** Writes a picture, as a whole or not at all. */
    static void write(Path file, BufferedImage image) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", stream);
        }
        AtomicFile.write(file, bytes::writeTo);
    }
}
