package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.kernels.vector.simd.SumLanes;
import jdk.incubator.vector.FloatVector;

/** The loop of {@link ExpSum}; never used as it stands. */
final class ExpSumBody extends ExpSum {
    /** The name of the method whose call gives way to the function. */
    static final String PLACE = "function";

    ExpSumBody() {}

    @Override
    void whole(int length, float[] x, int from, float[] y, int to, float maximum, float[] parts, int at) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector exponential = function(FloatVector.fromArray(F, x, from + i), maximum);
            exponential.intoArray(y, to + i);
            int part = at + (i & (SumLanes.PARTS - 1));
            FloatVector.fromArray(F, parts, part).add(exponential).intoArray(parts, part);
        }
    }

    private static FloatVector function(FloatVector x, float maximum) {
        throw new IllegalStateException("this loop is a pattern, not to be run");
    }
}
