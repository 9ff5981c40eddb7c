package dev.lanes.cli.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossCurveTest {
    private static final int BLUE = 0x0072B2;
    private static final int VERMILION = 0xD55E00;

    @TempDir
    private Path folder;

    @Test
    void should_draw_a_blue_and_a_vermilion_line_across_the_plot() throws IOException {
        double[] falling = IntStream.range(0, 12).mapToDouble(e -> Math.exp(-e)).toArray();
        double[] rising =
                IntStream.range(0, 12).mapToDouble(e -> 1 - Math.exp(-e)).toArray();
        double[] slower =
                IntStream.range(0, 12).mapToDouble(e -> 0.9 - Math.exp(-e)).toArray();

        BufferedImage image = lossCurve(falling, rising, rising, slower);

        for (int colour : new int[] {BLUE, VERMILION}) {
            int[] columns = Pixels.columnsWith(image, colour);
            assertTrue(columns.length > image.getWidth() * 3 / 4, "columns with " + Integer.toHexString(colour));
        }
    }

    @Test
    void should_draw_a_training_of_one_epoch() throws IOException {
        BufferedImage image = lossCurve(new double[] {0.5}, new double[] {1.5}, new double[] {0.2}, new double[1]);

        int[] columns = Pixels.columnsWith(image, VERMILION);
        assertTrue(columns[columns.length - 1] > image.getWidth() / 3, "only the legend has vermilion in it");
    }

    @Test
    void should_draw_a_training_that_ran_away() throws IOException {
        double[] loss = {2.3, Double.POSITIVE_INFINITY, Double.NaN};
        double[] none = {Double.NaN, Double.NaN, Double.NaN};

        lossCurve(loss, none, none, none);
        lossCurve(none, none, none, none);
    }

    @Test
    void should_replace_a_picture_and_leave_nothing_beside_it() throws IOException {
        Path file = Files.createDirectory(folder.resolve("out")).resolve("loss.png");
        double[] v = {0.5, 0.25};
        Pixels.drawn(() -> LossCurve.write(file, v, v, v, v));
        long first = Files.size(file);

        LossCurve.write(file, new double[60], new double[60], new double[60], new double[60]);

        assertNotEquals(first, Files.size(file));
        try (var files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void should_say_what_is_wrong_with_arrays_of_different_lengths() {
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> LossCurve.write(
                        folder.resolve("x.png"), new double[2], new double[2], new double[1], new double[2]));
        assertEquals("loss curve: needs four arrays of one length >= 1, but got lengths 2, 2, 1 and 2", e.getMessage());
    }

    @Test
    void should_explain_why_a_picture_with_text_cannot_be_drawn() {
        Path file = folder.resolve("loss.png");
        var e = assertThrows(
                ChartUnavailableException.class,
                () -> Png.draw(file, 1, 1, g -> {
                    throw new Error("outer", new RuntimeException("no fonts"));
                }));
        assertTrue(
                e.getMessage().startsWith("cannot draw loss.png (java.lang.RuntimeException: no fonts)"),
                e.getMessage());
        assertFalse(Files.exists(file));
    }

    private BufferedImage lossCurve(double[] loss, double[] valLoss, double[] acc, double[] valAcc) throws IOException {
        Path file = folder.resolve("loss.png");
        Pixels.drawn(() -> LossCurve.write(file, loss, valLoss, acc, valAcc));
        return ImageIO.read(file.toFile());
    }
}
