package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.AxisGeometry;

/** The gradient of softmax along an axis, or of its logarithm, from its output y and the gradient dy by that. */
public interface SoftmaxBackwardKernel extends Kernel<AxisGeometry> {
    /** Overwrites dx, which may be y or dy. */
    void run(
            AxisGeometry g,
            float[] y,
            int yOffset,
            float[] dy,
            int dyOffset,
            float[] dx,
            int dxOffset,
            Workspace workspace);
}
