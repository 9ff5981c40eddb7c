package dev.lanes.numerics.kernels.vector.rows;

import dev.lanes.numerics.geometry.AxisGeometry;
import dev.lanes.numerics.kernels.SoftmaxBackwardKernel;
import dev.lanes.numerics.kernels.SoftmaxKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.elementwise.Arithmetic;
import dev.lanes.numerics.kernels.vector.elementwise.LaneLoop;
import dev.lanes.numerics.kernels.vector.elementwise.SoftmaxFunctions;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;

/**
 * Softmax along an axis with others behind it, its logarithm and both gradients: blocks of columns, a row of a block at a
 * time. Sums along the axis run over a fixed tree of 16 partial sums, of the rows whose number is the same modulo 16,
 * which are then added in halves.
 */
public final class SoftmaxColumns implements Parallel.Task {
    private static final long WORK = 20;
    /** Columns of a block: its sums stay in the first-level cache. */
    private static final int BLOCK = 256;

    private static final int PARTS = 16;

    private static final LaneLoop LARGER = LaneLoop.of(Arithmetic.class, "larger");
    private static final LaneLoop ADD = LaneLoop.of(Arithmetic.class, "add");
    private static final LaneLoop FMA = LaneLoop.of(Arithmetic.class, "fma");
    private static final LaneLoop DIVIDE = LaneLoop.of(Arithmetic.class, "divide");
    private static final LaneLoop EXPONENTIALS = LaneLoop.of(SoftmaxFunctions.class, "exponentials");
    private static final LaneLoop LOGARITHMS = LaneLoop.of(SoftmaxFunctions.class, "logarithms");
    private static final LaneLoop GRADIENTS = LaneLoop.of(SoftmaxFunctions.class, "gradients");
    private static final LaneLoop LOGARITHM_GRADIENTS = LaneLoop.of(SoftmaxFunctions.class, "logarithmGradients");

    private Workspace workspace;
    private boolean backward;
    private boolean logarithm;
    private AxisGeometry g;
    /** The scores, or for the gradients the output. */
    private float[] a;

    private int aOffset;
    private float[] dy;
    private int dyOffset;
    /** The result. */
    private float[] y;

    private int yOffset;
    private float[] logSumExp;

    private SoftmaxColumns() {}

    private static SoftmaxColumns job(
            AxisGeometry g, boolean logarithm, float[] a, int aOffset, float[] y, int yOffset, Workspace workspace) {
        SoftmaxColumns job = workspace.job(SoftmaxColumns.class, SoftmaxColumns::new);
        job.workspace = workspace;
        job.logarithm = logarithm;
        job.g = g;
        job.a = a;
        job.aOffset = aOffset;
        job.y = y;
        job.yOffset = yOffset;
        return job;
    }

    private void runAll() {
        try {
            workspace.run(g.outer() * Math.ceilDiv(g.inner(), BLOCK), WORK * g.elements(), this);
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
        int blocks = Math.ceilDiv(g.inner(), BLOCK);
        int outer = chunk / blocks;
        int first = chunk % blocks * BLOCK;
        int columns = Math.min(BLOCK, g.inner() - first);
        float[] sums = workspace.floats(worker, 0, PARTS * BLOCK);
        float[] maxima = workspace.floats(worker, 1, BLOCK);
        float[] terms = workspace.floats(worker, 2, BLOCK);
        float[] rest = workspace.floats(worker, 3, LaneLoop.SCRATCH);
        int at = outer * g.length() * g.inner() + first;
        Arrays.fill(sums, 0, PARTS * columns, 0f);
        if (backward) {
            backward(at, columns, sums, rest);
        } else {
            forward(at, columns, outer * g.inner() + first, sums, maxima, terms, rest);
        }
    }

    private void forward(int at, int columns, int line, float[] sums, float[] maxima, float[] terms, float[] rest) {
        Arrays.fill(maxima, 0, columns, Float.NEGATIVE_INFINITY);
        for (int l = 0, from = aOffset + at; l < g.length(); l++, from += g.inner()) {
            LARGER.run(a, from, maxima, 0, maxima, 0, columns, 0f, rest);
        }
        for (int l = 0, row = at; l < g.length(); l++, row += g.inner()) {
            float[] to = logarithm ? terms : y;
            int toAt = logarithm ? 0 : yOffset + row;
            EXPONENTIALS.run(a, aOffset + row, maxima, 0, to, toAt, columns, 0f, rest);
            int part = l % PARTS * columns;
            ADD.run(sums, part, to, toAt, sums, part, columns, 0f, rest);
        }
        addUp(sums, columns, rest);
        if (logSumExp != null) {
            for (int c = 0; c < columns; c++) {
                logSumExp[line + c] = (float) (maxima[c] + StrictMath.log(sums[c]));
            }
        }
        if (logarithm) {
            for (int c = 0; c < columns; c++) {
                sums[c] = (float) StrictMath.log(sums[c]);
            }
        }
        for (int l = 0, row = at; l < g.length(); l++, row += g.inner()) {
            if (logarithm) {
                LOGARITHMS.run(a, aOffset + row, maxima, 0, sums, 0, y, yOffset + row, columns, 0f, 0f, rest);
            } else {
                DIVIDE.run(y, yOffset + row, sums, 0, y, yOffset + row, columns, 0f, rest);
            }
        }
    }

    private void backward(int at, int columns, float[] sums, float[] rest) {
        for (int l = 0, row = at; l < g.length(); l++, row += g.inner()) {
            int part = l % PARTS * columns;
            if (logarithm) {
                ADD.run(sums, part, dy, dyOffset + row, sums, part, columns, 0f, rest);
            } else {
                FMA.run(a, aOffset + row, dy, dyOffset + row, sums, part, sums, part, columns, 0f, 0f, rest);
            }
        }
        addUp(sums, columns, rest);
        LaneLoop loop = logarithm ? LOGARITHM_GRADIENTS : GRADIENTS;
        for (int l = 0, row = at; l < g.length(); l++, row += g.inner()) {
            loop.run(a, aOffset + row, dy, dyOffset + row, sums, 0, y, yOffset + row, columns, 0f, 0f, rest);
        }
    }

    private static void addUp(float[] sums, int columns, float[] rest) {
        for (int half = PARTS / 2; half > 0; half /= 2) {
            ADD.run(sums, 0, sums, half * columns, sums, 0, half * columns, 0f, rest);
        }
    }

    /** Softmax, or its logarithm. */
    public record Forward(boolean logarithm) implements SoftmaxKernel {
        @Override
        public String name() {
            return "columns";
        }

        @Override
        public boolean supports(AxisGeometry g) {
            return g.inner() > 1;
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
            SoftmaxColumns job = job(g, logarithm, x, xOffset, y, yOffset, workspace);
            job.backward = false;
            job.logSumExp = logSumExp;
            job.runAll();
        }
    }

    /** The gradient of softmax, or of its logarithm. */
    public record Backward(boolean logarithm) implements SoftmaxBackwardKernel {
        @Override
        public String name() {
            return "columns";
        }

        @Override
        public boolean supports(AxisGeometry g) {
            return g.inner() > 1;
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
            SoftmaxColumns job = job(g, logarithm, y, yOffset, dx, dxOffset, workspace);
            job.backward = true;
            job.dy = dy;
            job.dyOffset = dyOffset;
            job.runAll();
        }
    }
}
