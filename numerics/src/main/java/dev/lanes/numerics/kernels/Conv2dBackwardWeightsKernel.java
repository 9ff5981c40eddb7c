package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.Conv2dGeometry;

/** Convolution, {@code dw = the gradient by w of <dy, conv(x, w)>}; operands do not overlap. */
public interface Conv2dBackwardWeightsKernel extends Kernel<Conv2dGeometry> {
    /** Carries the gradient of the output back to the weights, summed over the batch; overwrites dw. */
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
