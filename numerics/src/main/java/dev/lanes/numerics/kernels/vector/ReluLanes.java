package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;
import static dev.lanes.numerics.kernels.vector.Simd.LANES;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.UnaryKernel;
import dev.lanes.numerics.kernels.Workspace;
import jdk.incubator.vector.FloatVector;

/** {@code y = max(x, 0)}; a NaN stays a NaN. */
final class ReluLanes implements UnaryKernel {
    @Override
    public String name() {
        return "lanes";
    }

    @Override
    public void run(RowsGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace) {
        Ranges job = workspace.job(Job.class, Job::new);
        job.run(g.elements(), x, xOffset, null, 0, y, yOffset, workspace);
    }

    private static final class Job extends Ranges {
        @Override
        void range(float[] x, int xAt, float[] none, int zero, float[] y, int yAt, int length) {
            int i = 0;
            for (; i <= length - LANES; i += LANES) {
                FloatVector.fromArray(F, x, xAt + i).max(0f).intoArray(y, yAt + i);
            }
            for (; i < length; i++) {
                y[yAt + i] = Math.max(x[xAt + i], 0f);
            }
        }
    }
}
