package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.RowsGeometry;

/**
 * One step of gradient descent with momentum, element by element:
 *
 * <pre>{@code
 * d = min(max(scale * dw, -bound), bound) + decay * w
 * v = momentum * v + d                      (where v is null, v = d)
 * w = w - rate * v, or with nesterov  w - rate * (d + momentum * v)
 * }</pre>
 */
public interface MomentumKernel extends Kernel<RowsGeometry> {
    /** Updates v, which may be null, and w. */
    void run(
            RowsGeometry g,
            float scale,
            float bound,
            float decay,
            float momentum,
            boolean nesterov,
            float rate,
            float[] dw,
            int dwOffset,
            float[] v,
            int vOffset,
            float[] w,
            int wOffset,
            Workspace workspace);
}
