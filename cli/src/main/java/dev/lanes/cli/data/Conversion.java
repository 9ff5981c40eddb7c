package dev.lanes.cli.data;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Makes the files of a data set from those of its package. */
@FunctionalInterface
interface Conversion {
    /** The files are what they should be already. */
    Conversion NONE = (unpacked, target, status) -> {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(unpacked)) {
            for (Path file : files) {
                Files.move(file, target.resolve(file.getFileName()));
            }
        }
    };

    /**
     * Makes all files, or fails.
     *
     * @param unpacked the folder with the files of the package
     * @param target an empty folder for those of the data set
     * @param status told what is being done
     */
    void convert(Path unpacked, Path target, Consumer<String> status) throws IOException;
}
