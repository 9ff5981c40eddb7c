package dev.lanes.numerics.kernels.vector.elementwise;

/** What the steps of all optimisers begin with: {@code d = min(max(scale * dw, -bound), bound) + decay * w}. */
final class Updates {
    private Updates() {}

    /** Returns d for one element, the same bits as a lane of the loops. */
    static float gradient(float dw, float scale, float bound, float decay, float w) {
        float d = dw * scale;
        return Math.fma(w, decay, d > bound ? bound : d < -bound ? -bound : d);
    }
}
