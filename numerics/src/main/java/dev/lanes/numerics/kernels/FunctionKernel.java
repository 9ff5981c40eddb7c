package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.FunctionGeometry;

/** A function of single elements, {@code y = f(x)}, or a derivative times a factor, {@code y = f'(x) * factor}. */
public interface FunctionKernel extends Kernel<FunctionGeometry> {
    /**
     * Overwrites y, which may be x or the factor.
     *
     * @param factor what a derivative is multiplied by; for order 0 it is null
     */
    void run(
            FunctionGeometry g,
            float[] x,
            int xOffset,
            float[] factor,
            int factorOffset,
            float[] y,
            int yOffset,
            Workspace workspace);
}
