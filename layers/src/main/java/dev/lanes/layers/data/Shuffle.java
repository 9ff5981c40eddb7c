package dev.lanes.layers.data;

import dev.lanes.layers.random.SeededRandom;

/** Random orders that depend on a seed alone. */
final class Shuffle {
    private Shuffle() {}

    /** Brings the values into a random order (Fisher-Yates, last place first). */
    static void shuffle(int[] values, SeededRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            // The upper half of bits x bound is even to within bound / 2^64.
            int j = (int) Math.unsignedMultiplyHigh(random.nextLong(), i + 1L);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
