package dev.lanes.layers.data;

import dev.lanes.numerics.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the binary layout of CIFAR-10: six files of 10,000 records, a label and a 32x32 image in three planes.
 *
 * <p>A record is 3,073 bytes: the label, then the red, green and blue values of all pixels row by row. The planes are
 * interleaved while reading, because images are channels-last everywhere in this library. Each file may have
 * {@code .gz} appended, and the plain one is taken where both exist.
 */
public final class Cifar10Reader {
    /** The ten classes. */
    public static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    /** The names of the six files, the test batch last. */
    public static final List<String> FILES = List.of(
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin",
            "test_batch.bin");

    /** The number of images in each file. */
    public static final int IMAGES_PER_FILE = 10_000;

    private static final int SIDE = 32;
    private static final int CHANNELS = 3;
    private static final int PLANE = SIDE * SIDE;
    private static final int RECORD = 1 + CHANNELS * PLANE;

    private Cifar10Reader() {}

    /**
     * Reads the six files of a folder: 50,000 images for training, 10,000 for testing.
     *
     * @param name the name given to the data sets
     * @return images {@code [n, 32, 32, 3]} from 0 to 1
     * @throws DataFormatException if a file is missing, of the wrong size, or holds a label above 9
     * @throws IOException if a file cannot be read
     */
    public static TrainTest read(String name, Path folder) throws IOException {
        return read(name, folder, IMAGES_PER_FILE);
    }

    static TrainTest read(String name, Path folder, int imagesPerFile) throws IOException {
        int trainFiles = FILES.size() - 1;
        return new TrainTest(
                part(name, folder, FILES.subList(0, trainFiles), imagesPerFile),
                part(name, folder, FILES.subList(trainFiles, FILES.size()), imagesPerFile));
    }

    private static Dataset part(String name, Path folder, List<String> files, int imagesPerFile) throws IOException {
        for (String file : files) {
            try (ByteSource source = ByteSource.open(DataFiles.find(folder, file))) {
                source.requireRemaining((long) imagesPerFile * RECORD, imagesPerFile + " records");
            }
        }
        int n = files.size() * imagesPerFile;
        Tensor images = Tensor.zeros(n, SIDE, SIDE, CHANNELS);
        int[] labels = new int[n];
        byte[] values = new byte[RECORD];
        int i = 0;
        for (String file : files) {
            try (ByteSource source = ByteSource.open(DataFiles.find(folder, file))) {
                for (int end = i + imagesPerFile; i < end; i++) {
                    labels[i] = record(source, values, images.array(), images.offset() + i * CHANNELS * PLANE);
                }
                source.requireEnd();
            }
        }
        return new Dataset(name, images, labels, CLASSES);
    }

    private static int record(ByteSource source, byte[] values, float[] target, int at) throws IOException {
        long start = source.position();
        source.readFully(values, RECORD);
        int label = values[0] & 0xff;
        if (label >= CLASSES.size()) {
            throw source.failureAt(start, "label " + start / RECORD + " is " + label + ", the 10 classes are 0 to 9");
        }
        for (int channel = 0; channel < CHANNELS; channel++) {
            int plane = 1 + channel * PLANE;
            for (int pixel = 0; pixel < PLANE; pixel++) {
                target[at + pixel * CHANNELS + channel] = IdxFile.grey(values[plane + pixel]);
            }
        }
        return label;
    }
}
