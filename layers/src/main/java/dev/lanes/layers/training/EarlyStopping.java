package dev.lanes.layers.training;

import java.util.List;
import java.util.Objects;

/**
 * When to stop before all epochs are done: when a measure has not become better for some epochs in a row.
 *
 * @param measure what counts
 * @param patience how many epochs in a row may bring nothing
 * @param least by how much an epoch must be better to count as better
 */
public record EarlyStopping(Measure measure, int patience, double least) {
    /**
     * @throws IllegalArgumentException if the patience is below 1 or the least negative
     */
    public EarlyStopping {
        Objects.requireNonNull(measure, "measure");
        if (patience < 1 || !(least >= 0)) {
            throw new IllegalArgumentException("early stopping: patience " + patience + " and least improvement "
                    + least + " must be at least 1 and 0");
        }
    }

    /** Makes one for which any improvement counts. */
    public EarlyStopping(Measure measure, int patience) {
        this(measure, patience, 0);
    }

    /** Tells whether to stop after the epochs so far; it depends on these alone. */
    public boolean isOver(List<EpochReport> past) {
        double best = Double.NEGATIVE_INFINITY;
        int waited = 0;
        for (EpochReport report : past) {
            double value = measure.of(report);
            if (value > best + (best == Double.NEGATIVE_INFINITY ? 0 : least)) {
                best = value;
                waited = 0;
            } else {
                waited++;
            }
        }
        return waited >= patience;
    }
}
