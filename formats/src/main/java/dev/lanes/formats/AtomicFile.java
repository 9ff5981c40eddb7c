package dev.lanes.formats;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes a file as a whole or not at all.
 *
 * <p>The content goes to a temporary file beside the target, is forced to the disk, and then takes the target's place
 * in one step. Whatever goes wrong, the target is what it was, and the temporary file is deleted, also when the program
 * is ended by Ctrl-C. Several threads and processes may write the same target; one of them wins.
 *
 * <pre>{@code
 * AtomicFile.write(Path.of("report.json"), out -> out.write(json.getBytes(UTF_8)));
 * }</pre>
 */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes everything to the stream, which is buffered and need not be closed.
         *
         * @throws IOException if it cannot be written; the target stays as it is
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Replaces or creates a file.
     *
     * @throws IOException if the content cannot be written; the message names the file
     */
    public static void write(Path file, Content content) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null || Files.isDirectory(target)) {
            throw new FileSystemException(file.toString(), null, "is a folder, cannot be written as a file");
        }
        if (!Files.isDirectory(folder)) {
            throw new FileSystemException(file.toString(), null, "there is no folder " + folder);
        }
        String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
        Path temporary = folder.resolve("." + target.getFileName() + "." + random + ".tmp");
        Thread cleaner = new Thread(() -> delete(temporary));
        boolean cleanedAtExit = addShutdownHook(cleaner);
        try {
            writeThrough(temporary, content);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            forceFolder(folder);
        } catch (IOException e) {
            throw new IOException(file + ": could not be written: " + reason(e), e);
        } finally {
            delete(temporary);
            if (cleanedAtExit) {
                removeShutdownHook(cleaner);
            }
        }
    }

    private static void writeThrough(Path temporary, Content content) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    /** Returns what went wrong without the name of the temporary file, which means nothing to the user. */
    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException failure when failure.getReason() != null -> failure.getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    /** Forces the new name to the disk as well, where the system can. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no folders; the file is whole all the same.
        }
    }

    private static void delete(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // The failure that led here is the one to be told.
        }
    }

    private static boolean addShutdownHook(Thread cleaner) {
        try {
            Runtime.getRuntime().addShutdownHook(cleaner);
            return true;
        } catch (IllegalStateException e) {
            return false; // The program is ending already.
        }
    }

    private static void removeShutdownHook(Thread cleaner) {
        try {
            Runtime.getRuntime().removeShutdownHook(cleaner);
        } catch (IllegalStateException e) {
            // The program is ending: the hook runs, and finds nothing to delete.
        }
    }
}
