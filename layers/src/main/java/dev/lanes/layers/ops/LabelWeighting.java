package dev.lanes.layers.ops;

import dev.lanes.numerics.Shape;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * How much each example counts in the loss of a classifier, and how much of its label is spread over all classes.
 *
 * <p>With {@code w[c]} the weight of class c, {@code s} the smoothing and {@code l[r, c]} the negative log-probability
 * of class c in row r, the loss is
 *
 * <pre>{@code
 * sum over r of ((1 - s) * w[label[r]] * l[r, label[r]] + s / classes * sum over c of w[c] * l[r, c])
 *         / sum over r of w[label[r]]
 * }</pre>
 *
 * <p>over the rows whose label is not the ignored one. Immutable.
 *
 * <pre>{@code
 * LabelWeighting.NONE.smoothing(0.1).classWeights(1, 5).ignoring(255);
 * }</pre>
 */
public final class LabelWeighting {
    /** All examples count the same, and their labels are believed. */
    public static final LabelWeighting NONE = new LabelWeighting(0, null, OptionalInt.empty());

    private final double smoothing;
    private final float[] classWeights;
    private final OptionalInt ignored;

    private LabelWeighting(double smoothing, float[] classWeights, OptionalInt ignored) {
        this.smoothing = smoothing;
        this.classWeights = classWeights;
        this.ignored = ignored;
    }

    /**
     * Returns the same with a part of each label spread over all classes, often 0.1.
     *
     * @throws IllegalArgumentException if the part is not at least 0 and below 1
     */
    public LabelWeighting smoothing(double part) {
        if (!(part >= 0 && part < 1)) {
            throw new IllegalArgumentException("label smoothing is " + part + ", needs 0 <= smoothing < 1");
        }
        return new LabelWeighting(part, classWeights, ignored);
    }

    /**
     * Returns the same with a weight for each class; rare ones usually get more.
     *
     * @throws IllegalArgumentException if a weight is negative or not a number
     */
    public LabelWeighting classWeights(float... weights) {
        for (int c = 0; c < weights.length; c++) {
            if (!(weights[c] >= 0 && weights[c] < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "the weight of class " + c + " is " + weights[c] + ", needs 0 or more");
            }
        }
        return new LabelWeighting(smoothing, weights.clone(), ignored);
    }

    /** Returns the same where rows with this label do not count; it may be any number, a class or not. */
    public LabelWeighting ignoring(int label) {
        return new LabelWeighting(smoothing, classWeights, OptionalInt.of(label));
    }

    double smoothing() {
        return smoothing;
    }

    boolean ignores(int label) {
        return ignored.isPresent() && label == ignored.getAsInt();
    }

    double ofClass(int c) {
        return classWeights == null ? 1 : classWeights[c];
    }

    /** Throws unless every label is the index of a class or ignored, and the class weights are as many as classes. */
    void require(String op, int[] labels, Shape scores) {
        int classes = scores.dim(-1);
        if (classWeights != null && classWeights.length != classes) {
            throw new IllegalArgumentException(
                    op + ": there are " + classWeights.length + " class weights for " + classes + " classes");
        }
        for (int r = 0; r < labels.length; r++) {
            if ((labels[r] < 0 || labels[r] >= classes) && !ignores(labels[r])) {
                throw new IllegalArgumentException(op + ": label " + r + " is " + labels[r] + ", needs 0 to "
                        + (classes - 1) + " for scores " + scores);
            }
        }
    }

    /**
     * Returns what the losses of the rows are divided by.
     *
     * @throws IllegalArgumentException if it is 0
     */
    double total(String op, int[] labels) {
        double total = 0;
        for (int label : labels) {
            total += ignores(label) ? 0 : ofClass(label);
        }
        if (total == 0) {
            throw new IllegalArgumentException(op + ": the weights of all " + labels.length + " rows are 0");
        }
        return total;
    }

    /** Returns by how much the log-sum-exp of a row counts: the sum of the weights that {@link #spread} gives. */
    double ofRow(int label, double spreadSum) {
        return ignores(label) ? 0 : (1 - smoothing) * ofClass(label) + spreadSum;
    }

    /** Returns the weight of one class in every row, apart from the label's own. */
    double spread(int c, int classes) {
        return smoothing == 0 ? 0 : smoothing / classes * ofClass(c);
    }

    double spreadSum(int classes) {
        double sum = 0;
        for (int c = 0; smoothing > 0 && c < classes; c++) {
            sum += spread(c, classes);
        }
        return sum;
    }

    /** Returns smoothing and weights, as in {@code smoothing 0.1 weights [1.0, 5.0]}. */
    @Override
    public String toString() {
        return "smoothing " + smoothing + (classWeights == null ? "" : " weights " + Arrays.toString(classWeights))
                + (ignored.isEmpty() ? "" : " ignoring " + ignored.getAsInt());
    }
}
