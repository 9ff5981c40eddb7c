package dev.lanes.layers.losses;

import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.ops.LabelWeighting;
import dev.lanes.layers.ops.SoftmaxCrossEntropyOp;
import dev.lanes.numerics.ShapeMismatchException;

/**
 * The loss of a classifier: the negative logarithm of the probability that softmax gives the right class, averaged over
 * the batch; see {@link SoftmaxCrossEntropyOp}. A network that knows nothing has a loss of {@code log(classes)}.
 *
 * <pre>{@code
 * Variable loss = SoftmaxCrossEntropy.of(net.forward(images, pass), labels, pass);
 * Gradients gradients = pass.tape().backward(loss);
 * }</pre>
 */
public final class SoftmaxCrossEntropy {
    private SoftmaxCrossEntropy() {}

    /**
     * Returns the loss, a scalar {@code []}.
     *
     * @param scores {@code [batch, classes]}, before any softmax
     * @param labels the right class of each row; read at once
     * @throws ShapeMismatchException if the scores have other axes, or not as many rows as there are labels
     * @throws IllegalArgumentException if a label is not the index of a column
     */
    public static Variable of(Variable scores, int[] labels, Pass pass) {
        return pass.tape().apply(new SoftmaxCrossEntropyOp(labels), scores);
    }

    /**
     * Returns the loss with weights of classes and smoothed labels, a scalar {@code []}; see {@link LabelWeighting}.
     *
     * @param scores {@code [batch, classes]}, before any softmax
     * @param labels the right class of each row; read at once
     * @throws ShapeMismatchException if the scores have other axes, or not as many rows as there are labels
     * @throws IllegalArgumentException if a label is not the index of a column, there are not as many class weights as
     *     columns, or the weights of all rows are 0
     */
    public static Variable of(Variable scores, int[] labels, LabelWeighting weighting, Pass pass) {
        return pass.tape().apply(new SoftmaxCrossEntropyOp(labels, weighting), scores);
    }
}
