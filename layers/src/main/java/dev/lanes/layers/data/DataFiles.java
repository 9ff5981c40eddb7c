package dev.lanes.layers.data;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the files of a data set in their folder. */
final class DataFiles {
    private DataFiles() {}

    /** Returns the file of that name, or the one with {@code .gz} appended where only that exists. */
    static Path find(Path folder, String name) throws DataFormatException {
        Path plain = folder.resolve(name);
        Path gz = folder.resolve(name + ".gz");
        if (Files.exists(plain)) {
            return plain;
        }
        if (Files.exists(gz)) {
            return gz;
        }
        throw new DataFormatException(plain.toString(), -1, "there is no such file, nor one with .gz appended");
    }
}
