package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.Conv2dGeometry;

/**
 * The weights of a convolution as one kernel wants them, arranged once by {@link Conv2dForwardKernel#prepare} and used
 * for many calls, from any thread, at the same time. Immutable.
 */
public interface Conv2dWeights {
    /**
     * Convolves images with these weights; overwrites y. The numbers are those of the kernel that prepared them.
     *
     * @param g as the weights were prepared for, but for the batch and the size of the image
     */
    void run(Conv2dGeometry g, float[] x, int xOffset, float[] y, int yOffset, Epilogue epilogue, Workspace workspace);
}
