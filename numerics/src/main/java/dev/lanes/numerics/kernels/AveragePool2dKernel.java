package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.Pool2dGeometry;

/** Average over a sliding window, from images to outputs, or the way back of its gradient; operands do not overlap. */
public interface AveragePool2dKernel extends Kernel<Pool2dGeometry> {
    /**
     * Overwrites the target.
     *
     * <p>Forward, from x to y: a window's taps that lie inside the image are summed from zero, {@code (kh, kw)} ascending,
     * the sums of each 128 taps in their order, and multiplied by 1 / count. Backward, from dy to dx: every pixel adds up
     * {@code dy * (1 / count)} of the windows that it lies in, {@code (oh, ow)} ascending.
     *
     * @param countPadding whether the count is {@code kH * kW}, or else the number of taps inside the image
     */
    void run(
            Pool2dGeometry g,
            boolean countPadding,
            float[] from,
            int fromOffset,
            float[] to,
            int toOffset,
            Workspace workspace);
}
