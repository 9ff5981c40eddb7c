package dev.lanes.numerics.kernels.vector.rows;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.LrnGeometry;
import dev.lanes.numerics.kernels.LrnBackwardKernel;
import dev.lanes.numerics.kernels.LrnForwardKernel;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.simd.Simd;
import dev.lanes.numerics.kernels.vector.simd.SumLanes;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Local response normalisation row by row, for exponents that are square roots of square roots: 1/2, 3/4 and 1. A row is
 * copied into scratch with room for the window on either side and a whole vector behind, so that every loop runs over
 * whole vectors; a window's sum is {@code size} loads from there.
 */
public final class LrnRows {
    /** Rows of a chunk of work. */
    private static final int BLOCK = 32;

    private LrnRows() {}

    private static boolean hasRoots(LrnGeometry g) {
        return g.beta() == 0.75 || g.beta() == 0.5 || g.beta() == 1;
    }

    /** Returns the channels rounded up to whole vectors of the widest kind, so that it does not depend on the width. */
    private static int padded(LrnGeometry g) {
        return Math.ceilDiv(g.channels(), SumLanes.PARTS) * SumLanes.PARTS;
    }

    /** {@code out[c] = sum over t below size of in[c + t]}, t ascending. */
    private static void windows(float[] in, int size, float[] out, int length) {
        for (int c = 0; c < length; c += LANES) {
            FloatVector sum = FloatVector.fromArray(F, in, c);
            for (int t = 1; t < size; t++) {
                sum = sum.add(FloatVector.fromArray(F, in, c + t));
            }
            sum.intoArray(out, c);
        }
    }

    /** {@code s = k + factor * sum of squares} of one row, whose padded copy is {@code row}. */
    private static void sums(LrnGeometry g, float[] row, float[] padded, float[] s, int length) {
        for (int c = 0; c < length; c += LANES) {
            FloatVector v = FloatVector.fromArray(F, row, c);
            v.mul(v).intoArray(padded, g.before() + c);
        }
        windows(padded, g.size(), s, length);
        float factor = (float) (g.alpha() / g.size());
        FloatVector k = Simd.all((float) g.k());
        for (int c = 0; c < length; c += LANES) {
            FloatVector.fromArray(F, s, c).fma(Simd.all(factor), k).intoArray(s, c);
        }
    }

    /** {@code p = s^-beta}. */
    private static void power(float[] s, double beta, float[] p, int length) {
        FloatVector one = Simd.all(1f);
        if (beta == 1) {
            for (int c = 0; c < length; c += LANES) {
                one.div(FloatVector.fromArray(F, s, c)).intoArray(p, c);
            }
        } else if (beta == 0.5) {
            for (int c = 0; c < length; c += LANES) {
                one.div(FloatVector.fromArray(F, s, c).sqrt()).intoArray(p, c);
            }
        } else {
            for (int c = 0; c < length; c += LANES) {
                FloatVector root = FloatVector.fromArray(F, s, c).sqrt();
                one.div(root.mul(root.sqrt())).intoArray(p, c);
            }
        }
    }

    /** One block of rows of either direction; dy is null forwards. */
    private static final class Job implements Parallel.Task {
        private LrnGeometry g;
        private float[] x;
        private int xOffset;
        private float[] dy;
        private int dyOffset;
        private float[] y;
        private int yOffset;
        private Workspace workspace;

        private void run(
                LrnGeometry geometry,
                float[] in,
                int inOffset,
                float[] gradient,
                int gradientOffset,
                float[] out,
                int outOffset,
                Workspace ofCall) {
            g = geometry;
            x = in;
            xOffset = inOffset;
            dy = gradient;
            dyOffset = gradientOffset;
            y = out;
            yOffset = outOffset;
            workspace = ofCall;
            try {
                ofCall.run(Math.ceilDiv(geometry.rows(), BLOCK), (8L + geometry.size()) * geometry.elements(), this);
            } finally {
                x = null;
                dy = null;
                y = null;
                workspace = null;
            }
        }

        @Override
        public void run(int chunk, int worker) {
            int channels = g.channels();
            int length = padded(g);
            int room = length + g.size() + SumLanes.PARTS;
            float[] row = workspace.floats(worker, 0, length);
            float[] padded = workspace.floats(worker, 1, room);
            float[] s = workspace.floats(worker, 2, length);
            float[] p = workspace.floats(worker, 3, length);
            float[] u = workspace.floats(worker, 4, length);
            Arrays.fill(row, channels, length, 0f);
            Arrays.fill(u, channels, length, 0f);
            Arrays.fill(padded, 0, room, 0f);
            for (int r = chunk * BLOCK; r < Math.min(g.rows(), (chunk + 1) * BLOCK); r++) {
                System.arraycopy(x, xOffset + r * channels, row, 0, channels);
                sums(g, row, padded, s, length);
                power(s, g.beta(), p, length);
                if (dy == null) {
                    multiply(row, p, u, length);
                } else {
                    System.arraycopy(dy, dyOffset + r * channels, u, 0, channels);
                    backward(row, s, p, u, length, workspace.floats(worker, 5, room));
                }
                System.arraycopy(u, 0, y, yOffset + r * channels, channels);
            }
        }

        private static void multiply(float[] a, float[] b, float[] out, int length) {
            for (int c = 0; c < length; c += LANES) {
                FloatVector.fromArray(F, a, c)
                        .mul(FloatVector.fromArray(F, b, c))
                        .intoArray(out, c);
            }
        }

        /** Replaces dy in u by dx. */
        private void backward(float[] row, float[] s, float[] p, float[] u, int length, float[] turned) {
            Arrays.fill(turned, 0, length + g.size() + SumLanes.PARTS, 0f);
            for (int c = 0; c < length; c += LANES) {
                FloatVector q = FloatVector.fromArray(F, u, c)
                        .mul(FloatVector.fromArray(F, row, c))
                        .mul(FloatVector.fromArray(F, p, c));
                q.div(FloatVector.fromArray(F, s, c)).intoArray(turned, g.behind() + c);
            }
            windows(turned, g.size(), s, length);
            FloatVector factor = Simd.all((float) (-2 * g.beta() * g.alpha() / g.size()));
            for (int c = 0; c < length; c += LANES) {
                FloatVector around = FloatVector.fromArray(F, row, c).mul(factor);
                FloatVector direct = FloatVector.fromArray(F, u, c).mul(FloatVector.fromArray(F, p, c));
                around.fma(FloatVector.fromArray(F, s, c), direct).intoArray(u, c);
            }
        }
    }

    /** The values. */
    public static final class Forward implements LrnForwardKernel {
        @Override
        public String name() {
            return "rows";
        }

        @Override
        public boolean supports(LrnGeometry g) {
            return hasRoots(g);
        }

        @Override
        public void run(LrnGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace) {
            workspace.job(Job.class, Job::new).run(g, x, xOffset, null, 0, y, yOffset, workspace);
        }
    }

    /** The gradient. */
    public static final class Backward implements LrnBackwardKernel {
        @Override
        public String name() {
            return "rows";
        }

        @Override
        public boolean supports(LrnGeometry g) {
            return hasRoots(g);
        }

        @Override
        public void run(
                LrnGeometry g,
                float[] x,
                int xOffset,
                float[] dy,
                int dyOffset,
                float[] dx,
                int dxOffset,
                Workspace workspace) {
            workspace.job(Job.class, Job::new).run(g, x, xOffset, dy, dyOffset, dx, dxOffset, workspace);
        }
    }
}
