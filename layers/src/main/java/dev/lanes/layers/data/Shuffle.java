package dev.lanes.layers.data;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Random orders that depend on a seed alone.
 *
 * <p>The generator is asked for by name and its bits are turned into indices here, so that no JDK may choose another
 * generator or another way.
 */
final class Shuffle {
    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private Shuffle() {}

    static RandomGenerator generator(long seed) {
        return FACTORY.create(seed);
    }

    /** Brings the values into a random order (Fisher-Yates, last place first). */
    static void shuffle(int[] values, RandomGenerator random) {
        for (int i = values.length - 1; i > 0; i--) {
            // The upper half of bits x bound is even to within bound / 2^64.
            int j = (int) Math.unsignedMultiplyHigh(random.nextLong(), i + 1L);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
