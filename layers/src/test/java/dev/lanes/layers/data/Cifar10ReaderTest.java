package dev.lanes.layers.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.numerics.Shape;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10ReaderTest {
    @TempDir
    private Path folder;

    /** Two records per file; all red values are the label, green is its row plus 100, blue its column plus 200. */
    @BeforeEach
    void write_six_files() throws IOException {
        for (int file = 0; file < 6; file++) {
            byte[] bytes = new byte[2 * 3073];
            for (int record = 0; record < 2; record++) {
                int label = file + record;
                int at = record * 3073;
                bytes[at] = (byte) label;
                for (int i = 0; i < 1024; i++) {
                    bytes[at + 1 + i] = (byte) label;
                    bytes[at + 1025 + i] = (byte) (100 + i / 32);
                    bytes[at + 2049 + i] = (byte) (200 + i % 32);
                }
            }
            Files.write(folder.resolve(Cifar10Reader.FILES.get(file)), bytes);
        }
    }

    @Test
    void should_interleave_the_planes() throws IOException {
        TrainTest data = Cifar10Reader.read("cifar10", folder, 2);

        assertEquals(Shape.of(10, 32, 32, 3), data.train().images().shape());
        assertArrayEquals(new int[] {0, 1, 1, 2, 2, 3, 3, 4, 4, 5}, data.train().labels());
        assertArrayEquals(new int[] {5, 6}, data.test().labels());
        for (int i = 0; i < 10; i++) {
            for (int y = 0; y < 32; y++) {
                for (int x = 0; x < 32; x++) {
                    assertEquals(
                            data.train().label(i) / 255f, data.train().image(i).get(y, x, 0));
                    assertEquals((100 + y) / 255f, data.train().image(i).get(y, x, 1));
                    assertEquals((200 + x) / 255f, data.train().image(i).get(y, x, 2));
                }
            }
        }
    }

    @Test
    void should_read_gz_files() throws IOException {
        Path plain = folder.resolve("data_batch_2.bin");
        Files.write(folder.resolve("data_batch_2.bin.gz"), IdxBytes.gz(Files.readAllBytes(plain)));
        Files.delete(plain);

        assertArrayEquals(
                new int[] {0, 1, 1, 2, 2, 3, 3, 4, 4, 5},
                Cifar10Reader.read("cifar10", folder, 2).train().labels());
    }

    @Test
    void should_refuse_files_of_another_size() throws IOException {
        Path file = folder.resolve("data_batch_3.bin");
        byte[] good = Files.readAllBytes(file);

        Files.write(file, Arrays.copyOf(good, 6145));
        assertFailure("data_batch_3.bin: is cut short: 2 records take 6146 bytes, the file has 6145 (at byte 6145)");
        Files.write(file, Arrays.copyOf(good, 6147));
        assertFailure(
                "data_batch_3.bin: goes on after its end: 2 records take 6146 bytes, the file has 6147 (at byte 6146)");
    }

    @Test
    void should_expect_ten_thousand_images_in_each_file() {
        assertEquals(
                folder + File.separator
                        + "data_batch_1.bin: is cut short: 10000 records take 30730000 bytes, "
                        + "the file has 6146 (at byte 6146)",
                assertThrows(DataFormatException.class, () -> Cifar10Reader.read("cifar10", folder))
                        .getMessage());
    }

    @Test
    void should_refuse_labels_above_nine() throws IOException {
        Path file = folder.resolve("test_batch.bin");
        byte[] bytes = Files.readAllBytes(file);
        bytes[3073] = 10;
        Files.write(file, bytes);

        assertFailure("test_batch.bin: label 1 is 10, the 10 classes are 0 to 9 (at byte 3073)");
    }

    @Test
    void should_say_which_file_is_missing() throws IOException {
        Files.delete(folder.resolve("data_batch_5.bin"));

        assertFailure("data_batch_5.bin: there is no such file, nor one with .gz appended");
    }

    private void assertFailure(String message) {
        assertEquals(
                folder + File.separator + message,
                assertThrows(DataFormatException.class, () -> Cifar10Reader.read("cifar10", folder, 2))
                        .getMessage());
    }
}
