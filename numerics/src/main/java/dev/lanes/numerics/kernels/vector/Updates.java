package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;

import jdk.incubator.vector.FloatVector;

/** What the steps of all optimisers begin with: {@code d = min(max(scale * dw, -bound), bound) + decay * w}. */
final class Updates {
    private Updates() {}

    static FloatVector gradient(FloatVector dw, float scale, float bound, float decay, FloatVector w) {
        return w.fma(FloatVector.broadcast(F, decay), dw.mul(scale).max(-bound).min(bound));
    }

    /** The same bits as a lane of the vector form. */
    static float gradient(float dw, float scale, float bound, float decay, float w) {
        return Math.fma(w, decay, Math.min(Math.max(dw * scale, -bound), bound));
    }
}
