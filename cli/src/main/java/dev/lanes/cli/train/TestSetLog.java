package dev.lanes.cli.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/**
 * How often trainings in one folder have looked at the test set. Whoever picks the best of several by its test accuracy
 * has chosen by the test set; the list makes that visible.
 */
final class TestSetLog {
    private static final String NAME = "test-uses.txt";

    private TestSetLog() {}

    /** Adds a line for a judgement and returns the number of lines. */
    static int add(Path folder, long seed, Recipe recipe, double accuracy) throws IOException {
        Path file = folder.resolve(NAME);
        String line = String.format(Locale.ROOT, "accuracy %.4f  seed %d  %s", accuracy, seed, recipe);
        Files.write(file, List.of(line), StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return Files.readAllLines(file, StandardCharsets.UTF_8).size();
    }
}
