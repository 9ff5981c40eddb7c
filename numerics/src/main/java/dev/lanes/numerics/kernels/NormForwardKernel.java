package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.NormGeometry;

/**
 * {@code y[b, r, c] = (x[b, r, c] - mean[b, g(c)]) * inverse[b, g(c)] * scale[c] + shift[c]}, where {@code inverse} is
 * one over the standard deviation.
 */
public interface NormForwardKernel extends Kernel<NormGeometry> {
    /** Overwrites y, which may be x. */
    void run(
            NormGeometry g,
            float[] x,
            int xOffset,
            float[] mean,
            int meanOffset,
            float[] inverse,
            int inverseOffset,
            float[] scale,
            int scaleOffset,
            float[] shift,
            int shiftOffset,
            float[] y,
            int yOffset,
            Workspace workspace);
}
