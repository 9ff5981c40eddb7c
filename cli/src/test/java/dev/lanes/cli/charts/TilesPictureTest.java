package dev.lanes.cli.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.cli.charts.TilesPicture.Row;
import dev.lanes.cli.charts.TilesPicture.Scale;
import dev.lanes.cli.charts.TilesPicture.Tile;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TilesPictureTest {
    @TempDir
    private Path folder;

    /** Reads the middles of the tiles, which are 200 wide with gaps of 10, drawn at twice the size. */
    @Test
    void should_turn_values_into_greys_as_asked() throws IOException {
        Tensor half = Tensor.of(Shape.of(1, 1, 1), 0.5f);
        Tensor minus = Tensor.of(Shape.of(1, 1, 1), -3);
        Tensor colour = Tensor.of(Shape.of(1, 1, 3), 1, 0, 0.2f);
        Path file = folder.resolve("tiles.png");

        Pixels.drawn(() -> TilesPicture.write(
                file,
                "a title",
                "an explanation",
                List.of(new Row(
                        "",
                        List.of(
                                new Tile(half, Scale.IMAGE, "a"),
                                new Tile(half, Scale.POSITIVE, "b"),
                                new Tile(minus, Scale.SIGNED, "c"),
                                new Tile(colour, Scale.IMAGE, "d"))))));

        BufferedImage image = ImageIO.read(file.toFile());
        assertEquals(0x808080, middle(image, 0));
        assertEquals(0xFFFFFF, middle(image, 1));
        assertEquals(0x000000, middle(image, 2));
        assertEquals(0xFF0033, middle(image, 3));
    }

    private static int middle(BufferedImage image, int column) {
        return Pixels.rgb(image, 2 * (10 + column * 210 + 100), 2 * (58 + 100));
    }

    @Test
    void should_refuse_what_is_no_picture() {
        Tile two = new Tile(Tensor.zeros(2, 2, 2), Scale.IMAGE, "");

        assertThrows(
                Exception.class,
                () -> TilesPicture.write(folder.resolve("no.png"), "", "", List.of(new Row("", List.of(two)))));
    }
}
