package dev.lanes.cli.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.cli.data.DataPackage.Client;
import dev.lanes.layers.data.DataFormatException;
import dev.lanes.layers.data.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSourcesTest {
    @TempDir
    private Path folder;

    private DataSources sources;
    private Path first;
    private Path second;

    @BeforeEach
    void make_sources() {
        first = folder.resolve("first");
        second = folder.resolve("second");
        DataPackage source = new DataPackage(Client.NPM, "tiny-data", "1.0.0", 1_250_000, "", List.of());
        sources = new DataSources(
                List.of(TestPackages.tiny(source)),
                new DataFolders(List.of(first, second)),
                ClassLoader.getSystemClassLoader());
    }

    private static void writeFiles(Path root) throws IOException {
        Path target = Files.createDirectories(root.resolve("tiny"));
        for (Map.Entry<String, byte[]> file : TestPackages.mnistFiles("").entrySet()) {
            Files.write(target.resolve(file.getKey()), file.getValue());
        }
    }

    @Test
    void should_know_four_data_sets() {
        assertEquals(
                List.of("digits", "mnist", "fashion-mnist", "cifar10"),
                DataSources.system().names());
    }

    @Test
    void should_read_the_digits_that_come_with_the_program() throws IOException {
        LoadedData digits = sources.load("digits");

        assertNull(digits.testOrNull());
        Dataset data = digits.train();
        assertEquals("digits: 5000 images of [20, 20, 1] in 10 classes", data.toString());
        int[] perClass = new int[10];
        Arrays.stream(data.labels()).forEach(label -> perClass[label]++);
        assertArrayEquals(IntStream.generate(() -> 500).limit(10).toArray(), perClass);
        // The first image is a 0: ink around an empty middle.
        assertEquals(0, data.label(0));
        assertTrue(data.image(0).get(10, 10, 0) < 0.2);
        assertTrue(data.image(0).get(9, 6, 0) > 0.8);
        assertTrue(sources.entry("digits").present());
    }

    @Test
    void should_say_when_the_digits_are_not_there() {
        DataSources bare =
                new DataSources(List.of(), new DataFolders(List.of(first)), ClassLoader.getPlatformClassLoader());

        assertEquals(
                "digits: org/openimaj/ml/handwriting/inputs.csv is not on the class path;"
                        + " it is in Maven org.openimaj:sandbox:1.3.10, which ./lanes puts there",
                assertThrows(DataUnavailableException.class, () -> bare.load("digits"))
                        .getMessage());
        assertFalse(bare.entry("digits").present());
    }

    @Test
    void should_read_a_set_from_the_first_folder_that_has_it() throws IOException {
        writeFiles(second);
        assertEquals(second.resolve("tiny").toString(), sources.entry("tiny").where());
        writeFiles(first);
        assertEquals(first.resolve("tiny").toString(), sources.entry("tiny").where());

        LoadedData tiny = sources.load("tiny");

        assertArrayEquals(new int[] {3, 4}, tiny.train().labels());
        assertArrayEquals(new int[] {5}, tiny.testOrNull().labels());
    }

    @Test
    void should_say_what_there_is_to_say() throws IOException {
        DataSources.Entry absent = sources.entry("tiny");
        writeFiles(first);
        DataSources.Entry present = sources.entry("tiny");

        assertFalse(absent.present());
        assertEquals("looked in " + first.resolve("tiny") + "; " + second.resolve("tiny"), absent.where());
        assertTrue(present.present());
        assertEquals("npm tiny-data@1.0.0 (1.3 MB)", present.source());
        assertEquals("3 images", present.summary());
        assertEquals("free", present.licence());
        assertEquals(
                List.of("digits", "tiny"),
                sources.list().stream().map(DataSources.Entry::name).toList());
    }

    @Test
    void should_say_where_it_looked_and_how_to_get_it() throws IOException {
        writeFiles(second);
        Files.delete(second.resolve("tiny").resolve("t10k-labels-idx1-ubyte"));

        assertEquals(
                "tiny is not on this machine; get it with ./lanes data get tiny (looked in " + first.resolve("tiny")
                        + "; " + second.resolve("tiny") + " without t10k-labels-idx1-ubyte)",
                assertThrows(DataUnavailableException.class, () -> sources.load("tiny"))
                        .getMessage());
    }

    @Test
    void should_look_in_the_folder_of_the_operating_system() {
        KnownSet fashion = DataSources.system().known("fashion-mnist");

        assertEquals(
                "/usr/share/datasets/fashion-mnist",
                fashion.systemFolder().orElseThrow().toString().replace('\\', '/'));
    }

    @Test
    void should_list_the_names_when_there_is_none_such() {
        String message = "there is no data set \"nosuch\"; known are digits, tiny";
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> sources.load("nosuch"))
                        .getMessage());
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> sources.entry("nosuch"))
                        .getMessage());
    }

    @Test
    void should_pass_on_what_is_wrong_with_a_file() throws IOException {
        writeFiles(first);
        Path labels = first.resolve("tiny").resolve("train-labels-idx1-ubyte");
        Files.write(labels, new byte[3]);

        assertEquals(
                labels + ": is cut short: at least 1 more bytes belong here (at byte 3)",
                assertThrows(DataFormatException.class, () -> sources.load("tiny"))
                        .getMessage());
    }
}
