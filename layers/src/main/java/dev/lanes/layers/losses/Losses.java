package dev.lanes.layers.losses;

import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.ops.LabelWeighting;
import dev.lanes.layers.ops.NegativeLogLikelihoodOp;
import dev.lanes.layers.ops.PairFunction;
import dev.lanes.layers.ops.PairFunctions;
import dev.lanes.layers.ops.PairLossOp;
import dev.lanes.layers.ops.ScaleOp;
import dev.lanes.numerics.ShapeMismatchException;

/**
 * The losses apart from {@link SoftmaxCrossEntropy}, each a scalar {@code []}, with derivatives by prediction and target.
 * A target that is not learnt is a {@code constant} of the tape.
 *
 * <pre>{@code
 * Variable loss = Losses.quadratic(net.forward(x, pass), pass.tape().constant(target), pass);
 * }</pre>
 *
 * <p><b>Shapes</b>: prediction and target alike; else {@link ShapeMismatchException}. Distributions are rows
 * {@code [batch, classes]} of probabilities.
 */
public final class Losses {
    private static final PairLossOp QUADRATIC = PairLossOp.perExample(PairFunctions.QUADRATIC);
    private static final PairLossOp MEAN_QUADRATIC = PairLossOp.perElement(PairFunctions.QUADRATIC);
    private static final PairLossOp ABSOLUTE = PairLossOp.perElement(PairFunctions.ABSOLUTE);
    private static final PairLossOp BINARY = PairLossOp.perElement(PairFunctions.BINARY_CROSS_ENTROPY);
    private static final PairLossOp BINARY_OF_LOGITS =
            PairLossOp.perElement(PairFunctions.BINARY_CROSS_ENTROPY_OF_LOGITS);
    private static final PairLossOp CROSS_ENTROPY = PairLossOp.perExample(PairFunctions.CROSS_ENTROPY);
    private static final PairLossOp KULLBACK_LEIBLER = PairLossOp.perExample(PairFunctions.KULLBACK_LEIBLER);
    private static final ScaleOp TWICE = new ScaleOp(2f);

    private Losses() {}

    /**
     * Returns the quadratic loss of the textbook, {@code 1/batch * sum of (prediction - target)^2 / 2}: the gradient of an
     * example by its prediction is the difference.
     */
    public static Variable quadratic(Variable prediction, Variable target, Pass pass) {
        return pass.tape().apply(QUADRATIC, prediction, target);
    }

    /** Returns the mean squared error, {@code (prediction - target)^2} averaged over all elements. */
    public static Variable meanSquared(Variable prediction, Variable target, Pass pass) {
        return pass.tape().apply(TWICE, pass.tape().apply(MEAN_QUADRATIC, prediction, target));
    }

    /** Returns the mean absolute error, {@code |prediction - target|} averaged over all elements. */
    public static Variable absolute(Variable prediction, Variable target, Pass pass) {
        return pass.tape().apply(ABSOLUTE, prediction, target);
    }

    /**
     * Returns the loss of Huber averaged over all elements: quadratic within delta, linear beyond.
     *
     * @throws IllegalArgumentException if delta is not above 0
     */
    public static Variable huber(Variable prediction, Variable target, double delta, Pass pass) {
        return pass.tape().apply(PairLossOp.perElement(PairFunctions.huber(delta)), prediction, target);
    }

    /** Returns the binary cross-entropy of probabilities from 0 to 1, averaged over all elements. */
    public static Variable binaryCrossEntropy(Variable probability, Variable target, Pass pass) {
        return pass.tape().apply(BINARY, probability, target);
    }

    /** Returns the binary cross-entropy of the sigmoid of scores, averaged over all elements. */
    public static Variable binaryCrossEntropyOfLogits(Variable score, Variable target, Pass pass) {
        return pass.tape().apply(BINARY_OF_LOGITS, score, target);
    }

    /**
     * Returns the negative log-likelihood of log-probabilities {@code [batch, classes]}, averaged over the batch.
     *
     * @param labels the right class of each row; read at once
     * @throws IllegalArgumentException if a label is not the index of a column
     */
    public static Variable negativeLogLikelihood(
            Variable logProbabilities, int[] labels, LabelWeighting weighting, Pass pass) {
        return pass.tape().apply(new NegativeLogLikelihoodOp(labels, weighting), logProbabilities);
    }

    /** Returns the cross-entropy of distributions, {@code -sum over c of target log(prediction)}, averaged over rows. */
    public static Variable crossEntropy(Variable prediction, Variable target, Pass pass) {
        return pass.tape().apply(CROSS_ENTROPY, prediction, target);
    }

    /** Returns the entropy of distributions, {@code -sum over c of p log(p)}, averaged over rows; in nats. */
    public static Variable entropy(Variable distribution, Pass pass) {
        return pass.tape().apply(CROSS_ENTROPY, distribution, distribution);
    }

    /**
     * Returns the divergence of Kullback and Leibler, {@code sum over c of target log(target / prediction)}, averaged over
     * rows: the cross-entropy less the entropy of the target.
     */
    public static Variable kullbackLeibler(Variable prediction, Variable target, Pass pass) {
        return pass.tape().apply(KULLBACK_LEIBLER, prediction, target);
    }

    /** Returns any loss that compares number by number, averaged over all elements. */
    public static Variable of(PairFunction f, Variable prediction, Variable target, Pass pass) {
        return pass.tape().apply(PairLossOp.perElement(f), prediction, target);
    }
}
