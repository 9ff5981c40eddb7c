package dev.lanes.cli.train;

import dev.lanes.cli.model.Networks;

/**
 * How a data set is trained on. The usual recipes rest on what is known to work for such sets: batch normalisation with a
 * learning rate that rises and falls in one cycle, weight decay of matrices alone, and images moved by a few pixels,
 * mirrored where that makes sense.
 *
 * @param network which one
 * @param epochs how often every example is seen
 * @param batch examples a step
 * @param optimiser which one
 * @param learningRate the largest, where the schedule is 1
 * @param momentum part of the last step that goes into the next; of sgd alone
 * @param weightDecay how strongly weights are drawn to zero; few examples want more of it
 * @param schedule how the learning rate changes
 * @param warmUp over how many epochs it rises from 0 first; 0 for none
 * @param augment how the training images are changed
 * @param labelSmoothing which part of each label is spread over all classes
 */
record Recipe(
        String network,
        int epochs,
        int batch,
        String optimiser,
        double learningRate,
        double momentum,
        double weightDecay,
        String schedule,
        double warmUp,
        String augment,
        double labelSmoothing) {

    /** Returns the recipe of a data set by name. */
    static Recipe of(String dataset) {
        return switch (dataset) {
            case "digits" -> new Recipe(Networks.SMALL_CNN, 15, 32, "sgd", 0.05, 0.9, 1e-3, "cosine", 0, "none", 0);
            case "mnist" -> residual(5, 5e-4, "rotate=10,crop=2", 0);
            case "fashion-mnist" -> residual(12, 5e-4, "flip,crop=2", 0.05);
            default -> residual(14, 1e-3, "flip,crop=4", 0.05);
        };
    }

    private static Recipe residual(int epochs, double weightDecay, String augment, double labelSmoothing) {
        return new Recipe(
                Networks.RESIDUAL_CNN,
                epochs,
                64,
                "sgd",
                0.1,
                0.9,
                weightDecay,
                "one-cycle",
                0,
                augment,
                labelSmoothing);
    }
}
