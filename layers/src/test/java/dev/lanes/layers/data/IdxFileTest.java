package dev.lanes.layers.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
    @TempDir
    private Path folder;

    private Path write(byte... bytes) throws IOException {
        return Files.write(folder.resolve("f"), bytes);
    }

    @Test
    void should_read_images_as_greys() throws IOException {
        Tensor images = IdxFile.images(write(IdxBytes.file(
                0x803, new int[] {2, 1, 3}, (byte) 0, (byte) 1, (byte) 51, (byte) 127, (byte) 128, (byte) 255)));

        assertEquals(Shape.of(2, 1, 3, 1), images.shape());
        assertArrayEquals(new float[] {0, 1 / 255f, 0.2f, 127 / 255f, 128 / 255f, 1}, images.toArray());
    }

    @Test
    void should_read_labels() throws IOException {
        assertArrayEquals(new int[] {7, 0, 9}, IdxFile.labels(write(IdxBytes.labels(7, 0, 9)), 10));
    }

    @Test
    void should_know_gz_by_its_first_bytes() throws IOException {
        assertEquals(
                Shape.of(1000, 2, 1, 1),
                IdxFile.images(write(IdxBytes.gz(IdxBytes.images(1000)))).shape());
        Path plain = Files.write(folder.resolve("plain.gz"), IdxBytes.labels(1, 2));
        assertArrayEquals(new int[] {1, 2}, IdxFile.labels(plain, 10));
    }

    @Test
    void should_read_files_larger_than_its_buffers() throws IOException {
        Tensor images = IdxFile.images(write(IdxBytes.images(100_000)));

        for (int i = 0; i < images.elements(); i++) {
            assertEquals((i & 0xff) / 255f, images.array()[images.offset() + i]);
        }
    }

    @Test
    void should_refuse_what_is_no_file() {
        assertEquals(folder + ": is not a file", labelsFailure(folder).getMessage());
        Path missing = folder.resolve("missing");
        assertEquals(missing + ": there is no such file", labelsFailure(missing).getMessage());
    }

    @Test
    void should_refuse_another_magic_number() throws IOException {
        assertImagesFailure(
                "begins with 0x00000801, an idx3 file of unsigned bytes begins with 0x00000803 (at byte 0)",
                IdxBytes.labels(1, 2));
        assertImagesFailure(
                "begins with 0x00000d03, an idx3 file of unsigned bytes begins with 0x00000803 (at byte 0)",
                IdxBytes.file(0xd03, new int[] {1, 1, 1}, new byte[4]));
    }

    @Test
    void should_refuse_a_header_that_is_cut_short() throws IOException {
        byte[] good = IdxBytes.images(3);
        assertImagesFailure("is cut short: at least 4 more bytes belong here (at byte 0)");
        assertImagesFailure("is cut short: at least 2 more bytes belong here (at byte 2)", Arrays.copyOf(good, 2));
        assertImagesFailure("is cut short: at least 1 more bytes belong here (at byte 11)", Arrays.copyOf(good, 11));
    }

    @Test
    void should_refuse_counts_below_one() throws IOException {
        assertImagesFailure(
                "the number of images is -1, needs at least 1 (at byte 4)",
                IdxBytes.file(0x803, new int[] {-1, 28, 28}));
        assertImagesFailure(
                "the number of columns is 0, needs at least 1 (at byte 12)",
                IdxBytes.file(0x803, new int[] {1, 28, 0}));
    }

    @Test
    void should_refuse_counts_that_no_array_can_hold() throws IOException {
        int max = Integer.MAX_VALUE;
        for (int[] dims : new int[][] {{max, max, max}, {1 << 16, 1 << 15, 1}, {1 << 30, 4, 1 << 30}}) {
            String reason =
                    "the header announces more than 2147483639 values, the most one array can hold (at byte 16)";
            assertImagesFailure(reason, IdxBytes.file(0x803, dims));
            assertImagesFailure(reason, IdxBytes.gz(IdxBytes.file(0x803, dims)));
        }
    }

    @Test
    void should_compare_counts_with_the_size_of_the_file() throws IOException {
        byte[] good = IdxBytes.images(3);
        assertImagesFailure(
                "is cut short: 3 images of 2x1 take 6 bytes, the file has 5 (at byte 21)", Arrays.copyOf(good, 21));
        assertImagesFailure(
                "goes on after its end: 3 images of 2x1 take 6 bytes, the file has 7 (at byte 22)",
                IdxBytes.join(good, (byte) 0));
        assertImagesFailure(
                "is cut short: 600000000 images of 1x1 take 600000000 bytes, the file has 0 (at byte 16)",
                IdxBytes.file(0x803, new int[] {600_000_000, 1, 1}));
    }

    @Test
    void should_compare_counts_with_what_a_gz_file_can_hold() throws IOException {
        byte[] bytes = IdxBytes.gz(IdxBytes.file(0x803, new int[] {600_000_000, 1, 1}));
        assertImagesFailure(
                "600000000 images of 1x1 take 600000000 bytes, more than a gz file of " + bytes.length
                        + " bytes can hold (at byte 16)",
                bytes);
    }

    @Test
    void should_inflate_no_more_than_the_header_announces() throws IOException {
        byte[] bomb = IdxBytes.gz(IdxBytes.join(IdxBytes.images(3), new byte[100_000_000]));
        Path file = write(bomb);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        DataFormatException failure = assertThrows(DataFormatException.class, () -> IdxFile.images(file));
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertEquals(file + ": goes on after the end of its data (at byte 22)", failure.getMessage());
        assertTrue(allocated < 2_000_000, allocated + " bytes allocated");
    }

    @Test
    void should_refuse_damaged_gz_files() throws IOException {
        byte[] good = IdxBytes.gz(IdxBytes.images(1000));
        assertImagesFailure(
                "is cut short: the compressed data end too early (at byte ", Arrays.copyOf(good, good.length / 2));
        assertImagesFailure(
                "is cut short: the compressed data end too early (at byte 2016)", Arrays.copyOf(good, good.length - 1));
        assertImagesFailure("is not a whole gz file: it ends too early (at byte 0)", Arrays.copyOf(good, 5));
        byte[] otherMethod = good.clone();
        otherMethod[2] = 9;
        assertImagesFailure("is not a whole gz file: Unsupported compression method (at byte 0)", otherMethod);
        byte[] wrongSum = good.clone();
        wrongSum[good.length - 8] ^= 1;
        assertImagesFailure("has damaged compressed data: Corrupt GZIP trailer (at byte 2016)", wrongSum);
        byte[] wrongBlock = good.clone();
        wrongBlock[10] |= 6;
        assertImagesFailure("has damaged compressed data: invalid block type (at byte 0)", wrongBlock);
    }

    @Test
    void should_refuse_bytes_after_the_compressed_data() throws IOException {
        for (int extra : new int[] {1, 17, 18, 30, 100_000}) {
            assertImagesFailure(
                    "goes on after the end of its compressed data, " + extra + " bytes too many (at byte 22)",
                    IdxBytes.join(IdxBytes.gz(IdxBytes.images(3)), new byte[extra]));
        }
    }

    @Test
    void should_read_gz_files_of_several_members() throws IOException {
        byte[] bytes = IdxBytes.images(3);
        byte[] members = IdxBytes.join(
                IdxBytes.gz(Arrays.copyOf(bytes, 9)), IdxBytes.gz(Arrays.copyOfRange(bytes, 9, bytes.length)));

        assertEquals(Shape.of(3, 2, 1, 1), IdxFile.images(write(members)).shape());
    }

    @Test
    void should_refuse_labels_that_are_no_class() throws IOException {
        Path file = write(IdxBytes.labels(1, 2, 10, 3));

        assertEquals(
                file + ": label 2 is 10, the 10 classes are 0 to 9 (at byte 10)",
                labelsFailure(file).getMessage());
        assertEquals(10, labelsFailure(file).offset());
        assertEquals(file.toString(), labelsFailure(file).file());
        assertEquals(
                "label 2 is 10, the 10 classes are 0 to 9", labelsFailure(file).reason());
        Path high = write(IdxBytes.labels(255));
        assertEquals(
                high + ": label 0 is 255, the 10 classes are 0 to 9 (at byte 8)",
                labelsFailure(high).getMessage());
    }

    private static DataFormatException labelsFailure(Path file) {
        return assertThrows(DataFormatException.class, () -> IdxFile.labels(file, 10));
    }

    private void assertImagesFailure(String reason, byte... bytes) throws IOException {
        Path file = write(bytes);
        String message = assertThrows(DataFormatException.class, () -> IdxFile.images(file))
                .getMessage();
        assertTrue(message.startsWith(file + ": " + reason), message);
        assertEquals(1, message.lines().count());
    }
}
