package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.Conv2dGeometry;

/** Convolution, {@code y = act(conv(x, w) + bias)}; operands do not overlap. */
public interface Conv2dForwardKernel extends Kernel<Conv2dGeometry> {
    /** Convolves images with weights; overwrites y. */
    void run(
            Conv2dGeometry g,
            float[] x,
            int xOffset,
            float[] w,
            int wOffset,
            float[] y,
            int yOffset,
            Epilogue epilogue,
            Workspace workspace);
}
