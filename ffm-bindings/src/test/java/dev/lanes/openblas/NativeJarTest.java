package dev.lanes.openblas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unpacking, with a jar of random bytes. */
class NativeJarTest {
    private static final String FOLDER = "org/bytedeco/openblas/linux-x86_64/";

    @TempDir
    private Path cache;

    private final Map<String, byte[]> entries = new HashMap<>();
    private final Platform platform = Platform.of("Linux", "amd64");

    @BeforeEach
    void fillJar() {
        entries.put(FOLDER + "libopenblas.so.0", bytes(100_000));
        entries.put(FOLDER + "libgfortran.so.5", bytes(3_000));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private NativeJar jar() {
        return new NativeJar(platform, name -> {
            byte[] content = entries.get(name);
            return content == null ? null : new ByteArrayInputStream(content);
        });
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void should_unpack_the_library_and_its_siblings_once() throws Exception {
        Path library = jar().unpack(cache);

        assertTrue(library.startsWith(cache));
        assertArrayEquals(entries.get(FOLDER + "libopenblas.so.0"), Files.readAllBytes(library));
        assertEquals(List.of("libgfortran.so.5", "libopenblas.so.0"), names(library.getParent()));
        var written = Files.getLastModifiedTime(library);
        assertEquals(library, jar().unpack(cache));
        assertEquals(written, Files.getLastModifiedTime(library));
    }

    @Test
    void should_keep_another_content_in_another_folder() throws Exception {
        Path first = jar().unpack(cache);
        entries.get(FOLDER + "libgfortran.so.5")[7]++;

        assertNotEquals(first, jar().unpack(cache));
        assertEquals(2, names(cache).size());
    }

    @Test
    void should_repair_a_file_that_was_cut_short() throws Exception {
        Path library = jar().unpack(cache);
        Files.write(library, new byte[10]);

        assertEquals(100_000, Files.size(jar().unpack(cache)));
    }

    @Test
    void should_let_many_programs_start_at_once() throws Exception {
        try (ExecutorService programs = Executors.newFixedThreadPool(8)) {
            List<Future<Path>> paths = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                paths.add(programs.submit(() -> {
                    Path library = jar().unpack(cache);
                    assertEquals(100_000, Files.size(library), "not complete");
                    return library;
                }));
            }
            for (Future<Path> path : paths) {
                assertEquals(paths.getFirst().get(), path.get());
            }
            assertEquals(
                    List.of("libgfortran.so.5", "libopenblas.so.0"),
                    names(paths.getFirst().get().getParent()));
        }
    }

    @Test
    void should_take_a_temporary_folder_where_the_cache_cannot_be_written() throws Exception {
        Path file = Files.createFile(cache.resolve("file"));
        Path library = jar().unpack(file.resolve("cache"));

        assertFalse(library.startsWith(cache));
        assertArrayEquals(entries.get(FOLDER + "libopenblas.so.0"), Files.readAllBytes(library));
    }

    @Test
    void should_say_when_there_is_no_native_or_the_wrong_one() {
        entries.clear();
        Refused none = assertThrows(Refused.class, () -> jar().unpack(cache));
        assertEquals(
                "there is no native of org.bytedeco:openblas for linux-x86_64 on the class or module path",
                none.getMessage());

        entries.put("org/bytedeco/openblas/windows-x86_64/libopenblas.dll", bytes(5));
        entries.put("org/bytedeco/openblas/macosx-arm64/libopenblas.0.dylib", bytes(5));
        Refused wrong = assertThrows(Refused.class, () -> jar().unpack(cache));
        assertEquals(none.getMessage() + " (only for macosx-arm64, windows-x86_64)", wrong.getMessage());
    }

    @Test
    void should_say_when_the_jar_cannot_be_read() {
        NativeJar broken = new NativeJar(platform, name -> {
            throw new IOException("torn");
        });
        Refused refused = assertThrows(Refused.class, () -> broken.unpack(cache));
        assertTrue(refused.getMessage().endsWith("cannot be read: java.io.IOException: torn"), refused::getMessage);
    }
}
