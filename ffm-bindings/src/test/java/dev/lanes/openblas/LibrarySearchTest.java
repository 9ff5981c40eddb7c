package dev.lanes.openblas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where it looks, and what it says of each place where it found nothing. */
class LibrarySearchTest {
    @TempDir
    private Path folder;

    private final Platform platform = new Platform(
            Platform.here().name(), "libopenblas.so.0", List.of(), List.of("liblanes-a.so", "/no/such/liblanes-b.so"));

    private LibrarySearch search() {
        return new LibrarySearch(platform, new NativeJar(platform, name -> null), folder);
    }

    private String refusal(String file) {
        return assertThrows(Refused.class, () -> search().find(file)).getMessage();
    }

    @Test
    void should_keep_the_reason_of_every_attempt_in_order() {
        assertEquals(
                "there is no native of org.bytedeco:openblas for " + platform.name()
                        + " on the class or module path; the system has no liblanes-a.so;"
                        + " /no/such/liblanes-b.so does not exist",
                refusal(null));
    }

    @Test
    void should_take_no_other_library_in_place_of_a_named_one() throws Exception {
        String missing = folder.resolve("missing.so").toString();
        assertEquals("-Dlanes.openblas.path: " + missing + " does not exist", refusal(missing));
        assertEquals("-Dlanes.openblas.path: " + folder + " is not a file", refusal(folder.toString()));

        Path text = Files.writeString(folder.resolve("text.so"), "x".repeat(1000));
        assertEquals("-Dlanes.openblas.path: " + text + " is not a shared library", refusal(text.toString()));
    }

    @Test
    void should_recognise_a_library_of_another_machine() throws Exception {
        Map<String, byte[]> heads = Map.of(
                "linux-x86_64", elf(62),
                "linux-arm64", elf(183),
                "macosx-x86_64", machO(0x01000007),
                "macosx-arm64", machO(0x0100000C),
                "windows-x86_64", pe(0x8664),
                "windows-arm64", pe(0xAA64));
        for (Map.Entry<String, byte[]> head : heads.entrySet()) {
            if (!head.getKey().equals(platform.name())) {
                Path file = Files.write(folder.resolve(head.getKey()), head.getValue());
                assertEquals(
                        "-Dlanes.openblas.path: " + file + " is built for " + head.getKey() + ", this JVM runs on "
                                + platform.name(),
                        refusal(file.toString()));
            }
        }
    }

    @Test
    void should_not_load_a_library_that_was_cut_short() throws Exception {
        Platform linux = Platform.of("Linux", "amd64");
        Path file = Files.write(folder.resolve("short.so"), elf(62));
        Refused refused = assertThrows(Refused.class, () -> LibraryFile.check(file, linux));
        assertEquals(file + " is cut short: 200 of 5640 bytes", refused.getMessage());
    }

    private static ByteBuffer head() {
        return ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A header whose table of 10 sections begins at 5000. */
    private static byte[] elf(int machine) {
        return head().putInt(0, 0x464C457F)
                .put(4, (byte) 2)
                .put(5, (byte) 1)
                .putShort(18, (short) machine)
                .putLong(40, 5000)
                .putShort(58, (short) 64)
                .putShort(60, (short) 10)
                .array();
    }

    private static byte[] machO(int processor) {
        return head().putInt(0, 0xFEEDFACF).putInt(4, processor).array();
    }

    private static byte[] pe(int machine) {
        return head().put(0, (byte) 'M')
                .put(1, (byte) 'Z')
                .putInt(0x3C, 128)
                .putShort(132, (short) machine)
                .array();
    }

    @Test
    void should_put_the_cache_where_the_system_wants_it() {
        assertEquals(Path.of("/h/.cache/lanes/native"), cache("Linux", Map.of()));
        assertEquals(Path.of("/x/lanes/native"), cache("Linux", Map.of("XDG_CACHE_HOME", "/x")));
        assertEquals(Path.of("/h/.cache/lanes/native"), cache("Linux", Map.of("XDG_CACHE_HOME", "relative")));
        assertEquals(Path.of("/h/Library/Caches/lanes/native"), cache("Mac OS X", Map.of()));
        assertEquals(Path.of("/h/AppData/Local/lanes/native"), cache("Windows 11", Map.of("XDG_CACHE_HOME", "/x")));
        assertEquals(Path.of("/l/lanes/native"), cache("Windows 11", Map.of("LOCALAPPDATA", "/l")));
    }

    private static Path cache(String system, Map<String, String> environment) {
        UnaryOperator<String> properties = name -> name.equals("os.name") ? system : "/h";
        return LibrarySearch.cache(properties, environment::get);
    }

    @Test
    void should_know_the_platforms_that_are_published() {
        assertEquals("linux-x86_64", Platform.of("Linux", "amd64").name());
        assertEquals("linux-arm64", Platform.of("Linux", "aarch64").name());
        assertEquals("macosx-arm64", Platform.of("Mac OS X", "aarch64").name());
        assertEquals("windows-x86_64", Platform.of("Windows 11", "amd64").name());
        for (String name : Platform.PUBLISHED) {
            assertTrue(
                    Platform.of(name, name.substring(name.indexOf('-') + 1))
                            .name()
                            .equals(name),
                    name);
        }
    }
}
