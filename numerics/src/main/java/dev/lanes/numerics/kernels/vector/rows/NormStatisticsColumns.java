package dev.lanes.numerics.kernels.vector.rows;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.NormGeometry;
import dev.lanes.numerics.kernels.NormStatisticsKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.simd.Simd;
import dev.lanes.numerics.parallel.Parallel;
import jdk.incubator.vector.FloatVector;

/**
 * Means and variances with lanes along the columns. Each block of rows gives every column a mean and a sum of squared
 * distances from it, the second while the block is still in the cache; the blocks of a column, and then the columns of a
 * group, are put together in double, in their order. So x is read once from memory, and a mean far from 0 costs the
 * variance no digits.
 */
public final class NormStatisticsColumns implements NormStatisticsKernel {
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
            float[] variance,
            int varianceOffset,
            Workspace workspace) {
        int blockRows = NormBlocks.rows(g);
        int blocks = Math.ceilDiv(g.rows(), blockRows);
        Job job = workspace.job(Job.class, Job::new);
        job.g = g;
        job.x = x;
        job.xOffset = xOffset;
        job.blockRows = blockRows;
        job.blocks = blocks;
        job.means = workspace.floats(0, 0, g.batch() * blocks * g.columns());
        job.squares = workspace.floats(0, 1, g.batch() * blocks * g.columns());
        try {
            workspace.run(g.batch() * blocks, 4L * g.elements(), job);
            for (int s = 0; s < g.statistics(); s++) {
                job.group(s, mean, meanOffset + s, variance, varianceOffset + s);
            }
        } finally {
            job.x = null;
            job.means = null;
            job.squares = null;
        }
    }

    private static final class Job implements Parallel.Task {
        private NormGeometry g;
        private float[] x;
        private int xOffset;
        private int blockRows;
        private int blocks;
        private float[] means;
        private float[] squares;

        @Override
        public void run(int chunk, int worker) {
            int columns = g.columns();
            int firstRow = chunk % blocks * blockRows;
            int rows = Math.min(blockRows, g.rows() - firstRow);
            int from = xOffset + (chunk / blocks * g.rows() + firstRow) * columns;
            int at = chunk * columns;
            int c = 0;
            for (; c <= columns - 4 * LANES; c += 4 * LANES) {
                sums(x, from + c, rows, columns, means, at + c);
                squares(x, from + c, rows, columns, means, squares, at + c);
            }
            for (; c <= columns - 2 * LANES; c += 2 * LANES) {
                pair(x, from + c, rows, columns, means, squares, at + c);
            }
            for (; c <= columns - LANES; c += LANES) {
                one(x, from + c, rows, columns, means, squares, at + c);
            }
            for (; c < columns; c++) {
                single(x, from + c, rows, columns, means, squares, at + c);
            }
        }

        private static void sums(float[] x, int from, int rows, int columns, float[] means, int at) {
            FloatVector sum0 = Simd.zero();
            FloatVector sum1 = Simd.zero();
            FloatVector sum2 = Simd.zero();
            FloatVector sum3 = Simd.zero();
            for (int r = 0, i = from; r < rows; r++, i += columns) {
                sum0 = sum0.add(FloatVector.fromArray(F, x, i));
                sum1 = sum1.add(FloatVector.fromArray(F, x, i + LANES));
                sum2 = sum2.add(FloatVector.fromArray(F, x, i + 2 * LANES));
                sum3 = sum3.add(FloatVector.fromArray(F, x, i + 3 * LANES));
            }
            sum0.div(rows).intoArray(means, at);
            sum1.div(rows).intoArray(means, at + LANES);
            sum2.div(rows).intoArray(means, at + 2 * LANES);
            sum3.div(rows).intoArray(means, at + 3 * LANES);
        }

        private static void squares(
                float[] x, int from, int rows, int columns, float[] means, float[] squares, int at) {
            FloatVector mean0 = FloatVector.fromArray(F, means, at);
            FloatVector mean1 = FloatVector.fromArray(F, means, at + LANES);
            FloatVector mean2 = FloatVector.fromArray(F, means, at + 2 * LANES);
            FloatVector mean3 = FloatVector.fromArray(F, means, at + 3 * LANES);
            FloatVector sum0 = Simd.zero();
            FloatVector sum1 = Simd.zero();
            FloatVector sum2 = Simd.zero();
            FloatVector sum3 = Simd.zero();
            for (int r = 0, i = from; r < rows; r++, i += columns) {
                FloatVector away0 = FloatVector.fromArray(F, x, i).sub(mean0);
                FloatVector away1 = FloatVector.fromArray(F, x, i + LANES).sub(mean1);
                FloatVector away2 = FloatVector.fromArray(F, x, i + 2 * LANES).sub(mean2);
                FloatVector away3 = FloatVector.fromArray(F, x, i + 3 * LANES).sub(mean3);
                sum0 = away0.fma(away0, sum0);
                sum1 = away1.fma(away1, sum1);
                sum2 = away2.fma(away2, sum2);
                sum3 = away3.fma(away3, sum3);
            }
            sum0.intoArray(squares, at);
            sum1.intoArray(squares, at + LANES);
            sum2.intoArray(squares, at + 2 * LANES);
            sum3.intoArray(squares, at + 3 * LANES);
        }

        private static void pair(float[] x, int from, int rows, int columns, float[] means, float[] squares, int at) {
            FloatVector sum0 = Simd.zero();
            FloatVector sum1 = Simd.zero();
            for (int r = 0, i = from; r < rows; r++, i += columns) {
                sum0 = sum0.add(FloatVector.fromArray(F, x, i));
                sum1 = sum1.add(FloatVector.fromArray(F, x, i + LANES));
            }
            sum0.div(rows).intoArray(means, at);
            sum1.div(rows).intoArray(means, at + LANES);
            pairOfSquares(x, from, rows, columns, means, squares, at);
        }

        private static void pairOfSquares(
                float[] x, int from, int rows, int columns, float[] means, float[] squares, int at) {
            FloatVector mean0 = FloatVector.fromArray(F, means, at);
            FloatVector mean1 = FloatVector.fromArray(F, means, at + LANES);
            FloatVector sum0 = Simd.zero();
            FloatVector sum1 = Simd.zero();
            for (int r = 0, i = from; r < rows; r++, i += columns) {
                FloatVector away0 = FloatVector.fromArray(F, x, i).sub(mean0);
                FloatVector away1 = FloatVector.fromArray(F, x, i + LANES).sub(mean1);
                sum0 = away0.fma(away0, sum0);
                sum1 = away1.fma(away1, sum1);
            }
            sum0.intoArray(squares, at);
            sum1.intoArray(squares, at + LANES);
        }

        private static void one(float[] x, int from, int rows, int columns, float[] means, float[] squares, int at) {
            FloatVector sum = Simd.zero();
            for (int r = 0, i = from; r < rows; r++, i += columns) {
                sum = sum.add(FloatVector.fromArray(F, x, i));
            }
            FloatVector mean = sum.div(rows);
            mean.intoArray(means, at);
            FloatVector square = Simd.zero();
            for (int r = 0, i = from; r < rows; r++, i += columns) {
                FloatVector away = FloatVector.fromArray(F, x, i).sub(mean);
                square = away.fma(away, square);
            }
            square.intoArray(squares, at);
        }

        private static void single(float[] x, int from, int rows, int columns, float[] means, float[] squares, int at) {
            float sum = 0f;
            for (int r = 0, i = from; r < rows; r++, i += columns) {
                sum += x[i];
            }
            float mean = sum / rows;
            float square = 0f;
            for (int r = 0, i = from; r < rows; r++, i += columns) {
                float away = x[i] - mean;
                square = Math.fma(away, away, square);
            }
            means[at] = mean;
            squares[at] = square;
        }

        /** Puts the columns of one group together. */
        private void group(int s, float[] mean, int meanAt, float[] variance, int varianceAt) {
            int wide = g.groupColumns();
            int b = s / g.groups();
            int first = s % g.groups() * wide;
            double middle = 0;
            for (int c = first; c < first + wide; c++) {
                middle += columnMean(b, c);
            }
            middle /= wide;
            double sum = 0;
            for (int c = first; c < first + wide; c++) {
                sum += columnSquares(b, c, middle);
            }
            mean[meanAt] = (float) middle;
            variance[varianceAt] = (float) (sum / g.count());
        }

        private double columnMean(int b, int c) {
            double sum = 0;
            int left = g.rows();
            for (int block = 0, at = b * blocks * g.columns() + c; block < blocks; block++, at += g.columns()) {
                sum += (double) Math.min(blockRows, left) * means[at];
                left -= blockRows;
            }
            return sum / g.rows();
        }

        /** Returns the squared distances from another middle than the means of the blocks. */
        private double columnSquares(int b, int c, double middle) {
            double sum = 0;
            int left = g.rows();
            for (int block = 0, at = b * blocks * g.columns() + c; block < blocks; block++, at += g.columns()) {
                double away = means[at] - middle;
                sum += squares[at] + Math.min(blockRows, left) * away * away;
                left -= blockRows;
            }
            return sum;
        }
    }
}
