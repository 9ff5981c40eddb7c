package dev.lanes.layers.metrics;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.Objects;

/** Simple measures of a classifier's scores. */
public final class Metrics {
    private Metrics() {}

    /**
     * Returns the class with the highest score of a row; of equal scores the first, and NaN is never the highest.
     *
     * @param scores {@code [batch, classes]}
     * @throws ShapeMismatchException if the scores have other axes or no classes
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public static int argmax(Tensor scores, int row) {
        int classes = classes(scores.shape());
        Objects.checkIndex(row, scores.shape().dim(0));
        int from = scores.offset() + row * classes;
        int best = 0;
        for (int c = 1; c < classes; c++) {
            float score = scores.array()[from + c];
            float highest = scores.array()[from + best];
            if (score > highest || (Float.isNaN(highest) && !Float.isNaN(score))) {
                best = c;
            }
        }
        return best;
    }

    /**
     * Returns how many rows have their highest score at the right class.
     *
     * @param scores {@code [batch, classes]}
     * @param labels the right class of each row
     * @throws ShapeMismatchException if the scores have other axes, or not as many rows as there are labels
     */
    public static int correct(Tensor scores, int[] labels) {
        classes(scores.shape());
        if (scores.shape().dim(0) != labels.length) {
            throw new ShapeMismatchException(
                    "accuracy", "there are " + labels.length + " labels for the rows of scores " + scores.shape());
        }
        int correct = 0;
        for (int r = 0; r < labels.length; r++) {
            correct += argmax(scores, r) == labels[r] ? 1 : 0;
        }
        return correct;
    }

    /**
     * Returns the part of the rows that have their highest score at the right class, from 0 to 1; NaN of no rows.
     *
     * @param scores {@code [batch, classes]}
     * @param labels the right class of each row
     * @throws ShapeMismatchException if the scores have other axes, or not as many rows as there are labels
     */
    public static double accuracy(Tensor scores, int[] labels) {
        int correct = correct(scores, labels);
        return labels.length == 0 ? Double.NaN : (double) correct / labels.length;
    }

    private static int classes(Shape scores) {
        if (scores.rank() != 2 || scores.dim(1) == 0) {
            throw new ShapeMismatchException("argmax", "scores are " + scores + ", needs [batch, classes]");
        }
        return scores.dim(1);
    }
}
