package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/** The loop from which {@link LaneLoop#of} makes one for every function; never used as it stands. */
final class LaneLoopBody extends LaneLoop {
    /** The name of the method whose call gives way to the function. */
    static final String PLACE = "function";

    LaneLoopBody() {}

    @Override
    void whole(
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] c,
            int cAt,
            float[] y,
            int yAt,
            int length,
            float first,
            float second) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector va = FloatVector.fromArray(F, a, aAt + i);
            FloatVector vb = FloatVector.fromArray(F, b, bAt + i);
            FloatVector vc = FloatVector.fromArray(F, c, cAt + i);
            function(va, vb, vc, first, second).intoArray(y, yAt + i);
        }
    }

    private static FloatVector function(FloatVector a, FloatVector b, FloatVector c, float first, float second) {
        throw new IllegalStateException("this loop is a pattern, not to be run");
    }
}
