package dev.lanes.numerics.kernels.vector.rows;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.UnaryKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.simd.Simd;
import dev.lanes.numerics.parallel.Parallel;
import jdk.incubator.vector.FloatVector;

/**
 * The sum of all squares: blocks of a fixed length, each over 64 partial sums by the index modulo 64, which are added in
 * halves; then the blocks in their order, in double. Neither the width of the hardware nor the threads change the bits.
 */
public final class SumOfSquaresBlocks implements UnaryKernel {
    private static final int BLOCK = 1 << 13;

    /** Four of the widest vectors, so that no multiply-add waits for the one before. */
    private static final int PARTS = 64;

    @Override
    public String name() {
        return "blocks";
    }

    @Override
    public void run(RowsGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace) {
        int blocks = Math.ceilDiv(g.elements(), BLOCK);
        Job job = workspace.job(Job.class, Job::new);
        job.elements = g.elements();
        job.x = x;
        job.xOffset = xOffset;
        job.sums = workspace.floats(0, 1, blocks);
        job.workspace = workspace;
        double sum = 0;
        try {
            workspace.run(blocks, 2L * g.elements(), job);
            for (int block = 0; block < blocks; block++) {
                sum += job.sums[block];
            }
        } finally {
            job.x = null;
            job.sums = null;
            job.workspace = null;
        }
        y[yOffset] = (float) sum;
    }

    private static final class Job implements Parallel.Task {
        private int elements;
        private float[] x;
        private int xOffset;
        private float[] sums;
        private Workspace workspace;

        @Override
        public void run(int block, int worker) {
            int from = block * BLOCK;
            int length = Math.min(BLOCK, elements - from);
            float[] parts = workspace.floats(worker, 0, PARTS);
            gather(x, xOffset + from, length, parts);
            for (int half = PARTS / 2; half > 0; half /= 2) {
                for (int lane = 0; lane < half; lane++) {
                    parts[lane] += parts[lane + half];
                }
            }
            sums[block] = parts[0];
        }

        private static void gather(float[] x, int at, int length, float[] parts) {
            int whole = length / PARTS * PARTS;
            for (int lane = 0; lane < PARTS; lane += 4 * LANES) {
                FloatVector a = Simd.zero();
                FloatVector b = Simd.zero();
                FloatVector c = Simd.zero();
                FloatVector d = Simd.zero();
                for (int i = lane; i < whole; i += PARTS) {
                    FloatVector xa = FloatVector.fromArray(F, x, at + i);
                    FloatVector xb = FloatVector.fromArray(F, x, at + i + LANES);
                    FloatVector xc = FloatVector.fromArray(F, x, at + i + 2 * LANES);
                    FloatVector xd = FloatVector.fromArray(F, x, at + i + 3 * LANES);
                    a = xa.fma(xa, a);
                    b = xb.fma(xb, b);
                    c = xc.fma(xc, c);
                    d = xd.fma(xd, d);
                }
                a.intoArray(parts, lane);
                b.intoArray(parts, lane + LANES);
                c.intoArray(parts, lane + 2 * LANES);
                d.intoArray(parts, lane + 3 * LANES);
            }
            for (int i = whole, lane = 0; i < length; i++, lane++) {
                parts[lane] = Math.fma(x[at + i], x[at + i], parts[lane]);
            }
        }
    }
}
