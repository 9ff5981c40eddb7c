package dev.lanes.cli.train;

import dev.lanes.cli.Json;
import dev.lanes.cli.MisuseException;
import dev.lanes.formats.Safetensors;
import dev.lanes.formats.WeightsFile;
import dev.lanes.formats.WeightsFormatException;
import dev.lanes.layers.training.TrainingSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;

/**
 * An interrupted training in a file: the snapshot, and what was asked for. Written as a whole or not at all, so that
 * whenever the program is ended there is the last checkpoint or the one before.
 *
 * @param dataset what is trained on
 * @param seed what all that is random follows from
 * @param recipe how it is trained
 * @param snapshot where it stands
 */
record CheckpointFile(String dataset, long seed, Recipe recipe, TrainingSnapshot snapshot) {
    /** The file in a model's folder. */
    static final String NAME = "checkpoint.safetensors";

    void write(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>(snapshot.texts());
        texts.put("lanes.dataset", dataset);
        texts.put("lanes.seed", Long.toString(seed));
        texts.put("lanes.recipe", Json.text(recipe));
        Safetensors.write(folder.resolve(NAME), snapshot.tensors(), texts);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws MisuseException if there is no checkpoint, or it is of another data set
     * @throws IOException if it cannot be read or is damaged
     */
    static CheckpointFile read(Path folder, String dataset) throws IOException {
        Path file = folder.resolve(NAME);
        RecipeOptions.require(
                Files.isRegularFile(file), "--resume: there is no " + file + "; no training was interrupted there");
        WeightsFile saved = Safetensors.read(file);
        Map<String, String> texts = saved.metadata();
        try {
            CheckpointFile checkpoint = new CheckpointFile(
                    texts.getOrDefault("lanes.dataset", ""),
                    Long.parseLong(texts.getOrDefault("lanes.seed", "")),
                    Json.read(texts.getOrDefault("lanes.recipe", ""), Recipe.class),
                    new TrainingSnapshot(saved.tensors(), texts));
            RecipeOptions.require(
                    checkpoint.dataset.equals(dataset),
                    "--resume: " + file + " is of " + checkpoint.dataset + ", not of " + dataset);
            return checkpoint;
        } catch (NumberFormatException | JacksonException e) {
            throw new WeightsFormatException(file.toString(), -1, "is no checkpoint of a training: " + e.getMessage());
        }
    }

    static void delete(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(NAME));
    }
}
