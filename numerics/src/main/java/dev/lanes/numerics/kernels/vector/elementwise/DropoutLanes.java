package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.I;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.DropoutKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Dropout, a vector of places at a time. */
public final class DropoutLanes implements DropoutKernel {
    private static final int RANGE = 1 << 14;
    /** Rough operations an element. */
    private static final long WORK = 16;

    @Override
    public String name() {
        return "lanes";
    }

    @Override
    public void run(
            RowsGeometry g,
            float[] x,
            int xOffset,
            long seed,
            int threshold,
            float scale,
            float[] y,
            int yOffset,
            Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.elements = g.elements();
        job.x = x;
        job.xOffset = xOffset;
        job.seed = seed;
        job.threshold = threshold;
        job.scale = scale;
        job.y = y;
        job.yOffset = yOffset;
        try {
            workspace.run(Math.ceilDiv(g.elements(), RANGE), WORK * g.elements(), job);
        } finally {
            job.x = null;
            job.y = null;
        }
    }

    private static final class Job implements Parallel.Task {
        private int elements;
        private float[] x;
        private int xOffset;
        private long seed;
        private int threshold;
        private float scale;
        private float[] y;
        private int yOffset;

        @Override
        public void run(int chunk, int worker) {
            int from = chunk * RANGE;
            range(from, Math.min(elements, from + RANGE), x, xOffset, seed, threshold, scale, y, yOffset);
        }

        private static void range(
                int from,
                int to,
                float[] x,
                int xOffset,
                long seed,
                int threshold,
                float scale,
                float[] y,
                int yOffset) {
            IntVector places = IntVector.zero(I).addIndex(1).add((int) seed);
            int i = from;
            for (; i <= to - LANES; i += LANES) {
                IntVector h = mix(mix(places.add(i)).lanewise(VectorOperators.XOR, (int) (seed >>> 32)));
                VectorMask<Integer> drop =
                        h.lanewise(VectorOperators.LSHR, SHIFT).lt(threshold);
                FloatVector kept = FloatVector.fromArray(F, x, xOffset + i).mul(scale);
                kept.blend(0f, drop.cast(F)).intoArray(y, yOffset + i);
            }
            for (; i < to; i++) {
                boolean keep = DropoutKernel.hash(seed, i) >>> SHIFT >= threshold;
                y[yOffset + i] = keep ? x[xOffset + i] * scale : 0f;
            }
        }

        private static IntVector mix(IntVector value) {
            IntVector h = value;
            h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 16))
                    .mul(FIRST);
            h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 15))
                    .mul(SECOND);
            return h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 15));
        }
    }
}
