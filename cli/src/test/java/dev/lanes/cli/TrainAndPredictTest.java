package dev.lanes.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.cli.data.DataSources;
import dev.lanes.layers.data.Dataset;
import dev.lanes.numerics.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole way of a user: train on the real digits for two epochs, look at what was written, classify pictures. */
class TrainAndPredictTest {
    @TempDir
    private Path folder;

    private record Result(int exitCode, String out, String err) {}

    private static Result lanes(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = Main.run(line, Stream.of(args).map(Object::toString).toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    private static JsonNode json(Path file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(file));
    }

    @Test
    void should_train_write_everything_and_predict() throws IOException {
        Path model = folder.resolve("model");
        Path summary = folder.resolve("a.json");
        Result trained = lanes("train", "digits", "--epochs", 2, "--seed", 3, "--out", model, "--json", summary);
        assertEquals(0, trained.exitCode, trained.err);

        JsonNode json = json(summary);
        assertEquals(
                List.of(
                        "dataset",
                        "network",
                        "epochs",
                        "seed",
                        "threads",
                        "backend",
                        "vectorBits",
                        "trainSeconds",
                        "samplesPerSecond",
                        "validationAccuracy",
                        "testAccuracy",
                        "testUses",
                        "parameters",
                        "weightsSha256"),
                List.copyOf(json.propertyNames()));
        assertEquals("digits", json.get("dataset").asString());
        assertEquals(3, json.get("seed").asInt());
        assertEquals(108_618, json.get("parameters").asInt());
        assertTrue(json.get("testAccuracy").asDouble() > 0.9, "accuracy " + json.get("testAccuracy"));
        assertTrue(json.get("weightsSha256").asString().matches("[0-9a-f]{64}"));
        for (String picture : List.of("loss.png", "confusion.png", "filters.png")) {
            assertTrue(ImageIO.read(model.resolve(picture).toFile()).getWidth() > 50, picture);
        }
        assertTrue(Files.exists(model.resolve("model.json")));

        Result again =
                lanes("train", "digits", "--epochs", 2, "--seed", 3, "--threads", 1, "--out", model, "--json", summary);
        assertEquals(0, again.exitCode, again.err);
        assertEquals(
                json.get("weightsSha256"),
                json(summary).get("weightsSha256"),
                "the weights differ between runs with other threads");

        assertEquals(1, json.get("testUses").asInt());
        assertEquals(2, json(summary).get("testUses").asInt());
        assertTrue(again.out.contains("looked at 2 times"), again.out);
        assertFalse(Files.exists(model.resolve("checkpoint.safetensors")), "left a checkpoint behind");

        predictsDigits(model);
    }

    private void predictsDigits(Path model) throws IOException {
        Dataset digits = DataSources.system().load("digits").train();
        List<Object> args = new ArrayList<>(List.of("predict", "--top", 1, "--model", model));
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < digits.size(); i += 250) {
            boolean paper = i % 500 == 0; // every other one as ink on paper
            args.add(picture(digits.image(i), "digit" + i + ".png", paper));
            labels.add(digits.label(i));
        }
        Result predicted = lanes(args.toArray());
        assertEquals(0, predicted.exitCode, predicted.err);
        List<String> lines = predicted.out.lines().toList();
        assertEquals(labels.size(), lines.size());
        int right = 0;
        for (int i = 0; i < lines.size(); i++) {
            right += lines.get(i).contains(".png: " + labels.get(i) + " ") ? 1 : 0;
            assertEquals(i % 2 == 0, lines.get(i).endsWith("(inverted)"), lines.get(i));
        }
        assertTrue(right >= 18, right + " of 20 right:\n" + predicted.out);
    }

    private Path picture(Tensor image, String name, boolean paper) throws IOException {
        int height = image.shape().dim(0);
        int width = image.shape().dim(1);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int grey = Math.clamp(Math.round(255 * image.get(y, x, 0)), 0, 255);
                int shade = paper ? 255 - grey : grey;
                picture.setRGB(x, y, shade << 16 | shade << 8 | shade);
            }
        }
        Path file = folder.resolve(name);
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    @Test
    void should_tell_misuse_in_one_line() {
        assertMisuse("no data set letters; there are digits, mnist, fashion-mnist, cifar10", "train", "letters");
        assertMisuse("--epochs must be at least 1, but is 0", "train", "digits", "--epochs", 0);
        assertMisuse("--batch must be at least 1, but is -4", "train", "digits", "--batch", -4);
        assertMisuse("--learning-rate must be above 0, but is 0.0", "train", "digits", "--learning-rate", 0);
        assertMisuse("--momentum must be from 0 to below 1, but is 1.0", "train", "digits", "--momentum", 1);
        assertMisuse("--weight-decay must be at least 0, but is -1.0", "train", "digits", "--weight-decay", -1);
        assertMisuse(
                "--label-smoothing must be from 0 to below 1, but is 2.0", "train", "digits", "--label-smoothing", 2);
        assertMisuse(
                "--optimiser lion: there are sgd, nesterov, adam, adamw, rmsprop, adagrad",
                "train",
                "digits",
                "--optimiser",
                "lion");
        assertMisuse("--network vgg: there are small-cnn, residual-cnn", "train", "digits", "--network", "vgg");
        assertMisuse(
                "--schedule zigzag: there are constant, cosine, one-cycle, step=EPOCHS, exponential=FACTOR,"
                        + " plateau=PATIENCE",
                "train",
                "digits",
                "--schedule",
                "zigzag");
        assertMisuse(
                "--augment crop=0: crop: the padding is 0, needs at least 1", "train", "digits", "--augment", "crop=0");
        assertMisuse("--augment crop=x: there must be a number behind the =", "train", "digits", "--augment", "crop=x");
        assertMisuse(
                "--resume: there is no " + folder.resolve("checkpoint.safetensors")
                        + "; no training was interrupted there",
                "train",
                "digits",
                "--resume",
                "--out",
                folder);
        assertMisuse(
                "no backend cuda; there are auto, reference, vector, openblas", "train", "digits", "--backend", "cuda");
        assertMisuse("--top must be at least 1, but is 0", "predict", "--model", folder, "--top", 0, "x.png");
    }

    private void assertMisuse(String message, Object... args) {
        Result result = lanes(args);
        assertEquals(2, result.exitCode, result.err);
        assertEquals("lanes: " + message, result.err.strip());
        assertFalse(Files.exists(Path.of("lanes-out")), "wrote something although misused");
    }

    @Test
    void should_refuse_what_is_no_model_or_no_picture() throws IOException {
        Result none = lanes("predict", "--model", folder, "x.png");
        assertEquals(1, none.exitCode);
        assertEquals(
                "lanes: " + folder + ": there is no model here (model.safetensors); make one with ./lanes train",
                none.err.strip());

        Path damaged = Files.writeString(folder.resolve("model.safetensors"), "not one at all");
        Result bad = lanes("predict", "--model", folder, "x.png");
        assertEquals(1, bad.exitCode);
        assertTrue(bad.err.startsWith("lanes: " + damaged + ": "), bad.err);
        assertEquals(1, bad.err.lines().count(), bad.err);
    }
}
