package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.RowsGeometry;

/**
 * One step of an optimiser that divides by the size of earlier gradients (Adam, RMSProp, Adagrad), element by element:
 *
 * <pre>{@code
 * d = min(max(scale * dw, -bound), bound) + decay * w
 * m = beta * m + (1 - beta) * d             (where m is null, m = d)
 * s = kept * s + gain * d^2
 * w = shrink * w - rate * m / (correction * sqrt(s) + epsilon)
 * }</pre>
 */
public interface AdaptiveKernel extends Kernel<RowsGeometry> {
    /** Updates m, which may be null, s and w. */
    void run(
            RowsGeometry g,
            float scale,
            float bound,
            float decay,
            float beta,
            float kept,
            float gain,
            float correction,
            float epsilon,
            float shrink,
            float rate,
            float[] dw,
            int dwOffset,
            float[] m,
            int mOffset,
            float[] s,
            int sOffset,
            float[] w,
            int wOffset,
            Workspace workspace);
}
