package dev.lanes.layers.metrics;

import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How often examples of each class were taken for each class: rows are what they are, columns what they were taken for.
 * Counts add up from batch to batch; for one thread.
 *
 * <pre>{@code
 * ConfusionMatrix confusion = new ConfusionMatrix(List.of("cat", "dog"));
 * confusion.add(scores, labels);
 * confusion.accuracy();
 * System.out.println(confusion.table());
 * }</pre>
 */
public final class ConfusionMatrix {
    private final List<String> classNames;
    private final long[][] counts;

    /**
     * Makes a matrix of zeros.
     *
     * @throws IllegalArgumentException if there are no classes
     */
    public ConfusionMatrix(List<String> classNames) {
        this.classNames = List.copyOf(classNames);
        if (classNames.isEmpty()) {
            throw new IllegalArgumentException("confusion matrix: there must be at least one class");
        }
        this.counts = new long[classNames.size()][classNames.size()];
    }

    /**
     * Counts one example.
     *
     * @throws IndexOutOfBoundsException if there is no such class
     */
    public void add(int actual, int predicted) {
        counts[Objects.checkIndex(actual, counts.length)][Objects.checkIndex(predicted, counts.length)]++;
    }

    /**
     * Counts some examples of one class that were taken for the same.
     *
     * @throws IndexOutOfBoundsException if there is no such class
     */
    public void add(int actual, int predicted, long times) {
        counts[Objects.checkIndex(actual, counts.length)][Objects.checkIndex(predicted, counts.length)] += times;
    }

    /**
     * Counts a batch, each row taken for the class with the highest score.
     *
     * @param scores {@code [batch, classes]}
     * @param labels the right class of each row
     * @throws ShapeMismatchException if there are not as many columns as classes, or rows as labels
     */
    public void add(Tensor scores, int[] labels) {
        if (scores.shape().rank() != 2
                || scores.shape().dim(0) != labels.length
                || scores.shape().dim(1) != counts.length) {
            throw new ShapeMismatchException(
                    "confusion matrix",
                    "scores are " + scores.shape() + ", needs [" + labels.length + ", " + counts.length + "] for "
                            + labels.length + " labels and " + counts.length + " classes");
        }
        for (int r = 0; r < labels.length; r++) {
            add(labels[r], Metrics.argmax(scores, r));
        }
    }

    /** Returns the names of the classes. */
    public List<String> classNames() {
        return classNames;
    }

    /**
     * Returns how many examples of one class were taken for another, or the same.
     *
     * @throws IndexOutOfBoundsException if there is no such class
     */
    public long count(int actual, int predicted) {
        return counts[Objects.checkIndex(actual, counts.length)][Objects.checkIndex(predicted, counts.length)];
    }

    /** Returns the number of examples counted. */
    public long total() {
        long total = 0;
        for (int c = 0; c < counts.length; c++) {
            total += actual(c);
        }
        return total;
    }

    /** Returns the part of all examples taken for what they are, from 0 to 1; NaN if there are none. */
    public double accuracy() {
        long correct = 0;
        for (int c = 0; c < counts.length; c++) {
            correct += counts[c][c];
        }
        return (double) correct / total();
    }

    /**
     * Returns the part that is right of what was taken for a class, from 0 to 1; NaN if nothing was.
     *
     * @throws IndexOutOfBoundsException if there is no such class
     */
    public double precision(int c) {
        return (double) count(c, c) / predicted(c);
    }

    /**
     * Returns the part of a class that was taken for it, from 0 to 1; NaN if there is none of it.
     *
     * @throws IndexOutOfBoundsException if there is no such class
     */
    public double recall(int c) {
        return (double) count(c, c) / actual(c);
    }

    private long actual(int c) {
        long sum = 0;
        for (long count : counts[c]) {
            sum += count;
        }
        return sum;
    }

    private long predicted(int c) {
        long sum = 0;
        for (long[] row : counts) {
            sum += row[c];
        }
        return sum;
    }

    /**
     * Returns the matrix as text: a line for each class, with its counts and its recall, then the precision of each
     * column and, in the corner, the accuracy.
     */
    public String table() {
        int name = "precision".length();
        int width = 6;
        for (int c = 0; c < counts.length; c++) {
            name = Math.max(name, classNames.get(c).length());
            width = Math.max(width, classNames.get(c).length());
            for (long count : counts[c]) {
                width = Math.max(width, Long.toString(count).length());
            }
        }
        StringBuilder text = new StringBuilder(" ".repeat(name));
        for (String className : classNames) {
            cell(text, className, width);
        }
        cell(text, "recall", width).append('\n');
        for (int r = 0; r < counts.length; r++) {
            text.append(classNames.get(r)).repeat(' ', name - classNames.get(r).length());
            for (long count : counts[r]) {
                cell(text, Long.toString(count), width);
            }
            cell(text, part(recall(r)), width).append('\n');
        }
        text.append("precision").repeat(' ', name - "precision".length());
        for (int c = 0; c < counts.length; c++) {
            cell(text, part(precision(c)), width);
        }
        return cell(text, part(accuracy()), width).append('\n').toString();
    }

    private static StringBuilder cell(StringBuilder text, String value, int width) {
        return text.repeat(' ', width + 2 - value.length()).append(value);
    }

    private static String part(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
