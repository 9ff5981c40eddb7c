package dev.lanes.cli.model;

import dev.lanes.cli.Json;
import dev.lanes.formats.AtomicFile;
import dev.lanes.formats.Safetensors;
import dev.lanes.formats.WeightsFile;
import dev.lanes.formats.WeightsFormatException;
import dev.lanes.layers.nn.Sequential;
import dev.lanes.layers.nn.Weights;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JacksonException;

/**
 * A network with its weights and its description, as a folder holds them.
 *
 * <p>The description stands inside the weights file, so that the model is one file, written in one step; {@code
 * model.json} says the same to people.
 */
public record TrainedModel(ModelDescription description, Sequential network) {
    /** The file in a model's folder that is the model. */
    public static final String FILE = "model.safetensors";

    private static final String KEY = "lanes.model";
    private static final long MOST_VALUES = 1L << 28;

    /** Writes the model into a folder that exists: the weights as a whole or not at all, then the description. */
    public void save(Path folder) throws IOException {
        String json = Json.text(description);
        Safetensors.write(folder.resolve(FILE), Weights.of(network), Map.of("format", "lanes", KEY, json));
        AtomicFile.write(folder.resolve("model.json"), out -> Json.write(out, description));
    }

    /**
     * Reads a model.
     *
     * @param path a folder that {@link #save} wrote, or the file in it
     * @throws IOException if it is not there, damaged, or not one of ours; the message is for people
     */
    public static TrainedModel load(Path path) throws IOException {
        Path file = Files.isDirectory(path) ? path.resolve(FILE) : path;
        if (!Files.isRegularFile(file)) {
            throw new IOException(path + ": there is no model here (" + FILE + "); make one with ./lanes train");
        }
        WeightsFile weights = Safetensors.read(file);
        String json = weights.metadata().get(KEY);
        if (json == null) {
            throw new WeightsFormatException(
                    file.toString(), -1, "has no description of a network; it was not written by ./lanes train");
        }
        try {
            ModelDescription description = Json.read(json, ModelDescription.class);
            Sequential network = network(description);
            Weights.load(weights.tensors(), network);
            return new TrainedModel(description, network);
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            throw new WeightsFormatException(
                    file.toString(), -1, "its description does not fit its weights: " + e.getMessage());
        }
    }

    private static Sequential network(ModelDescription d) {
        if ((long) d.height() * d.width() * d.channels() > MOST_VALUES) {
            throw new IllegalArgumentException("images of " + d.height() + "x" + d.width() + " are too large");
        }
        Shape image = Shape.of(d.height(), d.width(), d.channels());
        return Networks.make(d.network(), image, d.classNames().size(), new SeededRandom(0));
    }
}
