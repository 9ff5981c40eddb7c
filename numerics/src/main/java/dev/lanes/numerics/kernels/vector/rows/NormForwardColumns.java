package dev.lanes.numerics.kernels.vector.rows;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.NormGeometry;
import dev.lanes.numerics.kernels.NormForwardKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import jdk.incubator.vector.FloatVector;

/**
 * {@code y = fma(x - mean, inverse * scale, shift)} with lanes along the columns. Few columns go down a block of rows
 * with their constants in registers; many are taken row by row, which memory serves faster. The mean is subtracted first,
 * so a large one costs no digits.
 */
public final class NormForwardColumns implements NormForwardKernel {
    @Override
    public String name() {
        return "columns";
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
        int columns = g.columns();
        Job job = workspace.job(Job.class, Job::new);
        job.g = g;
        job.x = x;
        job.xOffset = xOffset;
        job.means = workspace.floats(0, 0, g.batch() * columns);
        job.factors = workspace.floats(0, 1, g.batch() * columns);
        job.shift = shift;
        job.shiftOffset = shiftOffset;
        job.y = y;
        job.yOffset = yOffset;
        for (int b = 0; b < g.batch(); b++) {
            for (int c = 0; c < columns; c++) {
                int s = b * g.groups() + c / g.groupColumns();
                job.means[b * columns + c] = mean[meanOffset + s];
                job.factors[b * columns + c] = inverse[inverseOffset + s] * scale[scaleOffset + c];
            }
        }
        job.blockRows = NormBlocks.rows(g);
        job.blocks = Math.ceilDiv(g.rows(), job.blockRows);
        try {
            workspace.run(g.batch() * job.blocks, 4L * g.elements(), job);
        } finally {
            job.x = null;
            job.means = null;
            job.factors = null;
            job.shift = null;
            job.y = null;
        }
    }

    private static final class Job implements Parallel.Task {
        private NormGeometry g;
        private float[] x;
        private int xOffset;
        private float[] means;
        private float[] factors;
        private float[] shift;
        private int shiftOffset;
        private float[] y;
        private int yOffset;
        private int blockRows;
        private int blocks;

        @Override
        public void run(int chunk, int worker) {
            int columns = g.columns();
            int b = chunk / blocks;
            int firstRow = chunk % blocks * blockRows;
            int rows = Math.min(blockRows, g.rows() - firstRow);
            int from = (b * g.rows() + firstRow) * columns;
            if (columns > NormBlocks.NARROW) {
                for (int r = 0; r < rows; r++) {
                    int at = from + r * columns;
                    row(x, xOffset + at, means, factors, b * columns, shift, shiftOffset, y, yOffset + at, columns);
                }
                return;
            }
            int c = 0;
            for (; c <= columns - 2 * LANES; c += 2 * LANES) {
                pair(x, xOffset + from + c, rows, columns, b * columns + c, shiftOffset + c, y, yOffset + from + c);
            }
            for (; c <= columns - LANES; c += LANES) {
                one(x, xOffset + from + c, rows, columns, b * columns + c, shiftOffset + c, y, yOffset + from + c);
            }
            for (; c < columns; c++) {
                float mean = means[b * columns + c];
                float factor = factors[b * columns + c];
                float plus = shift[shiftOffset + c];
                for (int r = 0, i = from + c; r < rows; r++, i += columns) {
                    y[yOffset + i] = Math.fma(x[xOffset + i] - mean, factor, plus);
                }
            }
        }

        private void pair(float[] x, int from, int rows, int columns, int at, int shiftAt, float[] y, int to) {
            FloatVector mean0 = FloatVector.fromArray(F, means, at);
            FloatVector mean1 = FloatVector.fromArray(F, means, at + LANES);
            FloatVector factor0 = FloatVector.fromArray(F, factors, at);
            FloatVector factor1 = FloatVector.fromArray(F, factors, at + LANES);
            FloatVector plus0 = FloatVector.fromArray(F, shift, shiftAt);
            FloatVector plus1 = FloatVector.fromArray(F, shift, shiftAt + LANES);
            for (int r = 0, i = 0; r < rows; r++, i += columns) {
                FloatVector away0 = FloatVector.fromArray(F, x, from + i).sub(mean0);
                FloatVector away1 =
                        FloatVector.fromArray(F, x, from + i + LANES).sub(mean1);
                away0.fma(factor0, plus0).intoArray(y, to + i);
                away1.fma(factor1, plus1).intoArray(y, to + i + LANES);
            }
        }

        private void one(float[] x, int from, int rows, int columns, int at, int shiftAt, float[] y, int to) {
            FloatVector mean = FloatVector.fromArray(F, means, at);
            FloatVector factor = FloatVector.fromArray(F, factors, at);
            FloatVector plus = FloatVector.fromArray(F, shift, shiftAt);
            for (int r = 0, i = 0; r < rows; r++, i += columns) {
                FloatVector away = FloatVector.fromArray(F, x, from + i).sub(mean);
                away.fma(factor, plus).intoArray(y, to + i);
            }
        }

        private static void row(
                float[] x,
                int from,
                float[] means,
                float[] factors,
                int at,
                float[] shift,
                int shiftAt,
                float[] y,
                int to,
                int columns) {
            int c = 0;
            for (; c <= columns - LANES; c += LANES) {
                FloatVector away = FloatVector.fromArray(F, x, from + c).sub(FloatVector.fromArray(F, means, at + c));
                away.fma(FloatVector.fromArray(F, factors, at + c), FloatVector.fromArray(F, shift, shiftAt + c))
                        .intoArray(y, to + c);
            }
            for (; c < columns; c++) {
                y[to + c] = Math.fma(x[from + c] - means[at + c], factors[at + c], shift[shiftAt + c]);
            }
        }
    }
}
