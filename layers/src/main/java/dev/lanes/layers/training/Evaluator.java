package dev.lanes.layers.training;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.data.Batches;
import dev.lanes.layers.data.Dataset;
import dev.lanes.layers.losses.SoftmaxCrossEntropy;
import dev.lanes.layers.metrics.ConfusionMatrix;
import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Pass;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;

/**
 * Judges a classifier by a data set, batch by batch in the order of the set; changes nothing.
 *
 * <pre>{@code
 * Score score = Evaluator.evaluate(net, split.test().open("accuracy"), 256, engine);
 * System.out.println(score.accuracy() + "\n" + score.confusion().table());
 * }</pre>
 */
public final class Evaluator {
    private Evaluator() {}

    /**
     * Returns loss, accuracy and confusion matrix.
     *
     * @param network images {@code [batch, height, width, channels]} to scores {@code [batch, classes]}
     * @param batchSize how many examples are computed together; has no influence but on speed and, for the loss, the
     *     last bits
     * @throws ShapeMismatchException if the network does not take the images or does not give a score for each class
     * @throws IllegalArgumentException if the data set is empty or the batch size below 1
     */
    public static Score evaluate(Layer network, Dataset data, int batchSize, Engine engine) {
        requireFit(network, data);
        ConfusionMatrix confusion = new ConfusionMatrix(data.classNames());
        Pass pass = Pass.evaluation(Tape.none(engine));
        double loss = 0;
        for (Batches.Batch batch : new Batches(data, batchSize, 0)) {
            Variable scores = network.forward(pass.tape().constant(batch.images()), pass);
            Variable mean = SoftmaxCrossEntropy.of(scores, batch.labels(), pass);
            loss += (double) mean.value().item() * batch.size();
            confusion.add(scores.value(), batch.labels());
        }
        return new Score(loss / data.size(), confusion.accuracy(), confusion);
    }

    /** Throws unless a network takes the images of a data set and gives a score for each of its classes. */
    static void requireFit(Layer network, Dataset data) {
        if (data.size() == 0) {
            throw new IllegalArgumentException(data.name() + " has no examples");
        }
        Shape scores = network.outputShape(data.images().shape().withDim(0, 1));
        int classes = data.classNames().size();
        if (!scores.equals(Shape.of(1, classes))) {
            throw new ShapeMismatchException(
                    "network",
                    "an image of " + data.name() + " gives " + scores + ", needs [1, " + classes + "] for its "
                            + classes + " classes");
        }
    }
}
