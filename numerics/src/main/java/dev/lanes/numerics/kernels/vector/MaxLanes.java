package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;
import static dev.lanes.numerics.kernels.vector.Simd.LANES;

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

    /**
     * Returns the maximum as {@link #of}, but +0 where that is a zero of either sign. A comparison passes a NaN by; that
     * there was one, or an infinity, is known from a sum of zero times every value.
     */
    static float ofEitherZero(float[] x, int at, int length) {
        if (length < 4 * LANES) {
            return of(x, at, length) + 0f;
        }
        FloatVector m0 = FloatVector.fromArray(F, x, at + length - 4 * LANES); // the last ones, some of them twice
        FloatVector m1 = FloatVector.fromArray(F, x, at + length - 3 * LANES);
        FloatVector m2 = FloatVector.fromArray(F, x, at + length - 2 * LANES);
        FloatVector m3 = FloatVector.fromArray(F, x, at + length - LANES);
        FloatVector zeros = m0.mul(0f).add(m1.mul(0f)).add(m2.mul(0f)).add(m3.mul(0f));
        for (int i = 0; i < length - 4 * LANES; i += 4 * LANES) {
            FloatVector v0 = FloatVector.fromArray(F, x, at + i);
            FloatVector v1 = FloatVector.fromArray(F, x, at + i + LANES);
            FloatVector v2 = FloatVector.fromArray(F, x, at + i + 2 * LANES);
            FloatVector v3 = FloatVector.fromArray(F, x, at + i + 3 * LANES);
            m0 = m0.blend(v0, v0.compare(VectorOperators.GT, m0));
            m1 = m1.blend(v1, v1.compare(VectorOperators.GT, m1));
            m2 = m2.blend(v2, v2.compare(VectorOperators.GT, m2));
            m3 = m3.blend(v3, v3.compare(VectorOperators.GT, m3));
            zeros = v0.add(v1).add(v2.add(v3)).fma(Simd.zero(), zeros);
        }
        if (zeros.compare(VectorOperators.NE, zeros).anyTrue()) {
            return of(x, at, length) + 0f;
        }
        m0 = m0.blend(m1, m1.compare(VectorOperators.GT, m0));
        m2 = m2.blend(m3, m3.compare(VectorOperators.GT, m2));
        m0 = m0.blend(m2, m2.compare(VectorOperators.GT, m0));
        return m0.reduceLanes(VectorOperators.MAX) + 0f;
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
