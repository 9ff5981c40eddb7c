package dev.lanes.layers.data;

import dev.lanes.layers.random.SeededRandom;

/** Random orders that depend on a seed alone, the same on every machine and JDK. Stateless. */
public final class Shuffle {
    private Shuffle() {}

    /** Brings the values into a random order, each order as likely as any other (Fisher-Yates, last place first). */
    public static void shuffle(int[] values, SeededRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            // The upper half of bits x bound is even to within bound / 2^64.
            int j = (int) Math.unsignedMultiplyHigh(random.nextLong(), i + 1L);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
