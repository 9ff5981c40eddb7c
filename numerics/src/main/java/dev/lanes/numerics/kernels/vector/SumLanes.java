package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;
import static dev.lanes.numerics.kernels.vector.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * The sum of an array over a fixed tree: 16 partial sums, of the elements whose index is the same modulo 16, which are
 * then added in halves. The tree does not depend on the width of the hardware, so neither do the bits.
 */
final class SumLanes {
    /** The number of partial sums: the lanes of the widest vector. */
    static final int PARTS = 16;

    private SumLanes() {}

    /**
     * Returns the sum of {@code length} values.
     *
     * @param parts scratch of {@link #PARTS} values
     */
    static float of(float[] x, int at, int length, float[] parts) {
        for (int i = 0; i < PARTS; i++) {
            parts[i] = 0f;
        }
        int i = 0;
        for (; i <= length - PARTS; i += PARTS) {
            for (int lane = 0; lane < PARTS; lane += LANES) {
                FloatVector part = FloatVector.fromArray(F, parts, lane);
                part.add(FloatVector.fromArray(F, x, at + i + lane)).intoArray(parts, lane);
            }
        }
        for (int lane = 0; i < length; i++, lane++) {
            parts[lane] += x[at + i];
        }
        for (int half = PARTS / 2; half > 0; half /= 2) {
            for (int lane = 0; lane < half; lane++) {
                parts[lane] += parts[lane + half];
            }
        }
        return parts[0];
    }
}
