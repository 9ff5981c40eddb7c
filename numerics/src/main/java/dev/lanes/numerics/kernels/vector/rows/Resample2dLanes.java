package dev.lanes.numerics.kernels.vector.rows;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.AxisTaps;
import dev.lanes.numerics.geometry.Resample2dGeometry;
import dev.lanes.numerics.kernels.Resample2dKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.simd.Simd;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * A linear map of images with lanes along the channels, one line of outputs a chunk of work: first along the height into a
 * line of scratch, then along the width, so that an output costs the sum of the taps and not their product. A line that is
 * one line of the input is read where it lies.
 */
public final class Resample2dLanes implements Resample2dKernel {
    @Override
    public String name() {
        return "lanes";
    }

    @Override
    public void run(Resample2dGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.g = g;
        job.x = x;
        job.xOffset = xOffset;
        job.y = y;
        job.yOffset = yOffset;
        job.workspace = workspace;
        try {
            workspace.run(
                    g.batch() * g.rows().out(), g.flops() + 4L * g.outputShape().elements(), job);
        } finally {
            job.x = null;
            job.y = null;
            job.workspace = null;
        }
    }

    private static final class Job implements Parallel.Task {
        private Resample2dGeometry g;
        private float[] x;
        private int xOffset;
        private float[] y;
        private int yOffset;
        private Workspace workspace;

        @Override
        public void run(int line, int worker) {
            AxisTaps rows = g.rows();
            int oh = line % rows.out();
            int length = g.columns().in() * g.channels();
            int image = xOffset + line / rows.out() * rows.in() * length;
            int firstTap = rows.first(oh);
            int taps = rows.first(oh + 1) - firstTap;
            if (taps == 1 && rows.weight(firstTap) == 1f) {
                along(x, image + rows.index(firstTap) * length, line);
                return;
            }
            float[] sum = workspace.floats(worker, 0, length);
            Arrays.fill(sum, 0, length, 0f);
            for (int s = firstTap; s < firstTap + taps; s++) {
                add(x, image + rows.index(s) * length, rows.weight(s), sum, 0, length);
            }
            along(sum, 0, line);
        }

        /** Maps one line along the width. */
        private void along(float[] from, int at, int line) {
            AxisTaps columns = g.columns();
            int channels = g.channels();
            for (int ow = 0; ow < columns.out(); ow++) {
                int to = yOffset + (line * columns.out() + ow) * channels;
                int t = columns.first(ow);
                int end = columns.first(ow + 1);
                if (end == t + 1 && columns.weight(t) == 1f) {
                    System.arraycopy(from, at + columns.index(t) * channels, y, to, channels);
                    continue;
                }
                Arrays.fill(y, to, to + channels, 0f);
                for (; t < end; t++) {
                    add(from, at + columns.index(t) * channels, columns.weight(t), y, to, channels);
                }
            }
        }

        /** {@code sum += weight * x}. */
        private static void add(float[] x, int at, float weight, float[] sum, int to, int length) {
            FloatVector by = Simd.all(weight);
            int i = 0;
            for (; i <= length - LANES; i += LANES) {
                FloatVector.fromArray(F, x, at + i)
                        .fma(by, FloatVector.fromArray(F, sum, to + i))
                        .intoArray(sum, to + i);
            }
            for (; i < length; i++) {
                sum[to + i] = Math.fma(x[at + i], weight, sum[to + i]);
            }
        }
    }
}
