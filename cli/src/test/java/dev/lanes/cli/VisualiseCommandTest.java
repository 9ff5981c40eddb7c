package dev.lanes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.cli.model.ModelDescription;
import dev.lanes.cli.model.TrainedModel;
import dev.lanes.layers.networks.SmallCnn;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisualiseCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)), args);
    }

    @Test
    void should_write_a_picture_of_everything() throws IOException {
        Path model = Files.createDirectory(folder.resolve("model"));
        Shape image = Shape.of(20, 20, 1);
        List<String> classes = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        ModelDescription d = new ModelDescription("small-cnn", "digits", 20, 20, 1, classes, 0);
        new TrainedModel(d, SmallCnn.of(image, 10, new SeededRandom(5))).save(model);
        BufferedImage ink = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        ink.createGraphics().fillRect(18, 6, 5, 28);
        Path picture = folder.resolve("one.png");
        ImageIO.write(ink, "png", picture.toFile());

        int code = run("visualise", "--model", model.toString(), "--threads", "1", picture.toString());

        Assumptions.assumeFalse(err.toString().contains("cannot draw"), err::toString);
        assertEquals(0, code, err::toString);
        for (String name : List.of(
                "filters",
                "maps-relu1",
                "projections-relu1",
                "top-relu1",
                "maps-relu2",
                "projections-relu2",
                "top-relu2",
                "saliency")) {
            Path file = model.resolve("visualise").resolve(name + ".png");
            assertTrue(ImageIO.read(file.toFile()).getWidth() > 50, name);
            assertTrue(out.toString().contains(file.toString()), name);
        }
    }

    @Test
    void should_say_in_one_line_that_there_is_no_model() {
        assertEquals(1, run("visualise", "--model", folder.resolve("none").toString(), "one.png"));

        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains("there is no model here"), err::toString);
    }
}
