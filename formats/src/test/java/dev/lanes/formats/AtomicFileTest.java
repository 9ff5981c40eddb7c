package dev.lanes.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path folder;

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void should_write_and_replace() throws IOException {
        Path file = folder.resolve("f");

        AtomicFile.write(file, out -> out.write(new byte[100_000]));
        assertEquals(100_000, Files.size(file));
        AtomicFile.write(file, out -> out.write('x'));

        assertEquals("x", Files.readString(file));
        assertEquals(List.of("f"), files());
    }

    @Test
    void should_keep_the_old_file_when_writing_fails() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "old");

        IOException failure = assertThrows(
                IOException.class,
                () -> AtomicFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }));
        assertThrows(
                IllegalStateException.class,
                () -> AtomicFile.write(file, out -> {
                    throw new IllegalStateException();
                }));

        assertEquals(file + ": could not be written: No space left on device", failure.getMessage());
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("f"), files());
    }

    @Test
    void should_show_nothing_before_it_is_whole() throws IOException {
        Path file = folder.resolve("f");

        AtomicFile.write(file, out -> {
            out.write('x');
            out.flush();
            assertEquals(false, Files.exists(file));
        });

        assertEquals(List.of("f"), files());
    }

    @Test
    void should_refuse_places_that_cannot_be() {
        Path file = folder.resolve("missing").resolve("f");
        assertEquals(
                file + ": there is no folder " + file.getParent(),
                assertThrows(IOException.class, () -> AtomicFile.write(file, out -> {}))
                        .getMessage());
        assertEquals(
                folder + ": is a folder, cannot be written as a file",
                assertThrows(IOException.class, () -> AtomicFile.write(folder, out -> {}))
                        .getMessage());
    }

    @Test
    void should_leave_nothing_behind_when_the_program_is_ended() throws Exception {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "Windows ends programs without notice");
        Path file = Files.writeString(folder.resolve("f"), "old");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Endless.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = program.inputReader()) {
            assertEquals("writing", out.readLine());
            assertEquals(2, files().size());
            program.destroy();
            program.waitFor();
        } finally {
            program.destroyForcibly();
        }

        assertEquals("old", Files.readString(file));
        assertEquals(List.of("f"), files());
    }

    /** Begins to write a file and never ends. */
    static final class Endless {
        private Endless() {}

        public static void main(String... args) throws IOException {
            AtomicFile.write(Path.of(args[0]), out -> {
                out.write(new byte[1_000_000]);
                System.out.println("writing");
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            });
        }
    }
}
