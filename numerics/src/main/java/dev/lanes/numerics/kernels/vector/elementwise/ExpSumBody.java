package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;

import dev.lanes.numerics.kernels.vector.simd.SumLanes;
import jdk.incubator.vector.FloatVector;

/** The loop of {@link ExpSum}; never used as it stands. */
final class ExpSumBody extends ExpSum {
    /** The name of the method whose call gives way to the function. */
    static final String PLACE = "function";

    ExpSumBody() {}

    @Override
    void whole(int count, float[] x, int from, float[] y, int to, float maximum, float[] parts, int lane) {
        FloatVector sum = FloatVector.fromArray(F, parts, lane);
        for (int i = 0; i < count * SumLanes.PARTS; i += SumLanes.PARTS) {
            FloatVector exponential = function(FloatVector.fromArray(F, x, from + i), maximum);
            exponential.intoArray(y, to + i);
            sum = sum.add(exponential);
        }
        sum.intoArray(parts, lane);
    }

    private static FloatVector function(FloatVector x, float maximum) {
        throw new IllegalStateException("this loop is a pattern, not to be run");
    }
}
