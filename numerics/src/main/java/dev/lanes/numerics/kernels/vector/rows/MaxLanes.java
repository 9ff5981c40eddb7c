package dev.lanes.numerics.kernels.vector.rows;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The maximum of an array, which is the same in any order, and where it stands. */
final class MaxLanes {
    private MaxLanes() {}

    /** Returns the maximum of {@code length} values, NaN if one of them is; minus infinity if there are none. */
    static float of(float[] x, int at, int length) {
        FloatVector m0 = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
        FloatVector m1 = m0;
        int i = 0;
        for (; i <= length - 2 * LANES; i += 2 * LANES) {
            m0 = m0.max(FloatVector.fromArray(F, x, at + i));
            m1 = m1.max(FloatVector.fromArray(F, x, at + i + LANES));
        }
        float maximum = m0.max(m1).reduceLanes(VectorOperators.MAX);
        for (; i < length; i++) {
            maximum = Math.max(maximum, x[at + i]);
        }
        return maximum;
    }

    /** Returns the maximum of those of {@code length} values that are no NaN; minus infinity if there are none. */
    static float apartFromNan(float[] x, int at, int length) {
        if (length < LANES) {
            float maximum = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < length; i++) {
                maximum = x[at + i] > maximum ? x[at + i] : maximum;
            }
            return maximum;
        }
        FloatVector m0 = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
        FloatVector m1 = m0;
        FloatVector m2 = m0;
        FloatVector m3 = m0;
        int i = 0;
        for (; i <= length - 4 * LANES; i += 4 * LANES) {
            m0 = larger(m0, FloatVector.fromArray(F, x, at + i));
            m1 = larger(m1, FloatVector.fromArray(F, x, at + i + LANES));
            m2 = larger(m2, FloatVector.fromArray(F, x, at + i + 2 * LANES));
            m3 = larger(m3, FloatVector.fromArray(F, x, at + i + 3 * LANES));
        }
        for (; i < length; i += LANES) { // the last reaches back over elements that are there already
            m0 = larger(m0, FloatVector.fromArray(F, x, at + Math.min(i, length - LANES)));
        }
        return larger(larger(m0, m1), larger(m2, m3)).reduceLanes(VectorOperators.MAX);
    }

    /** Returns the larger of both where the second is no NaN. */
    private static FloatVector larger(FloatVector a, FloatVector b) {
        return a.blend(b, b.compare(VectorOperators.GT, a));
    }

    /** Returns the position of the first element that is the value, or that is a NaN if the value is. */
    static int position(float[] x, int at, int length, float value) {
        boolean nan = value != value;
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector v = FloatVector.fromArray(F, x, at + i);
            VectorMask<Float> found = nan ? v.compare(VectorOperators.NE, v) : v.compare(VectorOperators.EQ, value);
            if (found.anyTrue()) {
                return i + found.firstTrue();
            }
        }
        while (i < length - 1 && !(nan ? x[at + i] != x[at + i] : x[at + i] == value)) {
            i++;
        }
        return i;
    }
}
