package dev.lanes.layers.learners;

import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;

/** What has learnt to tell the class of a row of numbers. Immutable; any number of threads may ask. */
@FunctionalInterface
public interface Classifier {
    /**
     * Returns the class of each row.
     *
     * @param x {@code [n, features]}
     * @throws ShapeMismatchException if the rows are not of the length that was learnt from
     */
    int[] predict(Tensor x);

    /**
     * Returns the part of the examples that is classified rightly, from 0 to 1; NaN if there are none.
     *
     * @throws ShapeMismatchException if the rows are not of the length that was learnt from
     */
    default double accuracy(Examples examples) {
        int[] predicted = predict(examples.x());
        int correct = 0;
        for (int i = 0; i < predicted.length; i++) {
            correct += predicted[i] == examples.label(i) ? 1 : 0;
        }
        return (double) correct / predicted.length;
    }
}
