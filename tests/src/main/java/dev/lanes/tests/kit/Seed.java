package dev.lanes.tests.kit;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The seed of all random test data: {@code -Dlanes.tests.seed}, or a fixed one. The data of a case depend on the seed
 * and on the text of the case alone, so the two of them replay it.
 */
public final class Seed {
    /** The seed in use. */
    public static final long VALUE = Long.getLong("lanes.tests.seed", 20_260_731L);

    static {
        System.out.println("lanes.tests.seed=" + VALUE);
    }

    private Seed() {}

    /** Returns the random numbers of the case of this text. */
    public static RandomGenerator random(String text) {
        return new SplittableRandom(VALUE * 31 + text.hashCode());
    }

    /** Returns how to run one case alone, for the end of a failure message. */
    public static String replay(String text) {
        return "replay with -Dlanes.tests.seed=" + VALUE + " \"-Dlanes.tests.case=" + text + "\"";
    }
}
