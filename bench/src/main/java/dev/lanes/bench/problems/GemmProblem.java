package dev.lanes.bench.problems;

import dev.lanes.numerics.geometry.GemmGeometry;

/**
 * A matrix product {@code C = op(A) * op(B)}.
 *
 * <p>{@code sgemm} packs whatever it packs in the call; {@code sgemm-packed} may have B prepared beforehand; {@code
 * sgemv} is one row; {@code dgemm} is in double precision.
 */
public final class GemmProblem implements Problem {
    private static final double U = 0x1p-24;
    private static final double U_DOUBLE = 0x1p-53;

    private final String kernel;
    private final GemmGeometry g;
    private final float[] a;
    private final float[] b;

    GemmProblem(String kernel, String shape) {
        this.kernel = kernel;
        g = GemmGeometry.parse(shape);
        a = Numbers.floats(1, g.spanA());
        b = Numbers.floats(2, g.spanB());
    }

    @Override
    public String kernel() {
        return kernel;
    }

    @Override
    public String shape() {
        return g.toString();
    }

    /** Returns the sizes. */
    public GemmGeometry geometry() {
        return g;
    }

    /** Returns A as it is stored; not to be changed. */
    public float[] a() {
        return a;
    }

    /** Returns B as it is stored; not to be changed. */
    public float[] b() {
        return b;
    }

    /** Tells whether the numbers are doubles. */
    public boolean inDoubles() {
        return kernel.equals("dgemm");
    }

    /** Returns the same values as doubles. */
    public double[] widened(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    /** Tells whether B may be prepared before the clock starts. */
    public boolean packed() {
        return kernel.equals("sgemm-packed");
    }

    @Override
    public double flops() {
        return g.flops();
    }

    @Override
    public double bytes() {
        return inDoubles() ? 2.0 * g.bytes() : g.bytes();
    }

    @Override
    public int answers() {
        return g.spanC();
    }

    @Override
    public double expected(int index) {
        int row = index / g.ldc();
        int column = index % g.ldc();
        double sum = 0;
        for (int p = 0; p < g.k(); p++) {
            double left = a[g.transA() ? p * g.lda() + row : row * g.lda() + p];
            sum += left * b[g.transB() ? column * g.ldb() + p : p * g.ldb() + column];
        }
        return sum;
    }

    @Override
    public double tolerance() {
        return (g.k() + 4.0) * g.k() * (inDoubles() ? 2 * U_DOUBLE : U);
    }

    @Override
    public int reductionLength() {
        return g.k();
    }
}
