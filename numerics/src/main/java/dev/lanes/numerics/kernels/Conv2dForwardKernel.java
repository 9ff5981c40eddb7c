package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import java.util.Arrays;

/**
 * Convolution, {@code y = act(conv(x, w) + bias + residual)}; operands do not overlap.
 *
 * <p>Whether a kernel supports a geometry does not depend on the batch or the size of the image, so that weights may be
 * prepared once for all of these.
 */
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

    /**
     * Returns a copy of the weights, arranged as this kernel reads them fastest. A kernel that has no such arrangement
     * keeps them as they are; one that keeps them outside the heap frees them no later than when the engine is closed.
     */
    default Conv2dWeights prepare(Conv2dGeometry prepared, float[] w, int wOffset, Workspace workspace) {
        float[] copy =
                Arrays.copyOfRange(w, wOffset, wOffset + prepared.weightShape().elements());
        return (g, x, xOffset, y, yOffset, epilogue, scratch) ->
                run(g, x, xOffset, copy, 0, y, yOffset, epilogue, scratch);
    }
}
