package dev.lanes.numerics.kernels;

import dev.lanes.numerics.geometry.RowsGeometry;

/** Softmax of every row, {@code y[r, c] = exp(x[r, c] - lse[r])} with {@code lse[r] = log(sum over c of exp(x[r, c]))}. */
public interface SoftmaxKernel extends Kernel<RowsGeometry> {
    /**
     * Overwrites y, which may be x.
     *
     * @param logSumExp receives {@code lse[r]} from index 0 on, or null where nobody asks
     */
    void run(RowsGeometry g, float[] x, int xOffset, float[] y, int yOffset, float[] logSumExp, Workspace workspace);
}
