package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.AxisGeometry;
import dev.lanes.numerics.kernels.SoftmaxBackwardKernel;
import dev.lanes.numerics.kernels.Workspace;

/**
 * {@code dx = y * (dy - sum of dy * y)} for softmax, {@code dx = dy - exp(y) * sum of dy} for its logarithm.
 *
 * @param logarithm which of the two
 */
record ReferenceSoftmaxBackward(boolean logarithm) implements SoftmaxBackwardKernel {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void run(
            AxisGeometry g,
            float[] y,
            int yOffset,
            float[] dy,
            int dyOffset,
            float[] dx,
            int dxOffset,
            Workspace workspace) {
        int step = g.inner();
        for (int i = 0; i < g.lines(); i++) {
            int start = i / step * g.length() * step + i % step;
            double sum = 0;
            for (int l = 0; l < g.length(); l++) {
                int at = start + l * step;
                sum += logarithm ? dy[dyOffset + at] : (double) dy[dyOffset + at] * y[yOffset + at];
            }
            for (int l = 0; l < g.length(); l++) {
                int at = start + l * step;
                double gradient = dy[dyOffset + at];
                double output = y[yOffset + at];
                dx[dxOffset + at] =
                        (float) (logarithm ? gradient - StrictMath.exp(output) * sum : output * (gradient - sum));
            }
        }
    }
}
