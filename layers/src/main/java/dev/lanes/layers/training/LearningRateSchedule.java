package dev.lanes.layers.training;

import java.util.List;

/**
 * How the learning rate changes from step to step, as a factor of that of the optimiser at the beginning.
 *
 * <pre>{@code
 * LearningRateSchedule.oneCycle();
 * LearningRateSchedule.cosine().warmUp(5);
 * LearningRateSchedule.plateau(0.5, 3);
 * }</pre>
 */
@FunctionalInterface
public interface LearningRateSchedule {
    /**
     * Returns the factor for a step. It depends on the arguments alone, so a training that is resumed goes on as if it had
     * not been interrupted.
     *
     * @param epoch how many epochs have passed, from 0; a fraction within an epoch
     * @param epochs how many there will be
     * @param past what the epochs that have ended brought
     */
    double factor(double epoch, int epochs, List<EpochReport> past);

    /** Returns the schedule that changes nothing. */
    static LearningRateSchedule constant() {
        return (epoch, epochs, past) -> 1;
    }

    /** Returns half a period of the cosine: {@code (1 + cos(pi epoch / epochs)) / 2}, from 1 down towards 0. */
    static LearningRateSchedule cosine() {
        return (epoch, epochs, past) -> (1 + StrictMath.cos(Math.PI * epoch / epochs)) / 2;
    }

    /**
     * Returns the schedule that multiplies the rate by a factor after every so many epochs.
     *
     * @throws IllegalArgumentException if the number of epochs is below 1 or the factor not above 0
     */
    static LearningRateSchedule step(int every, double factor) {
        if (every < 1) {
            throw new IllegalArgumentException("schedule: the step is every " + every + " epochs, needs at least 1");
        }
        requirePositive("factor", factor);
        return (epoch, epochs, past) -> StrictMath.pow(factor, (int) epoch / every);
    }

    /**
     * Returns the schedule that multiplies the rate by a factor an epoch, a little at every step.
     *
     * @throws IllegalArgumentException if the factor is not above 0
     */
    static LearningRateSchedule exponential(double factor) {
        requirePositive("factor", factor);
        return (epoch, epochs, past) -> StrictMath.pow(factor, epoch);
    }

    /**
     * Returns the schedule of one cycle (Smith, 2018): over the first 0.3 of the training from 1/25 up to 1, over the rest
     * down to 1/10000, both along half a cosine. The rate of the optimiser is the peak, and may be several times what
     * would do without.
     */
    static LearningRateSchedule oneCycle() {
        return oneCycle(0.3, 25, 1e4);
    }

    /**
     * Returns the schedule of one cycle, from {@code 1 / startDivisor} up to 1 and down to {@code 1 / endDivisor}, both
     * along half a cosine.
     *
     * @param rising which part of the training the rate rises
     * @throws IllegalArgumentException if the part is not above 0 and below 1, or a divisor not above 0
     */
    static LearningRateSchedule oneCycle(double rising, double startDivisor, double endDivisor) {
        if (!(rising > 0 && rising < 1)) {
            throw new IllegalArgumentException("schedule: the rising part is " + rising + ", needs 0 < part < 1");
        }
        requirePositive("start divisor", startDivisor);
        requirePositive("end divisor", endDivisor);
        return (epoch, epochs, past) -> {
            double done = epoch / epochs;
            return done < rising
                    ? blend(1 / startDivisor, 1, done / rising)
                    : blend(1, 1 / endDivisor, (done - rising) / (1 - rising));
        };
    }

    /**
     * Returns the schedule that multiplies the rate by a factor whenever the validation loss has not become smaller for
     * some epochs; where there is no validation set the training loss counts.
     *
     * @param patience how many epochs in a row may bring nothing before the rate is changed
     * @throws IllegalArgumentException if the factor is not above 0 or the patience below 1
     */
    static LearningRateSchedule plateau(double factor, int patience) {
        requirePositive("factor", factor);
        if (patience < 1) {
            throw new IllegalArgumentException("schedule: the patience is " + patience + " epochs, needs at least 1");
        }
        return (epoch, epochs, past) -> {
            double result = 1;
            double best = Double.POSITIVE_INFINITY;
            int waited = 0;
            for (int i = 0; i < past.size(); i++) {
                double loss = past.get(i).lossToJudgeBy();
                waited = loss < best ? 0 : waited + 1;
                best = Math.min(best, loss);
                if (waited == patience) {
                    result *= factor;
                    waited = 0;
                }
            }
            return result;
        };
    }

    /**
     * Returns this schedule with its first epochs multiplied by a factor that grows evenly from 0 to 1.
     *
     * @param length of the warm-up in epochs
     * @throws IllegalArgumentException if the length is not above 0
     */
    default LearningRateSchedule warmUp(double length) {
        requirePositive("warm-up", length);
        return (epoch, epochs, past) -> factor(epoch, epochs, past) * Math.min(1, epoch / length);
    }

    private static double blend(double from, double to, double done) {
        return to + (from - to) * (1 + StrictMath.cos(Math.PI * done)) / 2;
    }

    private static void requirePositive(String what, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("schedule: the " + what + " is " + value + ", needs to be above 0");
        }
    }
}
