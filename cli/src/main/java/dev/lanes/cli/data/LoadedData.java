package dev.lanes.cli.data;

import dev.lanes.layers.data.Dataset;
import dev.lanes.layers.data.TrainTest;

/**
 * A data set read into memory.
 *
 * @param train the examples to learn from, or all examples of a set that has no official test set
 * @param testOrNull the official test set, or null if there is none
 */
public record LoadedData(Dataset train, Dataset testOrNull) {
    static LoadedData of(TrainTest data) {
        return new LoadedData(data.train(), data.test());
    }
}
