package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;
import static dev.lanes.numerics.kernels.vector.Simd.LANES;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.BinaryKernel;
import dev.lanes.numerics.kernels.Workspace;
import jdk.incubator.vector.FloatVector;

/** {@code y = a * b}. */
final class MultiplyLanes implements BinaryKernel {
    @Override
    public String name() {
        return "lanes";
    }

    @Override
    public void run(
            RowsGeometry g,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            float[] y,
            int yOffset,
            Workspace workspace) {
        Ranges job = workspace.job(Job.class, Job::new);
        job.run(g.elements(), a, aOffset, b, bOffset, y, yOffset, workspace);
    }

    private static final class Job extends Ranges {
        @Override
        void range(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int length) {
            int i = 0;
            for (; i <= length - LANES; i += LANES) {
                FloatVector va = FloatVector.fromArray(F, a, aAt + i);
                FloatVector vb = FloatVector.fromArray(F, b, bAt + i);
                va.mul(vb).intoArray(y, yAt + i);
            }
            for (; i < length; i++) {
                y[yAt + i] = a[aAt + i] * b[bAt + i];
            }
        }
    }
}
