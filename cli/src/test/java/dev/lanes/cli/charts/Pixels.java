package dev.lanes.cli.charts;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** Looks at pictures. */
final class Pixels {
    /** Something that draws a picture. */
    interface Drawing {
        void draw() throws IOException;
    }

    private Pixels() {}

    /** Draws a picture with text; a test on a machine without fonts is skipped, with the reason. */
    static void drawn(Drawing drawing) throws IOException {
        try {
            drawing.draw();
        } catch (ChartUnavailableException e) {
            Assumptions.abort(e.getMessage());
        }
    }

    static int rgb(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) & 0xFFFFFF;
    }

    /** Returns all the colours, row by row. */
    static IntStream of(BufferedImage image) {
        int width = image.getWidth();
        return IntStream.range(0, width * image.getHeight()).map(i -> rgb(image, i % width, i / width));
    }

    /** Returns the columns in which a pixel has the colour, in order. */
    static int[] columnsWith(BufferedImage image, int colour) {
        return IntStream.range(0, image.getWidth())
                .filter(x -> IntStream.range(0, image.getHeight()).anyMatch(y -> rgb(image, x, y) == colour))
                .toArray();
    }
}
