package dev.lanes.numerics.kernels.vector.rows;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.NormGeometry;
import dev.lanes.numerics.kernels.NormBackwardKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.simd.Simd;
import dev.lanes.numerics.parallel.Parallel;
import jdk.incubator.vector.FloatVector;

/**
 * The gradients with lanes along the columns, in two passes over x and dy: sums of {@code dy} and of {@code dy * (x -
 * mean)} for each column, by blocks of rows that are put together in double; then {@code dx = fma(dy, a, fma(x - mean, b,
 * c))} with three constants a column.
 */
public final class NormBackwardColumns implements NormBackwardKernel {
    @Override
    public String name() {
        return "columns";
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
        int columns = g.columns();
        int blockRows = NormBlocks.rows(g);
        int blocks = Math.ceilDiv(g.rows(), blockRows);
        int chunks = g.batch() * blocks;
        float[] means = workspace.floats(0, 0, g.batch() * columns);
        for (int i = 0; i < g.batch() * columns; i++) {
            means[i] = mean[meanOffset + i / columns * g.groups() + i % columns / g.groupColumns()];
        }
        Sums sums = workspace.job(Sums.class, Sums::new);
        Apply apply = workspace.job(Apply.class, Apply::new);
        sums.set(g, blockRows, blocks, x, xOffset, dy, dyOffset, means);
        sums.plain = workspace.floats(0, 1, chunks * columns);
        sums.along = workspace.floats(0, 2, chunks * columns);
        apply.set(g, blockRows, blocks, x, xOffset, dy, dyOffset, means);
        apply.a = workspace.floats(0, 3, g.batch() * columns);
        apply.b = workspace.floats(0, 4, g.batch() * columns);
        apply.c = workspace.floats(0, 5, g.batch() * columns);
        apply.dx = dx;
        apply.dxOffset = dxOffset;
        try {
            workspace.run(chunks, 8L * g.elements(), sums);
            sums.merge();
            for (int c = 0; c < columns; c++) {
                double forScale = 0;
                double forShift = 0;
                for (int b = 0; b < g.batch(); b++) {
                    double by = inverse[inverseOffset + b * g.groups() + c / g.groupColumns()];
                    forScale += by * sums.along[b * columns + c];
                    forShift += sums.plain[b * columns + c];
                }
                dScale[dScaleOffset + c] = (float) forScale;
                dShift[dShiftOffset + c] = (float) forShift;
            }
            if (dx != null) {
                for (int s = 0; s < g.statistics(); s++) {
                    apply.constants(s, inverse[inverseOffset + s], scale, scaleOffset, sums.plain, sums.along);
                }
                workspace.run(chunks, 8L * g.elements(), apply);
            }
        } finally {
            sums.clear();
            sums.plain = null;
            sums.along = null;
            apply.clear();
            apply.a = null;
            apply.b = null;
            apply.c = null;
            apply.dx = null;
        }
    }

    /** A pass over x and dy in blocks of rows. */
    private abstract static class Blocked implements Parallel.Task {
        NormGeometry g;
        float[] x;
        int xOffset;
        float[] dy;
        int dyOffset;
        float[] means;
        private int blockRows;
        int blocks;

        final void set(
                NormGeometry geometry,
                int rowsOfBlock,
                int blockCount,
                float[] input,
                int inputOffset,
                float[] gradient,
                int gradientOffset,
                float[] meanOfColumns) {
            g = geometry;
            blockRows = rowsOfBlock;
            blocks = blockCount;
            x = input;
            xOffset = inputOffset;
            dy = gradient;
            dyOffset = gradientOffset;
            means = meanOfColumns;
        }

        final void clear() {
            x = null;
            dy = null;
            means = null;
        }

        @Override
        public final void run(int chunk, int worker) {
            int image = chunk / blocks;
            int firstRow = chunk % blocks * blockRows;
            int rows = Math.min(blockRows, g.rows() - firstRow);
            block(chunk, image * g.columns(), rows, (image * g.rows() + firstRow) * g.columns());
        }

        /** Computes one block: {@code at} of its image's constants, {@code from} the place of its first row. */
        abstract void block(int chunk, int at, int rows, int from);
    }

    private static final class Sums extends Blocked {
        private float[] plain;
        private float[] along;

        @Override
        void block(int chunk, int at, int rows, int from) {
            int columns = g.columns();
            int to = chunk * columns;
            int c = 0;
            for (; c <= columns - 4 * LANES; c += 4 * LANES) {
                four(x, xOffset + from + c, dy, dyOffset + from + c, rows, columns, at + c, to + c);
            }
            for (; c <= columns - LANES; c += LANES) {
                one(x, xOffset + from + c, dy, dyOffset + from + c, rows, columns, at + c, to + c);
            }
            for (; c < columns; c++) {
                float sum = 0f;
                float products = 0f;
                float mean = means[at + c];
                for (int r = 0, i = from + c; r < rows; r++, i += columns) {
                    float u = dy[dyOffset + i];
                    sum += u;
                    products = Math.fma(u, x[xOffset + i] - mean, products);
                }
                plain[to + c] = sum;
                along[to + c] = products;
            }
        }

        private void four(float[] x, int xAt, float[] dy, int dyAt, int rows, int columns, int at, int to) {
            FloatVector mean0 = FloatVector.fromArray(F, means, at);
            FloatVector mean1 = FloatVector.fromArray(F, means, at + LANES);
            FloatVector mean2 = FloatVector.fromArray(F, means, at + 2 * LANES);
            FloatVector mean3 = FloatVector.fromArray(F, means, at + 3 * LANES);
            FloatVector sum0 = Simd.zero();
            FloatVector sum1 = Simd.zero();
            FloatVector sum2 = Simd.zero();
            FloatVector sum3 = Simd.zero();
            FloatVector products0 = Simd.zero();
            FloatVector products1 = Simd.zero();
            FloatVector products2 = Simd.zero();
            FloatVector products3 = Simd.zero();
            for (int r = 0, i = 0; r < rows; r++, i += columns) {
                FloatVector u0 = FloatVector.fromArray(F, dy, dyAt + i);
                FloatVector u1 = FloatVector.fromArray(F, dy, dyAt + i + LANES);
                FloatVector u2 = FloatVector.fromArray(F, dy, dyAt + i + 2 * LANES);
                FloatVector u3 = FloatVector.fromArray(F, dy, dyAt + i + 3 * LANES);
                sum0 = sum0.add(u0);
                sum1 = sum1.add(u1);
                sum2 = sum2.add(u2);
                sum3 = sum3.add(u3);
                products0 = u0.fma(FloatVector.fromArray(F, x, xAt + i).sub(mean0), products0);
                products1 = u1.fma(FloatVector.fromArray(F, x, xAt + i + LANES).sub(mean1), products1);
                products2 =
                        u2.fma(FloatVector.fromArray(F, x, xAt + i + 2 * LANES).sub(mean2), products2);
                products3 =
                        u3.fma(FloatVector.fromArray(F, x, xAt + i + 3 * LANES).sub(mean3), products3);
            }
            sum0.intoArray(plain, to);
            sum1.intoArray(plain, to + LANES);
            sum2.intoArray(plain, to + 2 * LANES);
            sum3.intoArray(plain, to + 3 * LANES);
            products0.intoArray(along, to);
            products1.intoArray(along, to + LANES);
            products2.intoArray(along, to + 2 * LANES);
            products3.intoArray(along, to + 3 * LANES);
        }

        private void one(float[] x, int xAt, float[] dy, int dyAt, int rows, int columns, int at, int to) {
            FloatVector mean = FloatVector.fromArray(F, means, at);
            FloatVector sum = Simd.zero();
            FloatVector products = Simd.zero();
            for (int r = 0, i = 0; r < rows; r++, i += columns) {
                FloatVector u = FloatVector.fromArray(F, dy, dyAt + i);
                sum = sum.add(u);
                products = u.fma(FloatVector.fromArray(F, x, xAt + i).sub(mean), products);
            }
            sum.intoArray(plain, to);
            products.intoArray(along, to);
        }

        /** Adds up the blocks of each column of each image, and leaves the sums where those of the first blocks stood. */
        private void merge() {
            int columns = g.columns();
            for (int b = 0; b < g.batch(); b++) {
                for (int c = 0; c < columns; c++) {
                    plain[b * columns + c] = sum(plain, b * blocks * columns + c, columns);
                    along[b * columns + c] = sum(along, b * blocks * columns + c, columns);
                }
            }
        }

        private float sum(float[] partial, int first, int columns) {
            double sum = 0;
            for (int block = 0, at = first; block < blocks; block++, at += columns) {
                sum += partial[at];
            }
            return (float) sum;
        }
    }

    private static final class Apply extends Blocked {
        private float[] a;
        private float[] b;
        private float[] c;
        private float[] dx;
        private int dxOffset;

        /** Computes the constants of one group's columns from their sums. */
        private void constants(int s, double inverse, float[] scale, int scaleOffset, float[] plain, float[] along) {
            int wide = g.groupColumns();
            int first = s % g.groups() * wide;
            int row = s / g.groups() * g.columns();
            double sum = 0;
            double products = 0;
            for (int i = first; i < first + wide; i++) {
                sum += (double) scale[scaleOffset + i] * plain[row + i];
                products += (double) scale[scaleOffset + i] * along[row + i];
            }
            float ofAway = (float) (-inverse * inverse * inverse * products / g.count());
            float constant = (float) (-inverse * sum / g.count());
            for (int i = first; i < first + wide; i++) {
                a[row + i] = (float) (inverse * scale[scaleOffset + i]);
                b[row + i] = ofAway;
                c[row + i] = constant;
            }
        }

        @Override
        void block(int chunk, int at, int rows, int from) {
            int columns = g.columns();
            if (columns > NormBlocks.NARROW) {
                for (int r = 0; r < rows; r++) {
                    int i = from + r * columns;
                    row(x, xOffset + i, dy, dyOffset + i, columns, at, dxOffset + i);
                }
                return;
            }
            int i = 0;
            for (; i <= columns - 2 * LANES; i += 2 * LANES) {
                pair(x, xOffset + from + i, dy, dyOffset + from + i, rows, columns, at + i, dx, dxOffset + from + i);
            }
            for (; i <= columns - LANES; i += LANES) {
                one(x, xOffset + from + i, dy, dyOffset + from + i, rows, columns, at + i, dx, dxOffset + from + i);
            }
            for (; i < columns; i++) {
                float mean = means[at + i];
                for (int r = 0, k = from + i; r < rows; r++, k += columns) {
                    float rest = Math.fma(x[xOffset + k] - mean, b[at + i], c[at + i]);
                    dx[dxOffset + k] = Math.fma(dy[dyOffset + k], a[at + i], rest);
                }
            }
        }

        private void pair(
                float[] x, int xAt, float[] dy, int dyAt, int rows, int columns, int at, float[] dx, int dxAt) {
            FloatVector mean0 = FloatVector.fromArray(F, means, at);
            FloatVector mean1 = FloatVector.fromArray(F, means, at + LANES);
            FloatVector a0 = FloatVector.fromArray(F, a, at);
            FloatVector a1 = FloatVector.fromArray(F, a, at + LANES);
            FloatVector b0 = FloatVector.fromArray(F, b, at);
            FloatVector b1 = FloatVector.fromArray(F, b, at + LANES);
            FloatVector c0 = FloatVector.fromArray(F, c, at);
            FloatVector c1 = FloatVector.fromArray(F, c, at + LANES);
            for (int r = 0, i = 0; r < rows; r++, i += columns) {
                FloatVector rest0 =
                        FloatVector.fromArray(F, x, xAt + i).sub(mean0).fma(b0, c0);
                FloatVector rest1 =
                        FloatVector.fromArray(F, x, xAt + i + LANES).sub(mean1).fma(b1, c1);
                FloatVector.fromArray(F, dy, dyAt + i).fma(a0, rest0).intoArray(dx, dxAt + i);
                FloatVector.fromArray(F, dy, dyAt + i + LANES).fma(a1, rest1).intoArray(dx, dxAt + i + LANES);
            }
        }

        private void one(
                float[] x, int xAt, float[] dy, int dyAt, int rows, int columns, int at, float[] dx, int dxAt) {
            FloatVector mean = FloatVector.fromArray(F, means, at);
            FloatVector va = FloatVector.fromArray(F, a, at);
            FloatVector vb = FloatVector.fromArray(F, b, at);
            FloatVector vc = FloatVector.fromArray(F, c, at);
            for (int r = 0, i = 0; r < rows; r++, i += columns) {
                FloatVector rest =
                        FloatVector.fromArray(F, x, xAt + i).sub(mean).fma(vb, vc);
                FloatVector.fromArray(F, dy, dyAt + i).fma(va, rest).intoArray(dx, dxAt + i);
            }
        }

        private void row(float[] x, int xAt, float[] dy, int dyAt, int columns, int at, int dxAt) {
            int i = 0;
            for (; i <= columns - LANES; i += LANES) {
                FloatVector rest = FloatVector.fromArray(F, x, xAt + i)
                        .sub(FloatVector.fromArray(F, means, at + i))
                        .fma(FloatVector.fromArray(F, b, at + i), FloatVector.fromArray(F, c, at + i));
                FloatVector.fromArray(F, dy, dyAt + i)
                        .fma(FloatVector.fromArray(F, a, at + i), rest)
                        .intoArray(dx, dxAt + i);
            }
            for (; i < columns; i++) {
                float rest = Math.fma(x[xAt + i] - means[at + i], b[at + i], c[at + i]);
                dx[dxAt + i] = Math.fma(dy[dyAt + i], a[at + i], rest);
            }
        }
    }
}
