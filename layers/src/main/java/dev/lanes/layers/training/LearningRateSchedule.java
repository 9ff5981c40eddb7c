package dev.lanes.layers.training;

/** How the learning rate changes from epoch to epoch, as a factor of that at the beginning. */
@FunctionalInterface
public interface LearningRateSchedule {
    /**
     * Returns the factor for an epoch.
     *
     * @param epoch which, from 0
     * @param epochs how many there are
     */
    double factor(int epoch, int epochs);

    /** Returns the schedule that changes nothing. */
    static LearningRateSchedule constant() {
        return (epoch, epochs) -> 1;
    }

    /** Returns half a period of the cosine: {@code (1 + cos(pi epoch / epochs)) / 2}, from 1 down towards 0. */
    static LearningRateSchedule cosine() {
        return (epoch, epochs) -> (1 + StrictMath.cos(Math.PI * epoch / epochs)) / 2;
    }

    /**
     * Returns the schedule that multiplies the rate by a factor after every so many epochs.
     *
     * @throws IllegalArgumentException if the number of epochs is below 1
     */
    static LearningRateSchedule step(int every, double factor) {
        if (every < 1) {
            throw new IllegalArgumentException("schedule: the step is every " + every + " epochs, needs at least 1");
        }
        return (epoch, epochs) -> StrictMath.pow(factor, epoch / every);
    }
}
