package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.Pool2dGeometry;

/** The gradient of maximum pooling: each output's gradient goes to the pixel that its switch names. */
public interface MaxPool2dBackwardKernel extends Kernel<Pool2dGeometry> {
    /** Overwrites dx; a pixel that won several windows receives the sum in the order of the outputs. */
    void run(Pool2dGeometry g, float[] dy, int dyOffset, int[] switches, float[] dx, int dxOffset, Workspace workspace);
}
