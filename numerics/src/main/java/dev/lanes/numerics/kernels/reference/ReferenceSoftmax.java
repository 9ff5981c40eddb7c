package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.AxisGeometry;
import dev.lanes.numerics.kernels.SoftmaxKernel;
import dev.lanes.numerics.kernels.Workspace;

/**
 * Softmax as it is defined, in double, with the maximum taken out so that no exponential overflows.
 *
 * @param logarithm whether its logarithm is wanted
 */
record ReferenceSoftmax(boolean logarithm) implements SoftmaxKernel {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void run(
            AxisGeometry g, float[] x, int xOffset, float[] y, int yOffset, float[] logSumExp, Workspace workspace) {
        int step = g.inner();
        for (int i = 0; i < g.lines(); i++) {
            int start = i / step * g.length() * step + i % step;
            double maximum = Double.NEGATIVE_INFINITY;
            for (int l = 0; l < g.length(); l++) {
                maximum = Math.max(maximum, x[xOffset + start + l * step]);
            }
            double sum = 0;
            for (int l = 0; l < g.length(); l++) {
                sum += StrictMath.exp(x[xOffset + start + l * step] - maximum);
            }
            for (int l = 0; l < g.length(); l++) {
                double difference = x[xOffset + start + l * step] - maximum;
                double value = logarithm ? difference - StrictMath.log(sum) : StrictMath.exp(difference) / sum;
                y[yOffset + start + l * step] = (float) value;
            }
            if (logSumExp != null) {
                logSumExp[i] = (float) (maximum + StrictMath.log(sum));
            }
        }
    }
}
