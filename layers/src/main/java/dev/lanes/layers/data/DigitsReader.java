package dev.lanes.layers.data;

import dev.lanes.numerics.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads 20x20 grey digits from two CSV files, one row per image: 400 values, and a label from 1 to 10.
 *
 * <p>This is how the 5,000 digits of {@code org.openimaj:sandbox} are stored: the values of an image run down its
 * columns and lie a little outside 0 to 1 in places, and label 10 stands for the digit 0.
 */
public final class DigitsReader {
    private static final int SIDE = 20;
    private static final int PIXELS = SIDE * SIDE;
    private static final int MOST_ROWS = 100_000;

    private DigitsReader() {}

    /**
     * Reads images and labels; the streams are read to their end and left open.
     *
     * @param inputs the images
     * @param outputs the labels
     * @return images {@code [n, 20, 20, 1]} upright, labels 0 to 9
     * @throws DataFormatException if a row is too short or too long, a value is no number or no grey (outside -1 to 2),
     *     a label is not one of 1 to 10, or there are not as many labels as images
     * @throws IOException if a stream cannot be read
     */
    public static Dataset read(InputStream inputs, InputStream outputs) throws IOException {
        int[] labels = labels(new CsvNumbers("outputs.csv", outputs));
        Tensor images = images(new CsvNumbers("inputs.csv", inputs), labels.length);
        return new Dataset("digits", images, labels, MnistReader.DIGITS);
    }

    private static int[] labels(CsvNumbers csv) throws IOException {
        int[] labels = new int[8192];
        int n = 0;
        while (csv.hasMore()) {
            float label = csv.next();
            if (!(label >= 1 && label <= 10 && label == (int) label)) {
                throw csv.failure("is label " + label + ", needs a whole number from 1 to 10 (10 stands for digit 0)");
            }
            if (!csv.rowEnded()) {
                throw csv.fileFailure("row " + csv.row() + " has more than one label");
            }
            if (n == MOST_ROWS) {
                throw csv.fileFailure("has more than " + MOST_ROWS + " rows");
            }
            labels = n < labels.length ? labels : Arrays.copyOf(labels, 2 * n);
            labels[n++] = (int) label % 10;
        }
        if (n == 0) {
            throw csv.fileFailure("is empty");
        }
        return Arrays.copyOf(labels, n);
    }

    private static Tensor images(CsvNumbers csv, int rows) throws IOException {
        Tensor images = Tensor.zeros(rows, SIDE, SIDE, 1);
        for (int row = 0; row < rows; row++) {
            if (!csv.hasMore()) {
                throw csv.fileFailure("has " + row + " rows, outputs.csv has " + rows + " labels");
            }
            readImage(csv, images.array(), images.offset() + row * PIXELS);
        }
        if (csv.hasMore()) {
            throw csv.fileFailure("has more rows than the " + rows + " labels of outputs.csv");
        }
        return images;
    }

    private static void readImage(CsvNumbers csv, float[] target, int start) throws IOException {
        for (int i = 0; i < PIXELS; i++) {
            float value = csv.next();
            if (value < -1 || value > 2) {
                throw csv.failure("is " + value + ", no shade of grey (about 0 to 1)");
            }
            // The file runs down the columns, the tensor along the rows.
            target[start + (i % SIDE) * SIDE + i / SIDE] = value;
            if (csv.rowEnded() != (i == PIXELS - 1)) {
                throw csv.fileFailure("row " + csv.row() + " has " + (i < PIXELS - 1 ? i + 1 : "more than " + PIXELS)
                        + " values, needs " + PIXELS);
            }
        }
    }
}
