package dev.lanes.numerics.kernels.vector.rows;

import dev.lanes.numerics.geometry.AxisGeometry;
import dev.lanes.numerics.kernels.SoftmaxBackwardKernel;
import dev.lanes.numerics.kernels.SoftmaxKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.elementwise.Arithmetic;
import dev.lanes.numerics.kernels.vector.elementwise.ExpSum;
import dev.lanes.numerics.kernels.vector.elementwise.LaneLoop;
import dev.lanes.numerics.kernels.vector.elementwise.SoftmaxFunctions;
import dev.lanes.numerics.kernels.vector.simd.SumLanes;
import dev.lanes.numerics.parallel.Parallel;

/**
 * Softmax along the last axis, its logarithm and both gradients, row by row: the maximum, which is exact in any order,
 * {@code exp(x - maximum)} and its sum with {@link ExpSum}, and the quotient.
 */
public final class SoftmaxRows implements Parallel.Task {
    /** Rough operations an element: exponential, sum, division. */
    private static final long WORK = 20;
    /** Elements that one chunk should have at least: a microsecond's. */
    private static final int CHUNK = 1 << 12;

    private static final LaneLoop LOGARITHM = LaneLoop.of(SoftmaxFunctions.class, "logarithm");
    private static final LaneLoop GRADIENT = LaneLoop.of(SoftmaxFunctions.class, "gradient");
    private static final LaneLoop LOGARITHM_GRADIENT = LaneLoop.of(SoftmaxFunctions.class, "logarithmGradient");
    private static final LaneLoop SCALE = LaneLoop.of(Arithmetic.class, "scale");
    private static final LaneLoop MULTIPLY = LaneLoop.of(Arithmetic.class, "multiply");

    private Workspace workspace;
    private boolean backward;
    private boolean logarithm;
    private int rows;
    private int length;
    private int rowsOfChunk;
    /** The scores, or for the gradients the output. */
    private float[] a;

    private int aOffset;
    private float[] dy;
    private int dyOffset;
    /** The result. */
    private float[] y;

    private int yOffset;
    private float[] logSumExp;

    private SoftmaxRows() {}

    private static SoftmaxRows job(
            AxisGeometry g, boolean logarithm, float[] a, int aOffset, float[] y, int yOffset, Workspace workspace) {
        SoftmaxRows job = workspace.job(SoftmaxRows.class, SoftmaxRows::new);
        job.workspace = workspace;
        job.logarithm = logarithm;
        job.rows = g.outer();
        job.length = g.length();
        job.rowsOfChunk = Math.max(1, CHUNK / Math.max(1, g.length()));
        job.a = a;
        job.aOffset = aOffset;
        job.y = y;
        job.yOffset = yOffset;
        return job;
    }

    private void runAll() {
        try {
            workspace.run(Math.ceilDiv(rows, rowsOfChunk), WORK * rows * length, this);
        } finally {
            workspace = null;
            a = null;
            dy = null;
            y = null;
            logSumExp = null;
        }
    }

    @Override
    public void run(int chunk, int worker) {
        float[] parts = workspace.floats(worker, 0, SumLanes.PARTS);
        float[] terms = workspace.floats(worker, 1, length);
        float[] rest = workspace.floats(worker, 3, LaneLoop.SCRATCH);
        int to = Math.min(rows, (chunk + 1) * rowsOfChunk);
        for (int row = chunk * rowsOfChunk; row < to; row++) {
            if (backward) {
                backward(row * length, terms, parts, rest);
            } else {
                forward(row, terms, parts, rest);
            }
        }
    }

    private void forward(int row, float[] terms, float[] parts, float[] rest) {
        int from = aOffset + row * length;
        int to = yOffset + row * length;
        float maximum = MaxLanes.apartFromNan(a, from, length); // a NaN comes through by the sum
        float[] exponentials = logarithm ? terms : y;
        int at = logarithm ? 0 : to;
        float shifted = ExpSum.of(a, from, exponentials, at, length, maximum, parts, rest);
        if (!logarithm) {
            SCALE.run(y, to, y, to, length, 1f / shifted, 0f, rest);
        }
        if (logarithm || logSumExp != null) {
            double log = StrictMath.log(Math.scalb(shifted, -ExpSum.SHIFT)); // of 1 at least: that of the maximum
            if (logarithm) {
                LOGARITHM.run(a, from, y, to, length, maximum, (float) log, rest);
            }
            if (logSumExp != null) {
                logSumExp[row] = (float) (maximum + log); // a row of no finite value gives a NaN
            }
        }
    }

    private void backward(int row, float[] terms, float[] parts, float[] rest) {
        if (logarithm) {
            float sum = SumLanes.of(dy, dyOffset + row, length, parts);
            LOGARITHM_GRADIENT.run(a, aOffset + row, dy, dyOffset + row, y, yOffset + row, length, sum, rest);
        } else {
            MULTIPLY.run(a, aOffset + row, dy, dyOffset + row, terms, 0, length, 0f, rest);
            float sum = SumLanes.of(terms, 0, length, parts);
            GRADIENT.run(a, aOffset + row, dy, dyOffset + row, y, yOffset + row, length, sum, rest);
        }
    }

    /** Softmax, or its logarithm. */
    public record Forward(boolean logarithm) implements SoftmaxKernel {
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
                AxisGeometry g,
                float[] x,
                int xOffset,
                float[] y,
                int yOffset,
                float[] logSumExp,
                Workspace workspace) {
            SoftmaxRows job = job(g, logarithm, x, xOffset, y, yOffset, workspace);
            job.backward = false;
            job.logSumExp = logSumExp;
            job.runAll();
        }
    }

    /** The gradient of softmax, or of its logarithm. */
    public record Backward(boolean logarithm) implements SoftmaxBackwardKernel {
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
                AxisGeometry g,
                float[] y,
                int yOffset,
                float[] dy,
                int dyOffset,
                float[] dx,
                int dxOffset,
                Workspace workspace) {
            SoftmaxRows job = job(g, logarithm, y, yOffset, dx, dxOffset, workspace);
            job.backward = true;
            job.dy = dy;
            job.dyOffset = dyOffset;
            job.runAll();
        }
    }
}
