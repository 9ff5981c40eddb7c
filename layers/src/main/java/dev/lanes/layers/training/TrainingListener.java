package dev.lanes.layers.training;

/** Is told how training goes, on the thread that trains; what it throws ends the training. */
public interface TrainingListener {
    /** Returns a listener that does nothing. */
    static TrainingListener none() {
        return new TrainingListener() {};
    }

    /**
     * Is told of a step.
     *
     * @param epoch which, from 1
     * @param batch which of the epoch, from 1
     * @param batches how many the epoch has
     * @param loss mean loss of the batch
     */
    default void onBatch(int epoch, int batch, int batches, double loss) {}

    /** Is told of an epoch that has ended. */
    default void onEpoch(EpochReport report) {}
}
