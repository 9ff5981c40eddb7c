package dev.lanes.numerics.kernels.vector.rows;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.NormGeometry;
import dev.lanes.numerics.kernels.NormForwardKernel;
import dev.lanes.numerics.kernels.NormStatisticsKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.simd.SumLanes;
import dev.lanes.numerics.parallel.Parallel;
import jdk.incubator.vector.FloatVector;

/**
 * Normalisation of whole rows, as in layer normalisation: one mean and one variance a row, summed over the tree of {@link
 * SumLanes}. The gradients are in {@link NormBackwardRows}.
 */
public final class NormRows {
    /** Rows of a chunk of work, and of a block of the sums over rows. */
    static final int BLOCK = 32;

    private NormRows() {}

    static boolean isRows(NormGeometry g) {
        return g.rows() == 1 && g.groups() == 1;
    }

    /** {@code out = (x - mean) * factor}. */
    static void away(float[] x, int from, float mean, float factor, float[] out, int length) {
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector.fromArray(F, x, from + i).sub(mean).mul(factor).intoArray(out, i);
        }
        for (; i < length; i++) {
            out[i] = (x[from + i] - mean) * factor;
        }
    }

    /** {@code out = a * b}. */
    static void multiply(float[] a, int aAt, float[] b, int bAt, float[] out, int length) {
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector.fromArray(F, a, aAt + i)
                    .mul(FloatVector.fromArray(F, b, bAt + i))
                    .intoArray(out, i);
        }
        for (; i < length; i++) {
            out[i] = a[aAt + i] * b[bAt + i];
        }
    }

    /** Means and variances. */
    public static final class Statistics implements NormStatisticsKernel {
        @Override
        public String name() {
            return "rows";
        }

        @Override
        public boolean supports(NormGeometry g) {
            return isRows(g);
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
            Job job = workspace.job(Job.class, Job::new);
            job.g = g;
            job.x = x;
            job.xOffset = xOffset;
            job.mean = mean;
            job.meanOffset = meanOffset;
            job.variance = variance;
            job.varianceOffset = varianceOffset;
            job.workspace = workspace;
            try {
                workspace.run(Math.ceilDiv(g.batch(), BLOCK), 8L * g.elements(), job);
            } finally {
                job.x = null;
                job.mean = null;
                job.variance = null;
                job.workspace = null;
            }
        }

        private static final class Job implements Parallel.Task {
            private NormGeometry g;
            private float[] x;
            private int xOffset;
            private float[] mean;
            private int meanOffset;
            private float[] variance;
            private int varianceOffset;
            private Workspace workspace;

            @Override
            public void run(int chunk, int worker) {
                int columns = g.columns();
                float[] parts = workspace.floats(worker, 0, SumLanes.PARTS);
                float[] row = workspace.floats(worker, 1, columns);
                for (int r = chunk * BLOCK; r < Math.min(g.batch(), (chunk + 1) * BLOCK); r++) {
                    int from = xOffset + r * columns;
                    float middle = SumLanes.of(x, from, columns, parts) / columns;
                    away(x, from, middle, 1f, row, columns);
                    multiply(row, 0, row, 0, row, columns);
                    mean[meanOffset + r] = middle;
                    variance[varianceOffset + r] = SumLanes.of(row, 0, columns, parts) / columns;
                }
            }
        }
    }

    /** {@code y = fma((x - mean) * inverse, scale, shift)}. */
    public static final class Forward implements NormForwardKernel {
        @Override
        public String name() {
            return "rows";
        }

        @Override
        public boolean supports(NormGeometry g) {
            return isRows(g);
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
            Job job = workspace.job(Job.class, Job::new);
            job.g = g;
            job.x = x;
            job.xOffset = xOffset;
            job.mean = mean;
            job.meanOffset = meanOffset;
            job.inverse = inverse;
            job.inverseOffset = inverseOffset;
            job.scale = scale;
            job.scaleOffset = scaleOffset;
            job.shift = shift;
            job.shiftOffset = shiftOffset;
            job.y = y;
            job.yOffset = yOffset;
            try {
                workspace.run(Math.ceilDiv(g.batch(), BLOCK), 4L * g.elements(), job);
            } finally {
                job.x = null;
                job.mean = null;
                job.inverse = null;
                job.scale = null;
                job.shift = null;
                job.y = null;
            }
        }

        private static final class Job implements Parallel.Task {
            private NormGeometry g;
            private float[] x;
            private int xOffset;
            private float[] mean;
            private int meanOffset;
            private float[] inverse;
            private int inverseOffset;
            private float[] scale;
            private int scaleOffset;
            private float[] shift;
            private int shiftOffset;
            private float[] y;
            private int yOffset;

            @Override
            public void run(int chunk, int worker) {
                for (int r = chunk * BLOCK; r < Math.min(g.batch(), (chunk + 1) * BLOCK); r++) {
                    row(r * g.columns(), mean[meanOffset + r], inverse[inverseOffset + r], g.columns());
                }
            }

            private void row(int at, float middle, float by, int columns) {
                int i = 0;
                for (; i <= columns - LANES; i += LANES) {
                    FloatVector h = FloatVector.fromArray(F, x, xOffset + at + i)
                            .sub(middle)
                            .mul(by);
                    h.fma(
                                    FloatVector.fromArray(F, scale, scaleOffset + i),
                                    FloatVector.fromArray(F, shift, shiftOffset + i))
                            .intoArray(y, yOffset + at + i);
                }
                for (; i < columns; i++) {
                    float h = (x[xOffset + at + i] - middle) * by;
                    y[yOffset + at + i] = Math.fma(h, scale[scaleOffset + i], shift[shiftOffset + i]);
                }
            }
        }
    }
}
