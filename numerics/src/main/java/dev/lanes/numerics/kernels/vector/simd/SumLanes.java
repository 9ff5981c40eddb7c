package dev.lanes.numerics.kernels.vector.simd;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * The sum of an array over a fixed tree: 64 partial sums, of the elements whose index is the same modulo 64, which are
 * then added in halves. The tree does not depend on the width of the hardware, so neither do the bits. Four times as
 * many parts as the widest vector has lanes, so that four additions are under way at a time.
 */
public final class SumLanes {
    /** The number of partial sums. */
    public static final int PARTS = 64;

    private static final VectorShuffle<Float> UPPER_8 = down(8);
    private static final VectorShuffle<Float> UPPER_4 = down(4);
    private static final VectorShuffle<Float> UPPER_2 = down(2);
    private static final VectorShuffle<Float> UPPER_1 = down(1);

    private SumLanes() {}

    /** Returns what brings lane i + n to lane i. */
    private static VectorShuffle<Float> down(int n) {
        return VectorShuffle.fromOp(F, i -> (i + n) % LANES);
    }

    /**
     * Returns the sum of {@code length} values.
     *
     * @param parts scratch of {@link #PARTS} values
     */
    public static float of(float[] x, int at, int length, float[] parts) {
        int whole = length - length % PARTS;
        int half = PARTS / 2;
        if (whole > 0) {
            for (int lane = 0; lane < PARTS; lane += 4 * LANES) {
                strip(x, at + lane, at + whole, parts, lane);
            }
        } else {
            while (half >= length && half > 0) {
                half /= 2; // the upper parts are empty, and 0 changes nothing
            }
            for (int i = 0; i < 2 * half || i < 1; i++) {
                parts[i] = 0f;
            }
        }
        for (int i = whole; i < length; i++) {
            parts[i - whole] += x[at + i];
        }
        return fold(parts, half);
    }

    /** Returns the sum of twice {@code half} partial sums, which are added in halves. */
    public static float fold(float[] parts, int half) {
        int n = half;
        for (; n >= LANES; n /= 2) {
            for (int lane = 0; lane < n; lane += LANES) {
                FloatVector low = FloatVector.fromArray(F, parts, lane);
                low.add(FloatVector.fromArray(F, parts, lane + n)).intoArray(parts, lane);
            }
        }
        if (n == LANES / 2) {
            return across(FloatVector.fromArray(F, parts, 0));
        }
        for (; n > 0; n /= 2) {
            for (int lane = 0; lane < n; lane++) {
                parts[lane] += parts[lane + n];
            }
        }
        return parts[0];
    }

    /** Returns the sum of the lanes, which are added in halves. */
    public static float across(FloatVector parts) {
        FloatVector sum = parts;
        if (LANES > 8) {
            sum = sum.add(sum.rearrange(UPPER_8));
        }
        if (LANES > 4) {
            sum = sum.add(sum.rearrange(UPPER_4));
        }
        sum = sum.add(sum.rearrange(UPPER_2));
        return sum.add(sum.rearrange(UPPER_1)).lane(0);
    }

    /** Sums four vectors' width of every 64 elements. */
    private static void strip(float[] x, int from, int to, float[] parts, int at) {
        FloatVector s0 = Simd.zero();
        FloatVector s1 = Simd.zero();
        FloatVector s2 = Simd.zero();
        FloatVector s3 = Simd.zero();
        for (int i = from; i < to; i += PARTS) {
            s0 = s0.add(FloatVector.fromArray(F, x, i));
            s1 = s1.add(FloatVector.fromArray(F, x, i + LANES));
            s2 = s2.add(FloatVector.fromArray(F, x, i + 2 * LANES));
            s3 = s3.add(FloatVector.fromArray(F, x, i + 3 * LANES));
        }
        s0.intoArray(parts, at);
        s1.intoArray(parts, at + LANES);
        s2.intoArray(parts, at + 2 * LANES);
        s3.intoArray(parts, at + 3 * LANES);
    }
}
