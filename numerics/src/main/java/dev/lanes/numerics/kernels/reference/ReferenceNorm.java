package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.NormGeometry;
import dev.lanes.numerics.kernels.NormBackwardKernel;
import dev.lanes.numerics.kernels.NormForwardKernel;
import dev.lanes.numerics.kernels.NormStatisticsKernel;
import dev.lanes.numerics.kernels.Workspace;

/** Normalisation as it is defined, in double. */
final class ReferenceNorm {
    private ReferenceNorm() {}

    /** Returns the index of a value. */
    private static int at(NormGeometry g, int b, int r, int c) {
        return (b * g.rows() + r) * g.columns() + c;
    }

    /** Mean, then the mean of the squared distances from it. */
    static final class Statistics implements NormStatisticsKernel {
        @Override
        public String name() {
            return "reference";
        }

        @Override
        public void run(
                NormGeometry g,
                float[] x,
                int xOffset,
                float[] mean,
                int meanOffset,
                float[] variance,
                int varianceOffset,
                Workspace workspace) {
            int wide = g.groupColumns();
            for (int s = 0; s < g.statistics(); s++) {
                int b = s / g.groups();
                int first = s % g.groups() * wide;
                double sum = 0;
                for (int r = 0; r < g.rows(); r++) {
                    for (int c = first; c < first + wide; c++) {
                        sum += x[xOffset + at(g, b, r, c)];
                    }
                }
                double middle = sum / g.count();
                double squares = 0;
                for (int r = 0; r < g.rows(); r++) {
                    for (int c = first; c < first + wide; c++) {
                        double away = x[xOffset + at(g, b, r, c)] - middle;
                        squares += away * away;
                    }
                }
                mean[meanOffset + s] = (float) middle;
                variance[varianceOffset + s] = (float) (squares / g.count());
            }
        }
    }

    /** {@code y = (x - mean) * inverse * scale + shift}. */
    static final class Forward implements NormForwardKernel {
        @Override
        public String name() {
            return "reference";
        }

        @Override
        public void run(
                NormGeometry g,
                float[] x,
                int xOffset,
                float[] mean,
                int meanOffset,
                float[] inverse,
                int inverseOffset,
                float[] scale,
                int scaleOffset,
                float[] shift,
                int shiftOffset,
                float[] y,
                int yOffset,
                Workspace workspace) {
            for (int b = 0; b < g.batch(); b++) {
                for (int r = 0; r < g.rows(); r++) {
                    for (int c = 0; c < g.columns(); c++) {
                        int s = b * g.groups() + c / g.groupColumns();
                        double h = ((double) x[xOffset + at(g, b, r, c)] - mean[meanOffset + s])
                                * inverse[inverseOffset + s];
                        y[yOffset + at(g, b, r, c)] = (float) (h * scale[scaleOffset + c] + shift[shiftOffset + c]);
                    }
                }
            }
        }
    }

    /** The gradients, group by group. */
    static final class Backward implements NormBackwardKernel {
        @Override
        public String name() {
            return "reference";
        }

        @Override
        public void run(
                NormGeometry g,
                float[] x,
                int xOffset,
                float[] dy,
                int dyOffset,
                float[] mean,
                int meanOffset,
                float[] inverse,
                int inverseOffset,
                float[] scale,
                int scaleOffset,
                float[] dx,
                int dxOffset,
                float[] dScale,
                int dScaleOffset,
                float[] dShift,
                int dShiftOffset,
                Workspace workspace) {
            for (int c = 0; c < g.columns(); c++) {
                double forScale = 0;
                double forShift = 0;
                for (int b = 0; b < g.batch(); b++) {
                    int s = b * g.groups() + c / g.groupColumns();
                    for (int r = 0; r < g.rows(); r++) {
                        int i = at(g, b, r, c);
                        double away = (double) x[xOffset + i] - mean[meanOffset + s];
                        forScale += dy[dyOffset + i] * away * inverse[inverseOffset + s];
                        forShift += dy[dyOffset + i];
                    }
                }
                dScale[dScaleOffset + c] = (float) forScale;
                dShift[dShiftOffset + c] = (float) forShift;
            }
            if (dx == null) {
                return;
            }
            int wide = g.groupColumns();
            for (int s = 0; s < g.statistics(); s++) {
                int b = s / g.groups();
                int first = s % g.groups() * wide;
                double by = inverse[inverseOffset + s];
                double sum = 0;
                double along = 0;
                for (int r = 0; r < g.rows(); r++) {
                    for (int c = first; c < first + wide; c++) {
                        int i = at(g, b, r, c);
                        double w = (double) scale[scaleOffset + c] * dy[dyOffset + i];
                        sum += w;
                        along += w * ((double) x[xOffset + i] - mean[meanOffset + s]) * by;
                    }
                }
                for (int r = 0; r < g.rows(); r++) {
                    for (int c = first; c < first + wide; c++) {
                        int i = at(g, b, r, c);
                        double w = (double) scale[scaleOffset + c] * dy[dyOffset + i];
                        double h = ((double) x[xOffset + i] - mean[meanOffset + s]) * by;
                        dx[dxOffset + i] = (float) (by * (w - sum / g.count() - h * along / g.count()));
                    }
                }
            }
        }
    }
}
