package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.List;
import java.util.Objects;

/**
 * Softmax and cross-entropy in one, averaged over the batch:
 *
 * <pre>{@code
 * loss = 1/batch * sum over r of (log(sum over c of exp(x[r, c])) - x[r, label[r]])
 * dx[r, c] = (softmax(x)[r, c] - (c == label[r] ? 1 : 0)) / batch * dLoss
 * }</pre>
 *
 * <p>or, with weights of classes and smoothed labels, as {@link LabelWeighting} says. As one op it neither overflows for
 * large scores nor takes the logarithm of a probability that has become zero. The loss is summed in double, in the order
 * of the rows. <b>Shapes</b>: x, the scores, {@code [batch, classes]}; loss a scalar {@code []}.
 */
public final class SoftmaxCrossEntropyOp implements Op {
    private static final Shape SCALAR = Shape.of();
    private static final int GRADIENT = 0;
    private static final int LOG_SUM_EXP = 0;
    private static final int LABELS = 0;

    private final int[] labels;
    private final LabelWeighting weighting;

    /**
     * Makes the op with all examples counting the same.
     *
     * @param labels the right class of each row, read while the op is applied and not afterwards; not copied
     */
    public SoftmaxCrossEntropyOp(int[] labels) {
        this(labels, LabelWeighting.NONE);
    }

    /**
     * Makes the op.
     *
     * @param labels the right class of each row, read while the op is applied and not afterwards; not copied
     * @param weighting how much each example counts, and how far its label is believed
     */
    public SoftmaxCrossEntropyOp(int[] labels, LabelWeighting weighting) {
        this.labels = Objects.requireNonNull(labels, "labels");
        this.weighting = Objects.requireNonNull(weighting, "weighting");
    }

    @Override
    public String name() {
        return "softmaxCrossEntropy";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 1, 1);
        Shape x = inputs.getFirst();
        OpChecks.rank(name(), "scores are", x, 2, "[batch, classes]");
        if (x.dim(0) != labels.length) {
            throw new ShapeMismatchException(
                    name(), "there are " + labels.length + " labels for " + x.dim(0) + " rows of scores " + x);
        }
        if (labels.length == 0) {
            throw new ShapeMismatchException(name(), "scores are " + x + ", needs at least one row");
        }
        return SCALAR;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if a label is not the index of a column, there are not as many class weights as
     *     columns, or the weights of all rows are 0
     */
    @Override
    public void forward(Evaluation e) {
        Tensor x = e.input(0);
        weighting.require(name(), labels, x.shape());
        int batch = labels.length;
        int classes = x.shape().dim(1);
        double total = weighting.total(name(), labels);
        Tensor p = e.save(GRADIENT, x.shape());
        float[] logSumExp = e.saveFloats(LOG_SUM_EXP, batch);
        e.engine().rows().softmax(x, p, logSumExp);
        double spreadSum = weighting.spreadSum(classes);
        double sum = 0;
        for (int r = 0; r < batch; r++) {
            sum += loss(x, r, classes, logSumExp[r], spreadSum);
        }
        e.output().fill((float) (sum / total));
        if (e.isDifferentiable()) {
            System.arraycopy(labels, 0, e.saveInts(LABELS, batch), 0, batch);
            for (int r = 0; r < batch; r++) {
                subtractTargets(p, r, classes, spreadSum);
            }
            float[] gradient = p.array();
            float divisor = (float) total;
            for (int i = 0; i < p.elements(); i++) {
                gradient[p.offset() + i] /= divisor;
            }
        }
    }

    private double loss(Tensor x, int r, int classes, float logSumExp, double spreadSum) {
        if (weighting.ignores(labels[r])) {
            return 0;
        }
        int row = x.offset() + r * classes;
        double own = (1 - weighting.smoothing()) * weighting.ofClass(labels[r]);
        double loss = own * ((double) logSumExp - x.array()[row + labels[r]]);
        if (spreadSum > 0) {
            for (int c = 0; c < classes; c++) {
                loss += weighting.spread(c, classes) * ((double) logSumExp - x.array()[row + c]);
            }
        }
        return loss;
    }

    /** Makes of the probabilities of a row the difference to what they should be, times the weight of the row. */
    private void subtractTargets(Tensor p, int r, int classes, double spreadSum) {
        float[] gradient = p.array();
        int row = p.offset() + r * classes;
        double weight = weighting.ofRow(labels[r], spreadSum);
        if (weight != 1 || spreadSum > 0) {
            for (int c = 0; c < classes; c++) {
                double target = weight == 0 ? 0 : weighting.spread(c, classes);
                gradient[row + c] = (float) (weight * gradient[row + c] - target);
            }
        }
        if (weight != 0) {
            gradient[row + labels[r]] -= (float) (weight - spreadSum);
        }
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (into.wants(0)) {
            e.engine().elementwise().axpby(dOut.item(), e.saved(GRADIENT), 0f, into.target(0));
        }
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        Tensor gradient = e.saved(GRADIENT);
        Tensor dx = in.get(0);
        double sum = 0;
        for (int i = 0; i < gradient.elements(); i++) {
            sum += (double) gradient.array()[gradient.offset() + i] * dx.array()[dx.offset() + i];
        }
        dOut.fill((float) sum);
    }

    /** With p the softmax of a row and w its weight, {@code dOut * w / total * p (dx - <p, dx>)}. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {
        if (!into.wants(0)) {
            return;
        }
        Tensor x = e.input(0);
        int[] savedLabels = e.savedInts(LABELS);
        float[] logSumExp = e.savedFloats(LOG_SUM_EXP);
        Tensor dx = in.get(0);
        Tensor change = into.target(0);
        int batch = x.shape().dim(0);
        int classes = x.shape().dim(1);
        double spreadSum = weighting.spreadSum(classes);
        double total = 0;
        for (int r = 0; r < batch; r++) {
            total += weighting.ignores(savedLabels[r]) ? 0 : weighting.ofClass(savedLabels[r]);
        }
        for (int r = 0; r < batch; r++) {
            double factor = dOut.item() / total * weighting.ofRow(savedLabels[r], spreadSum);
            int row = r * classes;
            double mean = 0;
            for (int c = 0; c < classes; c++) {
                mean += probability(x, row + c, logSumExp[r]) * dx.array()[dx.offset() + row + c];
            }
            for (int c = 0; c < classes; c++) {
                double away = dx.array()[dx.offset() + row + c] - mean;
                change.array()[change.offset() + row + c] =
                        (float) (factor * probability(x, row + c, logSumExp[r]) * away);
            }
        }
    }

    private static double probability(Tensor x, int i, float logSumExp) {
        return StrictMath.exp((double) x.array()[x.offset() + i] - logSumExp);
    }

    /** Returns name and weighting. */
    @Override
    public String toString() {
        return name() + " " + weighting;
    }
}
