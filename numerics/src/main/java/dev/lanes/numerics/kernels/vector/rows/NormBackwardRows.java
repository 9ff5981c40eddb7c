package dev.lanes.numerics.kernels.vector.rows;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.NormGeometry;
import dev.lanes.numerics.kernels.NormBackwardKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.simd.Simd;
import dev.lanes.numerics.kernels.vector.simd.SumLanes;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The gradients where each row has its own statistics: block by block of rows, the two sums of a row over the tree of
 * {@link SumLanes}; the blocks' sums of columns are put together in double.
 */
public final class NormBackwardRows implements NormBackwardKernel {
    @Override
    public String name() {
        return "rows";
    }

    @Override
    public boolean supports(NormGeometry g) {
        return NormRows.isRows(g);
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
        int chunks = Math.ceilDiv(g.batch(), NormRows.BLOCK);
        Job job = workspace.job(Job.class, Job::new);
        job.g = g;
        job.x = x;
        job.xOffset = xOffset;
        job.dy = dy;
        job.dyOffset = dyOffset;
        job.mean = mean;
        job.meanOffset = meanOffset;
        job.inverse = inverse;
        job.inverseOffset = inverseOffset;
        job.scale = scale;
        job.scaleOffset = scaleOffset;
        job.dx = dx;
        job.dxOffset = dxOffset;
        job.forScale = workspace.floats(0, 3, chunks * g.columns());
        job.forShift = workspace.floats(0, 4, chunks * g.columns());
        job.workspace = workspace;
        try {
            workspace.run(chunks, 16L * g.elements(), job);
            for (int c = 0; c < g.columns(); c++) {
                dScale[dScaleOffset + c] = sum(job.forScale, c, chunks, g.columns());
                dShift[dShiftOffset + c] = sum(job.forShift, c, chunks, g.columns());
            }
        } finally {
            job.x = null;
            job.dy = null;
            job.mean = null;
            job.inverse = null;
            job.scale = null;
            job.dx = null;
            job.forScale = null;
            job.forShift = null;
            job.workspace = null;
        }
    }

    private static float sum(float[] partial, int c, int chunks, int columns) {
        double sum = 0;
        for (int chunk = 0; chunk < chunks; chunk++) {
            sum += partial[chunk * columns + c];
        }
        return (float) sum;
    }

    private static final class Job implements Parallel.Task {
        private NormGeometry g;
        private float[] x;
        private int xOffset;
        private float[] dy;
        private int dyOffset;
        private float[] mean;
        private int meanOffset;
        private float[] inverse;
        private int inverseOffset;
        private float[] scale;
        private int scaleOffset;
        private float[] dx;
        private int dxOffset;
        private float[] forScale;
        private float[] forShift;
        private Workspace workspace;

        @Override
        public void run(int chunk, int worker) {
            int columns = g.columns();
            float[] parts = workspace.floats(worker, 0, SumLanes.PARTS);
            float[] h = workspace.floats(worker, 1, columns);
            float[] w = workspace.floats(worker, 2, columns);
            Arrays.fill(forScale, chunk * columns, (chunk + 1) * columns, 0f);
            Arrays.fill(forShift, chunk * columns, (chunk + 1) * columns, 0f);
            for (int r = chunk * NormRows.BLOCK; r < Math.min(g.batch(), (chunk + 1) * NormRows.BLOCK); r++) {
                int at = r * columns;
                float by = inverse[inverseOffset + r];
                NormRows.away(x, xOffset + at, mean[meanOffset + r], by, h, columns);
                columns(dy, dyOffset + at, h, columns, forScale, forShift, chunk * columns);
                if (dx != null) {
                    NormRows.multiply(dy, dyOffset + at, scale, scaleOffset, w, columns);
                    float plain = SumLanes.of(w, 0, columns, parts) / columns;
                    NormRows.multiply(w, 0, h, 0, w, columns);
                    float along = SumLanes.of(w, 0, columns, parts) / columns;
                    row(dyOffset + at, h, plain, along, by, dxOffset + at, columns);
                }
            }
        }

        /** Adds one row to the sums of columns. */
        private static void columns(
                float[] dy, int dyAt, float[] h, int columns, float[] forScale, float[] forShift, int at) {
            int i = 0;
            for (; i <= columns - LANES; i += LANES) {
                FloatVector u = FloatVector.fromArray(F, dy, dyAt + i);
                u.fma(FloatVector.fromArray(F, h, i), FloatVector.fromArray(F, forScale, at + i))
                        .intoArray(forScale, at + i);
                u.add(FloatVector.fromArray(F, forShift, at + i)).intoArray(forShift, at + i);
            }
            for (; i < columns; i++) {
                forScale[at + i] = Math.fma(dy[dyAt + i], h[i], forScale[at + i]);
                forShift[at + i] += dy[dyAt + i];
            }
        }

        /** {@code dx = inverse * (scale * dy - plain - h * along)}. */
        private void row(int dyAt, float[] h, float plain, float along, float by, int dxAt, int columns) {
            int i = 0;
            for (; i <= columns - LANES; i += LANES) {
                FloatVector w = FloatVector.fromArray(F, dy, dyAt + i)
                        .mul(FloatVector.fromArray(F, scale, scaleOffset + i))
                        .sub(plain);
                FloatVector.fromArray(F, h, i).fma(Simd.all(-along), w).mul(by).intoArray(dx, dxAt + i);
            }
            for (; i < columns; i++) {
                float w = dy[dyAt + i] * scale[scaleOffset + i] - plain;
                dx[dxAt + i] = Math.fma(h[i], -along, w) * by;
            }
        }
    }
}
