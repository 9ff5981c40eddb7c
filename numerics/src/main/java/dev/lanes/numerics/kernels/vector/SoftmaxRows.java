package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;
import static dev.lanes.numerics.kernels.vector.Simd.LANES;

import dev.lanes.numerics.geometry.AxisGeometry;
import dev.lanes.numerics.kernels.SoftmaxKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import jdk.incubator.vector.FloatVector;

/**
 * Softmax row by row: the maximum, which is exact in any order, {@code exp(x - maximum)} with {@link Exp}, the sum over
 * the tree of {@link SumLanes}, and a division.
 */
final class SoftmaxRows implements SoftmaxKernel {
    /** Rough operations an element: exponential, sum, division. */
    private static final long WORK = 20;

    @Override
    public String name() {
        return "rows";
    }

    @Override
    public boolean supports(AxisGeometry g) {
        return g.inner() == 1;
    }

    @Override
    public void run(
            AxisGeometry g, float[] x, int xOffset, float[] y, int yOffset, float[] logSumExp, Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.g = g;
        job.x = x;
        job.xOffset = xOffset;
        job.y = y;
        job.yOffset = yOffset;
        job.logSumExp = logSumExp;
        job.workspace = workspace;
        try {
            workspace.run(g.outer(), WORK * g.elements(), job);
        } finally {
            job.x = null;
            job.y = null;
            job.logSumExp = null;
            job.workspace = null;
        }
    }

    private static final class Job implements Parallel.Task {
        private AxisGeometry g;
        private float[] x;
        private int xOffset;
        private float[] y;
        private int yOffset;
        private float[] logSumExp;
        private Workspace workspace;

        @Override
        public void run(int row, int worker) {
            int columns = g.length();
            int from = xOffset + row * columns;
            int to = yOffset + row * columns;
            float maximum = maximum(x, from, columns);
            exponentials(x, from, maximum, y, to, columns);
            float sum = SumLanes.of(y, to, columns, workspace.floats(worker, 0, SumLanes.PARTS));
            divide(y, to, sum, columns);
            if (logSumExp != null) {
                logSumExp[row] = (float) (maximum + StrictMath.log(sum)); // a row of no finite value gives a NaN
            }
        }

        private static float maximum(float[] x, int at, int length) {
            float maximum = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < length; i++) {
                maximum = Math.max(maximum, x[at + i]);
            }
            return maximum;
        }

        private static void exponentials(float[] x, int xAt, float maximum, float[] y, int yAt, int length) {
            int i = 0;
            for (; i <= length - LANES; i += LANES) {
                Exp.of(FloatVector.fromArray(F, x, xAt + i).sub(maximum)).intoArray(y, yAt + i);
            }
            for (; i < length; i++) {
                y[yAt + i] = Exp.of(x[xAt + i] - maximum);
            }
        }

        private static void divide(float[] y, int at, float sum, int length) {
            int i = 0;
            for (; i <= length - LANES; i += LANES) {
                FloatVector.fromArray(F, y, at + i).div(sum).intoArray(y, at + i);
            }
            for (; i < length; i++) {
                y[at + i] /= sum;
            }
        }
    }
}
