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
 * The negative log-likelihood of log-probabilities, averaged over the batch, {@code loss = -1/batch * sum over r of x[r,
 * label[r]]}; with weights of classes and smoothed labels as {@link LabelWeighting} says. Behind a log-softmax it is
 * {@link SoftmaxCrossEntropyOp}, which is the better choice where both are wanted.
 *
 * <p>Linear. Summed in double, in the order of the rows. <b>Shapes</b>: x {@code [batch, classes]}; loss a scalar
 * {@code []}.
 */
public final class NegativeLogLikelihoodOp implements Op {
    private static final Shape SCALAR = Shape.of();
    private static final int LABELS = 0;

    private final int[] labels;
    private final LabelWeighting weighting;

    /**
     * Makes the op.
     *
     * @param labels the right class of each row, read while the op is applied and not afterwards; not copied
     * @param weighting how much each example counts, and how far its label is believed
     */
    public NegativeLogLikelihoodOp(int[] labels, LabelWeighting weighting) {
        this.labels = Objects.requireNonNull(labels, "labels");
        this.weighting = Objects.requireNonNull(weighting, "weighting");
    }

    @Override
    public String name() {
        return "negativeLogLikelihood";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 1, 1);
        Shape x = inputs.getFirst();
        OpChecks.rank(name(), "log-probabilities are", x, 2, "[batch, classes]");
        if (x.dim(0) != labels.length || labels.length == 0) {
            throw new ShapeMismatchException(
                    name(), "there are " + labels.length + " labels for " + x.dim(0) + " rows of " + x);
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
        int[] saved = e.saveInts(LABELS, labels.length);
        System.arraycopy(labels, 0, saved, 0, labels.length);
        weighting.total(name(), labels); // throws where it is 0
        e.output().fill((float) weighted(saved, x, x.shape()));
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (into.wants(0)) {
            Tensor dx = into.target(0);
            int[] saved = e.savedInts(LABELS);
            int classes = dx.shape().dim(1);
            double factor = -dOut.item() / total(saved, dx.shape().dim(0));
            for (int i = 0; i < dx.elements(); i++) {
                dx.array()[dx.offset() + i] = (float) (factor * weight(saved[i / classes], i % classes, classes));
            }
        }
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        dOut.fill((float) weighted(e.savedInts(LABELS), in.get(0), e.input(0).shape()));
    }

    /** Linear: there is no second derivative. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {}

    private double weighted(int[] saved, Tensor x, Shape shape) {
        int classes = shape.dim(1);
        double sum = 0;
        for (int i = 0; i < x.elements(); i++) {
            double weight = weight(saved[i / classes], i % classes, classes);
            sum -= weight == 0
                    ? 0
                    : weight * x.array()[x.offset() + i]; // minus infinity may stand where nothing counts
        }
        return sum / total(saved, shape.dim(0));
    }

    private double weight(int label, int c, int classes) {
        if (weighting.ignores(label)) {
            return 0;
        }
        return weighting.spread(c, classes) + (c == label ? (1 - weighting.smoothing()) * weighting.ofClass(c) : 0);
    }

    private double total(int[] saved, int batch) {
        double total = 0;
        for (int r = 0; r < batch; r++) {
            total += weighting.ignores(saved[r]) ? 0 : weighting.ofClass(saved[r]);
        }
        return total;
    }

    /** Returns name and weighting. */
    @Override
    public String toString() {
        return name() + " " + weighting;
    }
}
