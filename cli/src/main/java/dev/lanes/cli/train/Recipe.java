package dev.lanes.cli.train;

/**
 * How a data set is trained on where the user says nothing else.
 *
 * @param epochs how often every example is seen
 * @param batch examples a step
 * @param learningRate that of the first epoch; it falls along half a cosine
 * @param momentum part of the last step that goes into the next
 * @param weightDecay how strongly weights are drawn to zero; few examples want more of it
 */
record Recipe(int epochs, int batch, double learningRate, double momentum, double weightDecay) {
    /** Returns the recipe of a data set by name. */
    static Recipe of(String dataset) {
        return switch (dataset) {
            case "digits" -> new Recipe(15, 32, 0.05, 0.9, 1e-3);
            case "mnist" -> new Recipe(3, 64, 0.05, 0.9, 0);
            case "fashion-mnist" -> new Recipe(6, 64, 0.05, 0.9, 1e-4);
            default -> new Recipe(12, 64, 0.02, 0.9, 5e-4);
        };
    }
}
