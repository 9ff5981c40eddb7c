package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.AxisGeometry;

/**
 * Softmax along an axis, {@code y[o, l, i] = exp(x[o, l, i] - lse[o, i])}, or its logarithm {@code x - lse}, with
 * {@code lse[o, i] = log(sum over l of exp(x[o, l, i]))}.
 */
public interface SoftmaxKernel extends Kernel<AxisGeometry> {
    /**
     * Overwrites y, which may be x.
     *
     * @param logSumExp receives {@code lse[o, i]} from index 0 on, or null where nobody asks
     */
    void run(AxisGeometry g, float[] x, int xOffset, float[] y, int yOffset, float[] logSumExp, Workspace workspace);
}
