package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.Conv2dGeometry;

/** Convolution, {@code dw = the gradient by w of <dy, conv(x, w)>}; operands do not overlap. */
public interface Conv2dBackwardWeightsKernel extends Kernel<Conv2dGeometry> {
    /**
     * Carries the gradient of the output back to the weights, summed over the batch; overwrites dw.
     *
     * <p>The numbers are fixed to the bit for the vector kernels: for each of the {@link Conv2dGeometry#gradientParts}
     * {@code part = fma(x, dy, part)} from 0 on, for {@code (b, oh, ow)} of its images ascending, pixels outside the image
     * counting as zero; then the parts are added to the first, one after the other.
     */
    void run(
            Conv2dGeometry g,
            float[] x,
            int xOffset,
            float[] dy,
            int dyOffset,
            float[] dw,
            int dwOffset,
            Workspace workspace);
}
