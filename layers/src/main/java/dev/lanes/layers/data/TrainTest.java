package dev.lanes.layers.data;

import dev.lanes.numerics.ShapeMismatchException;

/**
 * A data set that comes with an official test set.
 *
 * @param train the examples to learn from
 * @param test the examples to judge by, images of the same shape in the same classes
 */
public record TrainTest(Dataset train, Dataset test) {
    /**
     * @throws ShapeMismatchException if the images of the two parts differ in shape
     * @throws IllegalArgumentException if their classes differ
     */
    public TrainTest {
        requireSameKind(train, test);
    }

    static void requireSameKind(Dataset train, Dataset test) {
        ShapeMismatchException.require(train.name(), "a test image", test.imageShape(), train.imageShape());
        if (!test.classNames().equals(train.classNames())) {
            throw new IllegalArgumentException(train.name() + ": the classes of the test set are " + test.classNames()
                    + ", of the training set " + train.classNames());
        }
    }
}
