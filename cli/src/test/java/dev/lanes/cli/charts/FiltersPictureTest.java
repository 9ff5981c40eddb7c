package dev.lanes.cli.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiltersPictureTest {
    @TempDir
    private Path folder;

    @Test
    void should_show_grey_filters_on_one_scale_with_gaps_between() throws IOException {
        // Two 1x1 filters over one channel: -2 is black, +1 is three quarters of the way to white.
        BufferedImage image = filters(new float[] {-2, 1}, 1, 1, 1, 2);

        assertEquals(2 * 72 + 3 * 8, image.getWidth());
        assertEquals(72 + 2 * 8, image.getHeight());
        assertEquals(0x000000, Pixels.rgb(image, 8, 8));
        assertEquals(0x000000, Pixels.rgb(image, 8 + 71, 8 + 71));
        assertEquals(0xFFFFFF, Pixels.rgb(image, 8 + 72, 8));
        assertEquals(0xBFBFBF, Pixels.rgb(image, 2 * 8 + 72, 8));
    }

    @Test
    void should_place_the_weights_of_a_filter_row_by_row() throws IOException {
        float[] weights = new float[2 * 3];
        weights[5] = 1; // the last column of the second row

        BufferedImage image = filters(weights, 2, 3, 1, 1);

        int zoom = 72 / 3;
        assertEquals(0xFFFFFF, Pixels.rgb(image, 8 + 2 * zoom, 8 + zoom));
        assertEquals(0x808080, Pixels.rgb(image, 8 + 2 * zoom, 8));
        assertEquals(0x808080, Pixels.rgb(image, 8 + zoom, 8 + zoom));
    }

    @Test
    void should_show_filters_over_three_channels_in_colour() throws IOException {
        BufferedImage image = filters(new float[] {1, -1, 0}, 1, 1, 3, 1);

        assertEquals(0xFF0080, Pixels.rgb(image, 8, 8));
    }

    @Test
    void should_show_the_mean_over_any_other_number_of_channels() throws IOException {
        BufferedImage image = filters(new float[] {1, 4, 3, -4}, 1, 1, 2, 2);

        assertEquals(0xFFFFFF, Pixels.rgb(image, 8, 8));
        assertEquals(0x808080, Pixels.rgb(image, 2 * 8 + 72, 8));
    }

    @Test
    void should_show_filters_of_zeros_and_of_no_numbers_in_grey() throws IOException {
        assertEquals(0x808080, Pixels.rgb(filters(new float[1], 1, 1, 1, 1), 8, 8));
        assertEquals(0x808080, Pixels.rgb(filters(new float[] {Float.NaN, 1}, 1, 2, 1, 1), 8, 8));
    }

    @Test
    void should_say_what_is_wrong_with_weights_that_are_not_filters() {
        var e = assertThrows(IllegalArgumentException.class, () -> filters(new float[10], 3, 3, 1, 1));
        assertEquals("filters picture: 10 weights are not [3, 3, 1, 1]", e.getMessage());
    }

    private BufferedImage filters(float[] weights, int kH, int kW, int inC, int outC) throws IOException {
        Path file = folder.resolve("filters.png");
        FiltersPicture.write(file, weights, kH, kW, inC, outC);
        return ImageIO.read(file.toFile());
    }
}
