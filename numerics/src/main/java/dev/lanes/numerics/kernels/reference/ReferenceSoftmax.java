package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.SoftmaxKernel;
import dev.lanes.numerics.kernels.Workspace;

/** Softmax as it is defined, in double, with the row's maximum taken out so that no exponential overflows. */
final class ReferenceSoftmax implements SoftmaxKernel {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void run(
            RowsGeometry g, float[] x, int xOffset, float[] y, int yOffset, float[] logSumExp, Workspace workspace) {
        for (int r = 0; r < g.rows(); r++) {
            int row = r * g.columns();
            double maximum = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < g.columns(); c++) {
                maximum = Math.max(maximum, x[xOffset + row + c]);
            }
            double sum = 0;
            for (int c = 0; c < g.columns(); c++) {
                sum += StrictMath.exp(x[xOffset + row + c] - maximum);
            }
            for (int c = 0; c < g.columns(); c++) {
                y[yOffset + row + c] = (float) (StrictMath.exp(x[xOffset + row + c] - maximum) / sum);
            }
            if (logSumExp != null) {
                logSumExp[r] = (float) (maximum + StrictMath.log(sum));
            }
        }
    }
}
