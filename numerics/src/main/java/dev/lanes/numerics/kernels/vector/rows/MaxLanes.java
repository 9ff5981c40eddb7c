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
        FloatVector m0 = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
        FloatVector m1 = m0;
        int i = 0;
        for (; i <= length - 2 * LANES; i += 2 * LANES) {
            FloatVector next0 = FloatVector.fromArray(F, x, at + i);
            FloatVector next1 = FloatVector.fromArray(F, x, at + i + LANES);
            m0 = m0.blend(next0, next0.compare(VectorOperators.GT, m0));
            m1 = m1.blend(next1, next1.compare(VectorOperators.GT, m1));
        }
        float maximum = m0.max(m1).reduceLanes(VectorOperators.MAX);
        for (; i < length; i++) {
            if (x[at + i] > maximum) {
                maximum = x[at + i];
            }
        }
        return maximum;
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
