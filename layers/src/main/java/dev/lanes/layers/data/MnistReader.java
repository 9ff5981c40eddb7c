package dev.lanes.layers.data;

import dev.lanes.numerics.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a folder laid out like MNIST: four IDX files, {@code train} and {@code t10k}, images and labels.
 *
 * <p>The files are {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte} and
 * {@code t10k-labels-idx1-ubyte}; each may have {@code .gz} appended, and the plain one is taken where both exist.
 *
 * <pre>{@code
 * TrainTest fashion = MnistReader.read("fashion-mnist", folder, MnistReader.FASHION);
 * fashion.train().images().shape();   // [60000, 28, 28, 1]
 * }</pre>
 */
public final class MnistReader {
    /** The classes of MNIST: the ten digits. */
    public static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    /** The classes of Fashion-MNIST. */
    public static final List<String> FASHION = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    /** The names of the four files, without {@code .gz}. */
    public static final List<String> FILES = List.of(
            "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");

    private MnistReader() {}

    /**
     * Reads the four files of a folder.
     *
     * @param name the name given to the data sets
     * @return images {@code [n, height, width, 1]} from 0 to 1
     * @throws DataFormatException if a file is missing or not what it should be, or files do not fit each other
     * @throws IOException if a file cannot be read
     */
    public static TrainTest read(String name, Path folder, List<String> classNames) throws IOException {
        Dataset train = part(name, folder, FILES.get(0), FILES.get(1), classNames);
        Dataset test = part(name, folder, FILES.get(2), FILES.get(3), classNames);
        if (!test.imageShape().equals(train.imageShape())) {
            throw new DataFormatException(
                    DataFiles.find(folder, FILES.get(2)).toString(),
                    -1,
                    "images are " + test.imageShape() + ", those for training are " + train.imageShape());
        }
        return new TrainTest(train, test);
    }

    private static Dataset part(String name, Path folder, String imagesName, String labelsName, List<String> classNames)
            throws IOException {
        Path labelsFile = DataFiles.find(folder, labelsName);
        int[] labels = IdxFile.labels(labelsFile, classNames.size());
        Path imagesFile = DataFiles.find(folder, imagesName);
        Tensor images = IdxFile.images(imagesFile);
        if (images.shape().dim(0) != labels.length) {
            throw new DataFormatException(
                    imagesFile.toString(),
                    -1,
                    "has " + images.shape().dim(0) + " images, " + labelsFile.getFileName() + " has " + labels.length
                            + " labels");
        }
        return new Dataset(name, images, labels, classNames);
    }
}
