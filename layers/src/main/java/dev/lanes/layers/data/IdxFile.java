package dev.lanes.layers.data;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads files in the IDX format of MNIST: unsigned bytes under a short header, plain or gzipped.
 *
 * <p>The header is a magic number (two zero bytes, the element type 8 for unsigned bytes, the number of axes) and one
 * big-endian 32-bit extent per axis. Whether a file is gzipped is told by its first bytes, not by its name.
 */
public final class IdxFile {
    private static final int IMAGES_MAGIC = 0x0803;
    private static final int LABELS_MAGIC = 0x0801;
    private static final int CHUNK = 1 << 16;
    private static final float[] GREY = new float[256];

    static {
        for (int i = 0; i < 256; i++) {
            GREY[i] = i / 255f;
        }
    }

    private IdxFile() {}

    /**
     * Reads grey images (an idx3 file).
     *
     * @return {@code [n, height, width, 1]}, every byte divided by 255
     * @throws DataFormatException if the file is not an idx3 file of unsigned bytes, is cut short or goes on after its
     *     end
     * @throws IOException if the file cannot be read
     */
    public static Tensor images(Path file) throws IOException {
        try (ByteSource source = ByteSource.open(file)) {
            long[] dims = header(source, IMAGES_MAGIC, "idx3", "images", "rows", "columns");
            long elements = elements(source, dims);
            source.requireRemaining(elements, dims[0] + " images of " + dims[1] + "x" + dims[2]);
            Tensor images = Tensor.zeros(Shape.of((int) dims[0], (int) dims[1], (int) dims[2], 1));
            float[] values = images.array();
            byte[] chunk = new byte[(int) Math.min(CHUNK, elements)];
            for (int at = images.offset(); at < values.length; at += chunk.length) {
                int length = Math.min(chunk.length, values.length - at);
                source.readFully(chunk, length);
                for (int i = 0; i < length; i++) {
                    values[at + i] = grey(chunk[i]);
                }
            }
            source.requireEnd();
            return images;
        }
    }

    /**
     * Reads labels (an idx1 file).
     *
     * @param classes the number of classes; every label must be below it
     * @throws DataFormatException if the file is not an idx1 file of unsigned bytes, is cut short, goes on after its
     *     end or holds a label that is no class
     * @throws IOException if the file cannot be read
     */
    public static int[] labels(Path file, int classes) throws IOException {
        try (ByteSource source = ByteSource.open(file)) {
            long[] dims = header(source, LABELS_MAGIC, "idx1", "labels");
            source.requireRemaining(elements(source, dims), dims[0] + " labels");
            byte[] bytes = new byte[(int) dims[0]];
            long start = source.position();
            source.readFully(bytes, bytes.length);
            source.requireEnd();
            int[] labels = new int[bytes.length];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = bytes[i] & 0xff;
                if (labels[i] >= classes) {
                    throw source.failureAt(
                            start + i,
                            "label " + i + " is " + labels[i] + ", the " + classes + " classes are 0 to "
                                    + (classes - 1));
                }
            }
            return labels;
        }
    }

    /** Returns the value from 0 to 1 of an unsigned byte. */
    static float grey(byte value) {
        return GREY[value & 0xff];
    }

    private static long[] header(ByteSource source, int magic, String format, String... axes) throws IOException {
        int found = source.readInt();
        if (found != magic) {
            throw source.failureAt(
                    0,
                    String.format(
                            "begins with 0x%08x, an %s file of unsigned bytes begins with 0x%08x",
                            found, format, magic));
        }
        long[] dims = new long[axes.length];
        for (int i = 0; i < dims.length; i++) {
            long offset = source.position();
            dims[i] = source.readInt();
            if (dims[i] < 1) {
                throw source.failureAt(offset, "the number of " + axes[i] + " is " + dims[i] + ", needs at least 1");
            }
        }
        return dims;
    }

    /** Returns the product of the extents, which are positive ints, unless no array could hold as many. */
    private static long elements(ByteSource source, long[] dims) throws DataFormatException {
        long most = Integer.MAX_VALUE - 8;
        long elements = 1;
        for (long dim : dims) {
            elements *= dim;
            if (elements > most) {
                throw source.failure("the header announces more than " + most + " values, the most one array can hold");
            }
        }
        return elements;
    }
}
