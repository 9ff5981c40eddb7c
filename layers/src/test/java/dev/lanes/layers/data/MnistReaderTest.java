package dev.lanes.layers.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistReaderTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write_four_files() throws IOException {
        write("train-images-idx3-ubyte", IdxBytes.images(3));
        write("train-labels-idx1-ubyte", IdxBytes.labels(5, 0, 4));
        write("t10k-images-idx3-ubyte.gz", IdxBytes.gz(IdxBytes.images(2)));
        write("t10k-labels-idx1-ubyte.gz", IdxBytes.gz(IdxBytes.labels(7, 2)));
    }

    private void write(String name, byte... bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    @Test
    void should_read_train_and_test() throws IOException {
        TrainTest data = MnistReader.read("mnist", folder, MnistReader.DIGITS);

        assertEquals("mnist: 3 images of [2, 1, 1] in 10 classes", data.train().toString());
        assertArrayEquals(new int[] {5, 0, 4}, data.train().labels());
        assertArrayEquals(new int[] {7, 2}, data.test().labels());
        assertArrayEquals(new float[] {2 / 255f, 3 / 255f}, data.test().image(1).toArray());
    }

    @Test
    void should_name_ten_fashions() throws IOException {
        TrainTest data = MnistReader.read("fashion-mnist", folder, MnistReader.FASHION);

        assertEquals("Sandal", data.train().classNames().get(data.train().label(0)));
        assertEquals(10, MnistReader.FASHION.size());
    }

    @Test
    void should_say_which_file_is_missing() throws IOException {
        Files.delete(folder.resolve("t10k-labels-idx1-ubyte.gz"));

        assertFailure("t10k-labels-idx1-ubyte: there is no such file, nor one with .gz appended");
    }

    @Test
    void should_refuse_counts_that_differ() throws IOException {
        write("train-labels-idx1-ubyte", IdxBytes.labels(5, 0));

        assertFailure("train-images-idx3-ubyte: has 3 images, train-labels-idx1-ubyte has 2 labels");
    }

    @Test
    void should_refuse_image_sizes_that_differ() throws IOException {
        write("t10k-images-idx3-ubyte", IdxBytes.file(0x803, new int[] {2, 1, 1}, new byte[2]));

        assertFailure("t10k-images-idx3-ubyte: images are [1, 1, 1], those for training are [2, 1, 1]");
    }

    @Test
    void should_refuse_labels_above_nine() throws IOException {
        write("t10k-labels-idx1-ubyte.gz", IdxBytes.gz(IdxBytes.labels(7, 77)));

        assertFailure("t10k-labels-idx1-ubyte.gz: label 1 is 77, the 10 classes are 0 to 9 (at byte 9)");
    }

    private void assertFailure(String message) {
        assertEquals(
                folder + File.separator + message,
                assertThrows(DataFormatException.class, () -> MnistReader.read("mnist", folder, MnistReader.DIGITS))
                        .getMessage());
    }
}
