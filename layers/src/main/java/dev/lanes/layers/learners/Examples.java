package dev.lanes.layers.learners;

import dev.lanes.layers.data.Dataset;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.Objects;

/**
 * Rows of numbers with one label each: what the learners of this package are taught by.
 *
 * <p><b>Shapes</b>: x {@code [n, features]}, not copied; labels {@code n} numbers from 0 to below {@code classes},
 * copied. Any number of threads may read.
 *
 * <pre>{@code
 * Examples and = new Examples(Tensor.of(Shape.of(4, 2), 0, 0, 0, 1, 1, 0, 1, 1), new int[] {0, 0, 0, 1}, 2);
 * Examples digits = Examples.of(split.train());   // an image a row
 * }</pre>
 */
public final class Examples {
    private final Tensor x;
    private final int[] labels;
    private final int classes;

    /**
     * Puts rows and labels together.
     *
     * @throws ShapeMismatchException if x is not of rank 2, has no column, or not as many rows as there are labels
     * @throws IllegalArgumentException if there are no classes, or a label is not one of them
     */
    public Examples(Tensor x, int[] labels, int classes) {
        this.x = Rows.require("examples", x);
        this.labels = labels.clone();
        this.classes = classes;
        if (x.shape().dim(0) != labels.length) {
            throw new ShapeMismatchException(
                    "examples", "there are " + labels.length + " labels for the rows of " + x.shape());
        }
        if (classes < 1) {
            throw new IllegalArgumentException("examples: " + classes + " classes, needs at least 1");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "examples: label " + i + " is " + labels[i] + ", there are " + classes + " classes");
            }
        }
    }

    /** Returns the images of a data set as rows of {@code height * width * channels} numbers, a window on the same. */
    public static Examples of(Dataset data) {
        Shape rows = Shape.of(data.size(), data.imageShape().elements());
        return new Examples(
                data.images().reshape(rows), data.labels(), data.classNames().size());
    }

    /** Returns the rows {@code [n, features]}, not a copy. */
    public Tensor x() {
        return x;
    }

    /** Returns one row {@code [1, features]} as a window on {@link #x()}. */
    public Tensor row(int i) {
        return x.slice(i, i + 1);
    }

    /**
     * Returns the label of one row.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public int label(int i) {
        return labels[Objects.checkIndex(i, labels.length)];
    }

    /** Returns all labels as a fresh array. */
    public int[] labels() {
        return labels.clone();
    }

    /** Returns the number of classes. */
    public int classes() {
        return classes;
    }

    /** Returns the number of rows. */
    public int size() {
        return labels.length;
    }

    /** Returns the number of columns. */
    public int features() {
        return x.shape().dim(1);
    }
}
