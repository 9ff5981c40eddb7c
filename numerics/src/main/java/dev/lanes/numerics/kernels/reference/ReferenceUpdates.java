package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.AdaptiveKernel;
import dev.lanes.numerics.kernels.MomentumKernel;
import dev.lanes.numerics.kernels.UnaryKernel;
import dev.lanes.numerics.kernels.Workspace;

/** The steps of optimisers as they are defined, in double; what is kept for the next step is rounded to float. */
final class ReferenceUpdates {
    private ReferenceUpdates() {}

    private static double gradient(float dw, float scale, float bound, float decay, float w) {
        return Math.min(Math.max((double) scale * dw, -bound), bound) + (double) decay * w;
    }

    /** Gradient descent with momentum. */
    static final class Momentum implements MomentumKernel {
        @Override
        public String name() {
            return "reference";
        }

        @Override
        public void run(
                RowsGeometry g,
                float scale,
                float bound,
                float decay,
                float momentum,
                boolean nesterov,
                float rate,
                float[] dw,
                int dwOffset,
                float[] v,
                int vOffset,
                float[] w,
                int wOffset,
                Workspace workspace) {
            for (int i = 0; i < g.elements(); i++) {
                double d = gradient(dw[dwOffset + i], scale, bound, decay, w[wOffset + i]);
                double velocity = v == null ? d : (double) momentum * v[vOffset + i] + d;
                if (v != null) {
                    v[vOffset + i] = (float) velocity;
                }
                double direction = nesterov && v != null ? d + momentum * velocity : velocity;
                w[wOffset + i] = (float) (w[wOffset + i] - rate * direction);
            }
        }
    }

    /** Division by the size of earlier gradients. */
    static final class Adaptive implements AdaptiveKernel {
        @Override
        public String name() {
            return "reference";
        }

        @Override
        public void run(
                RowsGeometry g,
                float scale,
                float bound,
                float decay,
                float beta,
                float kept,
                float gain,
                float correction,
                float epsilon,
                float shrink,
                float rate,
                float[] dw,
                int dwOffset,
                float[] m,
                int mOffset,
                float[] s,
                int sOffset,
                float[] w,
                int wOffset,
                Workspace workspace) {
            for (int i = 0; i < g.elements(); i++) {
                double d = gradient(dw[dwOffset + i], scale, bound, decay, w[wOffset + i]);
                double mean = m == null ? d : (double) beta * m[mOffset + i] + (1.0 - beta) * d;
                if (m != null) {
                    m[mOffset + i] = (float) mean;
                }
                double square = (double) kept * s[sOffset + i] + gain * d * d;
                s[sOffset + i] = (float) square;
                double size = correction * Math.sqrt(square) + epsilon;
                w[wOffset + i] = (float) ((double) shrink * w[wOffset + i] - rate * mean / size);
            }
        }
    }

    /** {@code y = sum of x^2}. */
    static final class SumOfSquares implements UnaryKernel {
        @Override
        public String name() {
            return "reference";
        }

        @Override
        public void run(RowsGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace) {
            double sum = 0;
            for (int i = 0; i < g.elements(); i++) {
                sum += (double) x[xOffset + i] * x[xOffset + i];
            }
            y[yOffset] = (float) sum;
        }
    }
}
