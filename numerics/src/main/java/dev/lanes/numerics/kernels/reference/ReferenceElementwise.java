package dev.lanes.numerics.kernels.reference;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.AxpbyKernel;
import dev.lanes.numerics.kernels.BinaryKernel;
import dev.lanes.numerics.kernels.TernaryKernel;
import dev.lanes.numerics.kernels.UnaryKernel;
import dev.lanes.numerics.kernels.Workspace;

/** The arithmetic of elements and rows, as plain loops in double. */
final class ReferenceElementwise {
    private ReferenceElementwise() {}

    private interface Function {
        double of(double a, double b);
    }

    static BinaryKernel add() {
        return new Binary((a, b) -> a + b, false);
    }

    static BinaryKernel multiply() {
        return new Binary((a, b) -> a * b, false);
    }

    static BinaryKernel subtract() {
        return new Binary((a, b) -> a - b, false);
    }

    static BinaryKernel divide() {
        return new Binary((a, b) -> a / b, false);
    }

    static BinaryKernel addRow() {
        return new Binary((a, b) -> a + b, true);
    }

    static BinaryKernel multiplyRow() {
        return new Binary((a, b) -> a * b, true);
    }

    static TernaryKernel fma() {
        return new Fma(false);
    }

    static TernaryKernel scaleShift() {
        return new Fma(true);
    }

    static BinaryKernel reluBackward() {
        return new Binary((a, b) -> a > 0 ? b : 0, false);
    }

    private record Binary(Function function, boolean isRow) implements BinaryKernel {
        @Override
        public String name() {
            return "reference";
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
            for (int r = 0; r < g.rows(); r++) {
                int row = r * g.columns();
                for (int c = 0; c < g.columns(); c++) {
                    double second = b[bOffset + c + (isRow ? 0 : row)];
                    y[yOffset + row + c] = (float) function.of(a[aOffset + row + c], second);
                }
            }
        }
    }

    /** {@code y = max(x, 0)}; a NaN stays a NaN. */
    static final class Relu implements UnaryKernel {
        @Override
        public String name() {
            return "reference";
        }

        @Override
        public void run(RowsGeometry g, float[] x, int xOffset, float[] y, int yOffset, Workspace workspace) {
            for (int i = 0; i < g.elements(); i++) {
                y[yOffset + i] = Math.max(x[xOffset + i], 0f);
            }
        }
    }

    /** {@code y = fma(a, b, c)}, with one rounding. */
    private record Fma(boolean isRow) implements TernaryKernel {
        @Override
        public String name() {
            return "reference";
        }

        @Override
        public void run(
                RowsGeometry g,
                float[] a,
                int aOffset,
                float[] b,
                int bOffset,
                float[] c,
                int cOffset,
                float[] y,
                int yOffset,
                Workspace workspace) {
            for (int i = 0; i < g.elements(); i++) {
                int other = isRow ? i % g.columns() : i;
                y[yOffset + i] = Math.fma(a[aOffset + i], b[bOffset + other], c[cOffset + other]);
            }
        }
    }

    /** {@code y = alpha * x + beta * y}. */
    static final class Axpby implements AxpbyKernel {
        @Override
        public String name() {
            return "reference";
        }

        @Override
        public void run(
                RowsGeometry g,
                float alpha,
                float[] x,
                int xOffset,
                float beta,
                float[] y,
                int yOffset,
                Workspace workspace) {
            for (int i = 0; i < g.elements(); i++) {
                double before = beta == 0 ? 0 : (double) beta * y[yOffset + i];
                y[yOffset + i] = (float) ((double) alpha * x[xOffset + i] + before);
            }
        }
    }
}
