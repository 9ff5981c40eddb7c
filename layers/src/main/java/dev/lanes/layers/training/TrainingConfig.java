package dev.lanes.layers.training;

import java.util.Objects;

/**
 * How long and in which portions to train; what is learnt and how stands in the network and the optimiser.
 *
 * @param epochs how often every example is seen
 * @param batchSize how many examples make one step
 * @param seed where the order of the examples and what else is random follow from
 * @param schedule how the learning rate changes
 */
public record TrainingConfig(int epochs, int batchSize, long seed, LearningRateSchedule schedule) {
    /**
     * @throws IllegalArgumentException if a number is below 1
     */
    public TrainingConfig {
        Objects.requireNonNull(schedule, "schedule");
        if (epochs < 1 || batchSize < 1) {
            throw new IllegalArgumentException(
                    "training: epochs " + epochs + " and batch size " + batchSize + " must be at least 1");
        }
    }

    /** Makes a configuration with a learning rate that does not change. */
    public TrainingConfig(int epochs, int batchSize, long seed) {
        this(epochs, batchSize, seed, LearningRateSchedule.constant());
    }
}
