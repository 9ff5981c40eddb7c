package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.NormGeometry;

/**
 * The gradients of a normalisation whose statistics come from x. With {@code h = (x - mean) * inverse}, w = {@code scale
 * * dy} and m the mean over a group:
 *
 * <pre>{@code
 * dx = inverse * (w - m(w) - h * m(w * h))
 * dScale[c] = sum over b, r of dy * h
 * dShift[c] = sum over b, r of dy
 * }</pre>
 */
public interface NormBackwardKernel extends Kernel<NormGeometry> {
    /** Overwrites dx (which may be dy, or null if not wanted), dScale and dShift. */
    void run(
            NormGeometry g,
            float[] x,
            int xOffset,
            float[] dy,
            int dyOffset,
            float[] mean,
            int meanOffset,
            float[] inverse,
            int inverseOffset,
            float[] scale,
            int scaleOffset,
            float[] dx,
            int dxOffset,
            float[] dScale,
            int dScaleOffset,
            float[] dShift,
            int dShiftOffset,
            Workspace workspace);
}
