package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** What the steps of all optimisers begin with: {@code d = min(max(scale * dw, -bound), bound) + decay * w}. */
final class Updates {
    private Updates() {}

    /** Compares and chooses, because a minimum that minds NaN and signed zeros takes several instructions. */
    static FloatVector gradient(FloatVector dw, float scale, float bound, float decay, FloatVector w) {
        FloatVector d = dw.mul(scale);
        d = d.blend(bound, d.compare(VectorOperators.GT, bound));
        d = d.blend(-bound, d.compare(VectorOperators.LT, -bound));
        return w.fma(FloatVector.broadcast(F, decay), d);
    }

    /** The same bits as a lane of the vector form. */
    static float gradient(float dw, float scale, float bound, float decay, float w) {
        float d = dw * scale;
        return Math.fma(w, decay, d > bound ? bound : d < -bound ? -bound : d);
    }
}
