package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;
import static dev.lanes.numerics.kernels.vector.Simd.LANES;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.AxpbyKernel;
import dev.lanes.numerics.kernels.Workspace;
import jdk.incubator.vector.FloatVector;

/** {@code y = fma(alpha, x, beta * y)}; with beta 0, {@code y = alpha * x}. */
final class AxpbyLanes implements AxpbyKernel {
    @Override
    public String name() {
        return "lanes";
    }

    @Override
    public void run(
            RowsGeometry g,
            float alpha,
            float[] x,
            int xOffset,
            float beta,
            float[] y,
            int yOffset,
            Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.alpha = alpha;
        job.beta = beta;
        job.run(g.elements(), x, xOffset, null, 0, y, yOffset, workspace);
    }

    private static final class Job extends Ranges {
        private float alpha;
        private float beta;

        @Override
        void range(float[] x, int xAt, float[] none, int zero, float[] y, int yAt, int length) {
            if (beta == 0f) {
                scale(alpha, x, xAt, y, yAt, length);
            } else {
                combine(alpha, x, xAt, beta, y, yAt, length);
            }
        }

        private static void scale(float alpha, float[] x, int xAt, float[] y, int yAt, int length) {
            int i = 0;
            for (; i <= length - LANES; i += LANES) {
                FloatVector.fromArray(F, x, xAt + i).mul(alpha).intoArray(y, yAt + i);
            }
            for (; i < length; i++) {
                y[yAt + i] = alpha * x[xAt + i];
            }
        }

        private static void combine(float alpha, float[] x, int xAt, float beta, float[] y, int yAt, int length) {
            int i = 0;
            for (; i <= length - LANES; i += LANES) {
                FloatVector before = FloatVector.fromArray(F, y, yAt + i).mul(beta);
                FloatVector.fromArray(F, x, xAt + i)
                        .fma(FloatVector.broadcast(F, alpha), before)
                        .intoArray(y, yAt + i);
            }
            for (; i < length; i++) {
                y[yAt + i] = Math.fma(x[xAt + i], alpha, beta * y[yAt + i]);
            }
        }
    }
}
