package dev.lanes.layers.losses;

import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.ops.LabelWeighting;

/**
 * What a classifier is trained to make small: from scores and labels to a single value.
 *
 * <pre>{@code
 * ClassificationLoss loss = ClassificationLoss.softmaxCrossEntropy(LabelWeighting.NONE.smoothing(0.1));
 * }</pre>
 */
@FunctionalInterface
public interface ClassificationLoss {
    /**
     * Returns the loss, a scalar {@code []}.
     *
     * @param scores {@code [batch, classes]}
     * @param labels the right class of each row; read at once
     */
    Variable of(Variable scores, int[] labels, Pass pass);

    /** Returns the loss of {@link SoftmaxCrossEntropy} with the given weights and smoothing. */
    static ClassificationLoss softmaxCrossEntropy(LabelWeighting weighting) {
        return (scores, labels, pass) -> SoftmaxCrossEntropy.of(scores, labels, weighting, pass);
    }
}
