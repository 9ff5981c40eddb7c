package dev.lanes.cli.data;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A temporary folder beside the place its content will go to; deleted when closed, or when the program is ended. */
final class WorkFolder implements AutoCloseable {
    private static final int ATTEMPTS = 5;

    private final Path path;
    private final AtExit ending;

    private WorkFolder(Path path) {
        this.path = path;
        this.ending = AtExit.run(this::delete);
    }

    static WorkFolder beside(Path target) throws IOException {
        Path folder = Files.createDirectories(target.getParent());
        return new WorkFolder(Files.createTempDirectory(folder, "." + target.getFileName() + "-"));
    }

    /** Makes a folder in this one. */
    Path folder(String name) throws IOException {
        return Files.createDirectory(path.resolve(name));
    }

    @Override
    public void close() {
        delete();
        ending.close();
    }

    /** Tries again if a thread that is still running has made another file meanwhile. */
    private void delete() {
        for (int i = 0; i < ATTEMPTS && Files.exists(path); i++) {
            deleteOnce();
        }
    }

    private void deleteOnce() {
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // What could not be deleted is hidden and in the way of nothing.
        }
    }
}
