package dev.lanes.cli.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.data.Cifar10Reader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Converts batches of two images; pixel p of image i of batch b is (b, i, p mod 251). */
class Cifar10ConversionTest {
    private static final int IMAGES = 2;

    @TempDir
    private Path root;

    private Path unpacked;
    private Path target;
    private final Map<String, String> sums = new HashMap<>();

    @BeforeEach
    void write_pictures_and_labels() throws IOException {
        unpacked = Files.createDirectory(root.resolve("unpacked"));
        target = Files.createDirectory(root.resolve("target"));
        for (int batch = 0; batch < 6; batch++) {
            String bin = Cifar10Reader.FILES.get(batch);
            BufferedImage image = new BufferedImage(1024, IMAGES, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < IMAGES; i++) {
                for (int p = 0; p < 1024; p++) {
                    image.setRGB(p, i, batch << 16 | i << 8 | p % 251);
                }
            }
            ImageIO.write(
                    image, "png", unpacked.resolve(bin.replace(".bin", ".png")).toFile());
            sums.put(bin, TestPackages.sha256(expected(batch)));
        }
        Files.writeString(unpacked.resolve("train_lables.json"), "[0,1,2,3,4,5,6,7,8,9]");
        Files.writeString(unpacked.resolve("test_lables.json"), "[4,2]");
    }

    private static byte[] expected(int batch) {
        int[] labels = batch < 5 ? new int[] {2 * batch, 2 * batch + 1} : new int[] {4, 2};
        byte[] bytes = new byte[IMAGES * 3073];
        for (int i = 0; i < IMAGES; i++) {
            bytes[i * 3073] = (byte) labels[i];
            for (int p = 0; p < 1024; p++) {
                bytes[i * 3073 + 1 + p] = (byte) batch;
                bytes[i * 3073 + 1025 + p] = (byte) i;
                bytes[i * 3073 + 2049 + p] = (byte) (p % 251);
            }
        }
        return bytes;
    }

    private void convert() throws IOException {
        new Cifar10Conversion(IMAGES, sums).convert(unpacked, target, line -> {});
    }

    private void assertFailure(String message) {
        String actual =
                assertThrows(DataUnavailableException.class, this::convert).getMessage();
        assertTrue(actual.startsWith(message), actual);
        assertEquals(1, actual.lines().count());
    }

    @Test
    void should_write_labels_and_planes() throws IOException {
        List<String> said = new ArrayList<>();

        new Cifar10Conversion(IMAGES, sums).convert(unpacked, target, said::add);

        for (int batch = 0; batch < 6; batch++) {
            assertArrayEquals(expected(batch), Files.readAllBytes(target.resolve(Cifar10Reader.FILES.get(batch))));
        }
        assertEquals("converting batch 1 of 6", said.getFirst());
        assertEquals(6, said.size());
    }

    @Test
    void should_check_what_it_made() {
        sums.put("data_batch_4.bin", "0");

        assertFailure("data_batch_4.bin is not what it should be: its SHA-256 is " + TestPackages.sha256(expected(3))
                + ", expected 0");
    }

    @Test
    void should_refuse_labels_that_do_not_fit() throws IOException {
        Files.writeString(unpacked.resolve("test_lables.json"), "[4,2,1]");
        assertFailure("test_lables.json has 3 labels, expected 2");
        Files.writeString(unpacked.resolve("test_lables.json"), "[4,10]");
        assertFailure("test_lables.json has a label 10, needs 0 to 9");
        Files.writeString(unpacked.resolve("test_lables.json"), "[4,");
        assertFailure("test_lables.json is not an array of labels: ");
        Files.writeString(unpacked.resolve("test_lables.json"), "{}");
        assertFailure("test_lables.json is not an array of labels: ");
    }

    @Test
    void should_refuse_pictures_of_another_size() throws IOException {
        Path png = unpacked.resolve("data_batch_2.png");
        ImageIO.write(new BufferedImage(1024, 3, BufferedImage.TYPE_INT_RGB), "png", png.toFile());
        assertFailure("data_batch_2.png is not a colour picture of 1024x2 pixels");
        ImageIO.write(new BufferedImage(1024, 2, BufferedImage.TYPE_BYTE_GRAY), "png", png.toFile());
        assertFailure("data_batch_2.png is not a colour picture of 1024x2 pixels");
        Files.writeString(png, "no picture");
        assertFailure("data_batch_2.png is not a colour picture of 1024x2 pixels");
    }
}
