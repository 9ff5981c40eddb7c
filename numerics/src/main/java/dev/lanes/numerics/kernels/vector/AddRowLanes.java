package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;
import static dev.lanes.numerics.kernels.vector.Simd.LANES;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.BinaryKernel;
import dev.lanes.numerics.kernels.Workspace;
import jdk.incubator.vector.FloatVector;

/** {@code y[r, c] = a[r, c] + b[c]}: lanes along the columns, row after row. Bound by memory, so one thread does it. */
final class AddRowLanes implements BinaryKernel {
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
        for (int r = 0; r < g.rows(); r++) {
            int at = r * g.columns();
            row(g.columns(), a, aOffset + at, b, bOffset, y, yOffset + at);
        }
    }

    /** {@code y = a + b} over one row; also how partial sums of rows are put together. */
    static void row(int columns, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt) {
        int c = 0;
        for (; c <= columns - LANES; c += LANES) {
            FloatVector va = FloatVector.fromArray(F, a, aAt + c);
            va.add(FloatVector.fromArray(F, b, bAt + c)).intoArray(y, yAt + c);
        }
        for (; c < columns; c++) {
            y[yAt + c] = a[aAt + c] + b[bAt + c];
        }
    }
}
