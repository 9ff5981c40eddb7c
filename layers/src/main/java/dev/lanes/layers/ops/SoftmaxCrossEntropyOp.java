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
 * <p>As one op it neither overflows for large scores nor takes the logarithm of a probability that has become zero. The
 * loss is summed in double, in the order of the rows. <b>Shapes</b>: x, the scores, {@code [batch, classes]}; loss a
 * scalar {@code []}.
 */
public final class SoftmaxCrossEntropyOp implements Op {
    private static final Shape SCALAR = Shape.of();
    private static final int GRADIENT = 0;
    private static final int LOG_SUM_EXP = 0;
    private static final int LABELS = 0;

    private final int[] labels;

    /**
     * @param labels the right class of each row, read while the op is applied and not afterwards; not copied
     */
    public SoftmaxCrossEntropyOp(int[] labels) {
        this.labels = Objects.requireNonNull(labels, "labels");
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
     * @throws IllegalArgumentException if a label is not the index of a column
     */
    @Override
    public void forward(Evaluation e) {
        Tensor x = e.input(0);
        requireLabels(x.shape());
        int batch = labels.length;
        int classes = x.shape().dim(1);
        Tensor p = e.save(GRADIENT, x.shape());
        float[] logSumExp = e.saveFloats(LOG_SUM_EXP, batch);
        e.engine().rows().softmax(x, p, logSumExp);
        double sum = 0;
        for (int r = 0; r < batch; r++) {
            sum += (double) logSumExp[r] - x.array()[x.offset() + r * classes + labels[r]];
        }
        e.output().fill((float) (sum / batch));
        if (e.isDifferentiable()) {
            System.arraycopy(labels, 0, e.saveInts(LABELS, batch), 0, batch);
            float[] gradient = p.array();
            for (int r = 0; r < batch; r++) {
                gradient[p.offset() + r * classes + labels[r]] -= 1f;
            }
            for (int i = 0; i < p.elements(); i++) {
                gradient[p.offset() + i] /= batch;
            }
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

    /** With p the softmax of a row, {@code dOut / batch * p (dx - <p, dx>)}. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {
        if (!into.wants(0)) {
            return;
        }
        Tensor gradient = e.saved(GRADIENT);
        int[] savedLabels = e.savedInts(LABELS);
        Tensor dx = in.get(0);
        Tensor change = into.target(0);
        int batch = gradient.shape().dim(0);
        int classes = gradient.shape().dim(1);
        double[] p = new double[classes];
        for (int r = 0; r < batch; r++) {
            double mean = 0;
            for (int c = 0; c < classes; c++) {
                double excess = (double) batch * gradient.array()[gradient.offset() + r * classes + c];
                p[c] = c == savedLabels[r] ? excess + 1 : excess;
                mean += p[c] * dx.array()[dx.offset() + r * classes + c];
            }
            for (int c = 0; c < classes; c++) {
                double away = dx.array()[dx.offset() + r * classes + c] - mean;
                change.array()[change.offset() + r * classes + c] = (float) (dOut.item() / batch * p[c] * away);
            }
        }
    }

    private void requireLabels(Shape x) {
        for (int r = 0; r < labels.length; r++) {
            if (labels[r] < 0 || labels[r] >= x.dim(1)) {
                throw new IllegalArgumentException(name() + ": label " + r + " is " + labels[r] + ", needs 0 to "
                        + (x.dim(1) - 1) + " for scores " + x);
            }
        }
    }
}
