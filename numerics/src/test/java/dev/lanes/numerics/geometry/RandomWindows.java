package dev.lanes.numerics.geometry;

import java.util.Random;

/** Windows for the round-trip tests: every property takes several values, padding often on one side only. */
final class RandomWindows {
    private RandomWindows() {}

    static Window2d next(Random random) {
        int pad = random.nextInt(3);
        boolean lopsided = random.nextBoolean();
        return new Window2d(
                1 + random.nextInt(4),
                1 + random.nextInt(4),
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                pad,
                lopsided ? random.nextInt(3) : pad,
                random.nextInt(3),
                random.nextInt(3),
                1 + random.nextInt(2),
                1 + random.nextInt(2));
    }
}
