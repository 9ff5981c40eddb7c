package dev.lanes.bench.problems;

import dev.lanes.numerics.geometry.RowsGeometry;

/** An operation on rows or single elements: {@code softmax} of each row, {@code relu}, {@code add} of two. */
public final class RowsProblem implements Problem {
    private static final double U = 0x1p-24;

    private final String kernel;
    private final RowsGeometry g;
    private final float[] x;
    private final float[] second;
    private int summedRow = -1;
    private double sumOfRow;

    RowsProblem(String kernel, String shape) {
        this.kernel = kernel;
        g = RowsGeometry.parse(shape);
        x = Numbers.floats(1, g.elements());
        second = kernel.equals("add") ? Numbers.floats(2, g.elements()) : new float[0];
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
    public RowsGeometry geometry() {
        return g;
    }

    /** Returns the operand; not to be changed. */
    public float[] x() {
        return x;
    }

    /** Returns the second operand of a sum; else empty; not to be changed. */
    public float[] second() {
        return second;
    }

    /** {@inheritDoc} The softmax counts as four an element: difference, exponential, sum, quotient. */
    @Override
    public double flops() {
        return kernel.equals("softmax") ? 4.0 * g.elements() : g.elements();
    }

    @Override
    public double bytes() {
        return (kernel.equals("add") ? 12.0 : 8.0) * g.elements();
    }

    @Override
    public int answers() {
        return g.elements();
    }

    @Override
    public double expected(int index) {
        return switch (kernel) {
            case "relu" -> Math.max(x[index], 0);
            case "add" -> x[index] + second[index];
            default -> Math.exp(x[index]) / sumOf(index / g.columns());
        };
    }

    private double sumOf(int row) {
        if (row != summedRow) {
            double sum = 0;
            for (int c = 0; c < g.columns(); c++) {
                sum += Math.exp(x[row * g.columns() + c]);
            }
            summedRow = row;
            sumOfRow = sum;
        }
        return sumOfRow;
    }

    @Override
    public double tolerance() {
        return kernel.equals("softmax") ? 16 * U : 0;
    }

    @Override
    public int reductionLength() {
        return 10;
    }
}
