package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.LrnGeometry;
import dev.lanes.numerics.kernels.LrnBackwardKernel;
import dev.lanes.numerics.kernels.LrnForwardKernel;
import dev.lanes.numerics.kernels.Workspace;

/** Local response normalisation as it is defined, in double. */
final class ReferenceLrn {
    private ReferenceLrn() {}

    private static double s(LrnGeometry g, float[] x, int row, int c) {
        double sum = 0;
        for (int j = Math.max(0, c - g.before()); j <= Math.min(g.channels() - 1, c + g.behind()); j++) {
            sum += (double) x[row + j] * x[row + j];
        }
        return g.k() + g.alpha() / g.size() * sum;
    }

    /** The values. */
    static final class Forward implements LrnForwardKernel {
        @Override
        public String name() {
            return "reference";
        }

        @Override
        public void run(LrnGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace) {
            float[] row = workspace.floats(0, 0, g.channels());
            for (int r = 0; r < g.rows(); r++) {
                for (int c = 0; c < g.channels(); c++) {
                    int at = xOffset + r * g.channels();
                    row[c] = (float) (x[at + c] * Math.pow(s(g, x, at, c), -g.beta()));
                }
                System.arraycopy(row, 0, y, yOffset + r * g.channels(), g.channels());
            }
        }
    }

    /** The gradient. */
    static final class Backward implements LrnBackwardKernel {
        @Override
        public String name() {
            return "reference";
        }

        @Override
        public void run(
                LrnGeometry g,
                float[] x,
                int xOffset,
                float[] dy,
                int dyOffset,
                float[] dx,
                int dxOffset,
                Workspace workspace) {
            float[] row = workspace.floats(0, 0, g.channels());
            for (int r = 0; r < g.rows(); r++) {
                int at = xOffset + r * g.channels();
                int dyAt = dyOffset + r * g.channels();
                for (int c = 0; c < g.channels(); c++) {
                    double sum = 0;
                    for (int j = Math.max(0, c - g.behind()); j <= Math.min(g.channels() - 1, c + g.before()); j++) {
                        sum += (double) dy[dyAt + j] * x[at + j] * Math.pow(s(g, x, at, j), -g.beta() - 1);
                    }
                    double direct = dy[dyAt + c] * Math.pow(s(g, x, at, c), -g.beta());
                    row[c] = (float) (direct - 2 * g.beta() * g.alpha() / g.size() * x[at + c] * sum);
                }
                System.arraycopy(row, 0, dx, dxOffset + r * g.channels(), g.channels());
            }
        }
    }
}
