package dev.lanes.layers.data;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.List;
import java.util.Objects;

/**
 * Images with one label each, all in memory.
 *
 * <p><b>Shapes</b>: images {@code [n, height, width, channels]} with values from about 0 to 1; labels {@code n} indices
 * into the class names. The images are not copied, so whoever holds the tensor can change them; everything else is
 * immutable. Any number of threads may read.
 *
 * <pre>{@code
 * Dataset digits = MnistReader.read("mnist", folder, MnistReader.DIGITS).train();
 * digits.imageShape();                        // [28, 28, 1]
 * digits.classNames().get(digits.label(0));   // "5"
 * }</pre>
 */
public final class Dataset {
    private final String name;
    private final Tensor images;
    private final int[] labels;
    private final List<String> classNames;

    /**
     * Puts images and labels together; the labels are copied, the images are not.
     *
     * @throws ShapeMismatchException if the images are not of rank 4 or there are not as many labels as images
     * @throws IllegalArgumentException if a label is not the index of a class
     */
    public Dataset(String name, Tensor images, int[] labels, List<String> classNames) {
        this.name = Objects.requireNonNull(name, "name");
        this.images = images;
        this.labels = labels.clone();
        this.classNames = List.copyOf(classNames);
        Shape shape = images.shape();
        if (shape.rank() != 4) {
            throw new ShapeMismatchException("dataset", "images are " + shape + ", needs [n, height, width, channels]");
        }
        if (shape.dim(0) != labels.length) {
            throw new ShapeMismatchException(
                    "dataset", "there are " + labels.length + " labels for " + shape.dim(0) + " images");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= this.classNames.size()) {
                throw new IllegalArgumentException("dataset: label " + i + " is " + labels[i] + ", there are "
                        + this.classNames.size() + " classes");
            }
        }
    }

    /** Returns the name of the set, as in {@code mnist}. */
    public String name() {
        return name;
    }

    /** Returns all images {@code [n, height, width, channels]}, not a copy. */
    public Tensor images() {
        return images;
    }

    /** Returns all labels as a fresh array. */
    public int[] labels() {
        return labels.clone();
    }

    /** Returns the names of the classes; a label is an index into this list. */
    public List<String> classNames() {
        return classNames;
    }

    /** Returns the number of examples. */
    public int size() {
        return labels.length;
    }

    /** Returns the shape of one image, {@code [height, width, channels]}. */
    public Shape imageShape() {
        Shape shape = images.shape();
        return Shape.of(shape.dim(1), shape.dim(2), shape.dim(3));
    }

    /**
     * Returns the label of one example.
     *
     * @throws IndexOutOfBoundsException if there is no such example
     */
    public int label(int i) {
        return labels[Objects.checkIndex(i, labels.length)];
    }

    /**
     * Returns one image {@code [height, width, channels]} as a window on {@link #images()}.
     *
     * @throws IndexOutOfBoundsException if there is no such example
     */
    public Tensor image(int i) {
        return images.slice(Objects.checkIndex(i, labels.length), i + 1).reshape(imageShape());
    }

    /**
     * Returns the examples at the given indices, in that order, with images of their own.
     *
     * @throws IndexOutOfBoundsException if there is no such example
     */
    public Dataset subset(int[] indices) {
        for (int i : indices) {
            Objects.checkIndex(i, labels.length);
        }
        Tensor chosen = Tensor.zeros(images.shape().withDim(0, indices.length));
        int[] chosenLabels = new int[indices.length];
        int stride = imageShape().elements();
        for (int i = 0; i < indices.length; i++) {
            copyImage(indices[i], chosen.array(), chosen.offset() + i * stride);
            chosenLabels[i] = labels[indices[i]];
        }
        return new Dataset(name, chosen, chosenLabels, classNames);
    }

    /** Copies the values of image {@code i} to {@code target}, beginning at {@code at}. */
    void copyImage(int i, float[] target, int at) {
        int stride = images.elements() / labels.length;
        System.arraycopy(images.array(), images.offset() + i * stride, target, at, stride);
    }

    /** Returns name, number of examples, image shape and number of classes on one line. */
    @Override
    public String toString() {
        return name + ": " + size() + " images of " + imageShape() + " in " + classNames.size() + " classes";
    }
}
