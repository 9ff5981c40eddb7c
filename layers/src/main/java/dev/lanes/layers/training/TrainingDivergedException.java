package dev.lanes.layers.training;

/**
 * Thrown when the loss has become infinite or NaN; the message names epoch, batch and learning rate. The parameters are
 * those before the step that could not be made.
 */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TrainingDivergedException(double loss, int epoch, int batch, int batches, double learningRate) {
        super("training diverged: the loss is " + loss + " in epoch " + epoch + ", batch " + batch + " of " + batches
                + "; try a learning rate below " + learningRate);
    }
}
