package dev.lanes.cli.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfusionMatrixPictureTest {
    @TempDir
    private Path folder;

    @Test
    void should_colour_right_answers_blue_and_errors_orange() throws IOException {
        BufferedImage image = picture(new int[][] {{90, 3}, {0, 80}}, List.of("cat", "dog"));

        assertTrue(Pixels.columnsWith(image, 0x08519C).length > 100, "the largest count in full blue");
        assertTrue(hasReddish(image), "an error in a tint of orange");
    }

    @Test
    void should_draw_no_orange_where_there_is_no_error() throws IOException {
        BufferedImage image = picture(new int[][] {{90, 0}, {0, 80}}, List.of("cat", "dog"));

        assertFalse(hasReddish(image));
    }

    @Test
    void should_draw_a_hundred_classes_and_none_classified() throws IOException {
        List<String> names =
                IntStream.range(0, 100).mapToObj(i -> "a rather long name " + i).toList();

        assertTrue(picture(new int[100][100], names).getHeight() > 1600);
    }

    @Test
    void should_say_what_is_wrong_with_counts_without_names() {
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> ConfusionMatrixPicture.write(folder.resolve("x.png"), new int[2][2], List.of("a")));
        assertEquals(
                "confusion matrix: needs a square of counts and a name for each class, but got 2 rows and 1 names",
                e.getMessage());
    }

    private BufferedImage picture(int[][] counts, List<String> names) throws IOException {
        Path file = folder.resolve("confusion.png");
        Pixels.drawn(() -> ConfusionMatrixPicture.write(file, counts, names));
        return ImageIO.read(file.toFile());
    }

    private static boolean hasReddish(BufferedImage image) {
        return Pixels.of(image).anyMatch(rgb -> (rgb >> 16 & 255) - (rgb & 255) > 20);
    }
}
