package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.LrnGeometry;

/**
 * The gradient of local response normalisation by its input. With s as {@link LrnGeometry} has it:
 *
 * <pre>{@code
 * dx[c] = dy[c] * s[c]^-beta - 2 * beta * alpha / size * x[c] * sum over j whose window has c of dy[j] * x[j] * s[j]^(-beta - 1)
 * }</pre>
 */
public interface LrnBackwardKernel extends Kernel<LrnGeometry> {
    /** Overwrites dx, which may be dy. */
    void run(
            LrnGeometry g,
            float[] x,
            int xOffset,
            float[] dy,
            int dyOffset,
            float[] dx,
            int dxOffset,
            Workspace workspace);
}
