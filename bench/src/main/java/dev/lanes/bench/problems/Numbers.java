package dev.lanes.bench.problems;

import java.util.SplittableRandom;

/** Operands: values between -1 and 1, the same for every contestant. */
final class Numbers {
    private Numbers() {}

    static float[] floats(int seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (random.nextInt() >> 8) * 0x1p-23f;
        }
        return values;
    }
}
