package dev.lanes.layers.training;

import dev.lanes.layers.data.Augmentation;
import dev.lanes.layers.losses.ClassificationLoss;
import dev.lanes.layers.losses.SoftmaxCrossEntropy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How long and in which portions to train, and what to watch; what is learnt and how stands in the network and the
 * optimiser.
 *
 * <pre>{@code
 * new TrainingConfig(20, 64, 42)
 *         .schedule(LearningRateSchedule.oneCycle())
 *         .augment(Augmentations.flip(), Augmentations.crop(4))
 *         .earlyStopping(new EarlyStopping(Measure.LOSS, 5))
 *         .keepBest(Measure.ACCURACY);
 * }</pre>
 *
 * @param epochs how often every example is seen
 * @param batchSize how many examples make one step
 * @param seed where the order of the examples and what else is random follow from
 * @param schedule how the learning rate changes
 * @param loss what to make small
 * @param augmentations how images are changed before they are learnt from, one way after the other
 * @param prefetching whether a thread of its own makes the next batch; changes nothing but the time
 * @param earlyStopping when to stop before all epochs are done
 * @param best by which measure to choose the weights that the network ends with; those of the last step if empty
 */
public record TrainingConfig(
        int epochs,
        int batchSize,
        long seed,
        LearningRateSchedule schedule,
        ClassificationLoss loss,
        List<Augmentation> augmentations,
        boolean prefetching,
        Optional<EarlyStopping> earlyStopping,
        Optional<Measure> best) {
    /**
     * @throws IllegalArgumentException if a number is below 1
     */
    public TrainingConfig {
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(earlyStopping, "earlyStopping");
        Objects.requireNonNull(best, "best");
        augmentations = List.copyOf(augmentations);
        if (epochs < 1 || batchSize < 1) {
            throw new IllegalArgumentException(
                    "training: epochs " + epochs + " and batch size " + batchSize + " must be at least 1");
        }
    }

    /** Makes a configuration with a learning rate that does not change, cross-entropy, and nothing else. */
    public TrainingConfig(int epochs, int batchSize, long seed) {
        this(epochs, batchSize, seed, LearningRateSchedule.constant());
    }

    /** Makes a configuration with cross-entropy, and nothing else. */
    public TrainingConfig(int epochs, int batchSize, long seed, LearningRateSchedule schedule) {
        this(
                epochs,
                batchSize,
                seed,
                schedule,
                SoftmaxCrossEntropy::of,
                List.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** Returns the same with another schedule of the learning rate. */
    public TrainingConfig schedule(LearningRateSchedule other) {
        return new TrainingConfig(
                epochs, batchSize, seed, other, loss, augmentations, prefetching, earlyStopping, best);
    }

    /** Returns the same with another loss; validation always shows plain cross-entropy. */
    public TrainingConfig loss(ClassificationLoss other) {
        return new TrainingConfig(
                epochs, batchSize, seed, schedule, other, augmentations, prefetching, earlyStopping, best);
    }

    /** Returns the same with these augmentations of the training images, and a thread that makes them. */
    public TrainingConfig augment(Augmentation... ways) {
        return new TrainingConfig(epochs, batchSize, seed, schedule, loss, List.of(ways), true, earlyStopping, best);
    }

    /** Returns the same with a thread that makes the next batch, or without. */
    public TrainingConfig prefetching(boolean wanted) {
        return new TrainingConfig(epochs, batchSize, seed, schedule, loss, augmentations, wanted, earlyStopping, best);
    }

    /** Returns the same, stopping early. */
    public TrainingConfig earlyStopping(EarlyStopping when) {
        return new TrainingConfig(
                epochs, batchSize, seed, schedule, loss, augmentations, prefetching, Optional.of(when), best);
    }

    /** Returns the same, ending with the weights of the best epoch, of equals the first. */
    public TrainingConfig keepBest(Measure measure) {
        return new TrainingConfig(
                epochs,
                batchSize,
                seed,
                schedule,
                loss,
                augmentations,
                prefetching,
                earlyStopping,
                Optional.of(measure));
    }
}
