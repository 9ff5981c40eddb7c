package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.Conv2dGeometry;

/** Convolution, {@code dx = the gradient by x of <dy, conv(x, w)>}; operands do not overlap. */
public interface Conv2dBackwardInputKernel extends Kernel<Conv2dGeometry> {
    /** Carries the gradient of the output back to the input; overwrites dx. */
    void run(
            Conv2dGeometry g,
            float[] dy,
            int dyOffset,
            float[] w,
            int wOffset,
            float[] dx,
            int dxOffset,
            Workspace workspace);
}
