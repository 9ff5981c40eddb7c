package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.vector.simd.Simd;
import jdk.incubator.vector.FloatVector;

/**
 * The loops around the tiles: a block of A times one slab of packed panels, into a block of C.
 *
 * <p>Panels are the outer loop, so that one stays in the first-level cache while the rows, which lie in the second,
 * pass over it.
 */
public final class Blocks {
    /** Length of the scratch that a tile at the right edge needs. */
    public static final int EDGE = TileRows.MAX * RowTilesWide.NR;

    private static final int NR = RowTilesWide.NR;

    /** One row of a panel without a bias. */
    public static final float[] ZEROS = new float[NR];

    private Blocks() {}

    /**
     * Multiplies A by one slab of B: {@code c += a * b}, and for the first slab {@code c = beta * c + bias + a * b}, where
     * beta is 0 {@code c = bias + a * b}, whatever stood in C. There the tiles begin from the bias, so that C is only
     * written.
     *
     * @param p the slab's first step of k; 0 for the first slab
     * @param column the output column that the block begins at
     * @param n columns of b and C
     * @param aRow distance in a between rows; if it is not 1, {@code aStep} must be
     * @param aStep distance in a between the steps of k; if it is not 1, {@code aRow} must be. A distance that {@link
     *     RowPanels#isPanel} accepts says that a is packed in panels
     * @param b one slab of {@link Panels}
     * @param edge scratch of {@link #EDGE} values
     */
    public static void multiply(
            int p,
            Epilogue epilogue,
            int column,
            float beta,
            int rows,
            int n,
            int kc,
            float[] a,
            int aAt,
            int aRow,
            int aStep,
            float[] b,
            int bAt,
            float[] c,
            int cAt,
            int ldc,
            float[] edge) {
        boolean adds = p > 0 || beta != 0f;
        if (p == 0 && beta != 0f) {
            epilogue.begin(rows, n, beta, c, cAt, ldc, column);
        }
        float[] bias = epilogue.bias();
        for (int j = 0; j < n; j += NR) {
            float[] s = adds ? c : bias == null ? ZEROS : bias;
            int sAt = adds ? cAt + j : bias == null ? 0 : epilogue.biasOffset() + column + j;
            int sRow = adds ? ldc : 0;
            panel(rows, n - j, kc, a, aAt, aRow, aStep, b, bAt + j * kc, s, sAt, sRow, c, cAt + j, ldc, edge);
        }
    }

    /**
     * Computes {@code c = s + a * b} for one panel's columns of C; {@code left} columns are left from its first on. Where
     * that is at least the panel's width {@code edge} is not used, and may be null.
     *
     * @param s what the sums begin from: c itself, or with {@code sRow} 0 one row for all, such as the bias
     */
    public static void panel(
            int rows,
            int left,
            int kc,
            float[] a,
            int aAt,
            int aRow,
            int aStep,
            float[] b,
            int bAt,
            float[] s,
            int sAt,
            int sRow,
            float[] c,
            int cAt,
            int ldc,
            float[] edge) {
        int width = Panels.width(left);
        boolean whole = left >= width;
        boolean packed = RowPanels.isPanel(aStep);
        for (int i = 0; i < rows; ) {
            int tile = packed ? RowPanels.tile(i, rows, width) : TileRows.next(rows - i);
            int from = aAt + (packed ? RowPanels.at(i, kc) : i * aRow);
            int begin = sAt + i * sRow;
            int at = cAt + i * ldc;
            if (whole) {
                tile(width, tile, kc, a, from, aRow, aStep, b, bAt, s, begin, sRow, c, at, ldc);
            } else {
                copy(tile, left, s, begin, sRow, edge, 0, width);
                tile(width, tile, kc, a, from, aRow, aStep, b, bAt, edge, 0, width, edge, 0, width);
                copy(tile, left, edge, 0, width, c, at, ldc);
            }
            i += tile;
        }
    }

    private static void tile(
            int width,
            int rows,
            int kc,
            float[] a,
            int aAt,
            int aRow,
            int aStep,
            float[] b,
            int bAt,
            float[] s,
            int sAt,
            int sRow,
            float[] c,
            int cAt,
            int ldc) {
        boolean wide = width == NR;
        if (RowPanels.isPanel(aStep)) {
            PanelTiles.run(wide, rows, kc, a, aAt, b, bAt, s, sAt, sRow, c, cAt, ldc);
        } else if (aStep == 1) {
            if (wide) {
                RowTilesWide.run(rows, kc, a, aAt, aRow, b, bAt, s, sAt, sRow, c, cAt, ldc);
            } else {
                RowTilesNarrow.run(rows, kc, a, aAt, aRow, b, bAt, s, sAt, sRow, c, cAt, ldc);
            }
        } else if (wide) {
            ColumnTilesWide.run(rows, kc, a, aAt, aStep, b, bAt, s, sAt, sRow, c, cAt, ldc);
        } else {
            ColumnTilesNarrow.run(rows, kc, a, aAt, aStep, b, bAt, s, sAt, sRow, c, cAt, ldc);
        }
    }

    /** Copies a block of few columns. */
    public static void copy(
            int rows, int columns, float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
        for (int i = 0; i < rows; i++) {
            System.arraycopy(from, fromAt + i * fromRow, to, toAt + i * toRow, columns);
        }
    }

    /** Does what {@link Epilogue#begin} does, with vectors where nothing that stood there is read. */
    public static void begin(
            Epilogue epilogue, int rows, int columns, float beta, float[] c, int cAt, int ldc, int column) {
        if (beta != 0f) {
            epilogue.begin(rows, columns, beta, c, cAt, ldc, column);
            return;
        }
        if (epilogue.bias() == null) {
            zeros(rows, columns, c, cAt, ldc);
        } else {
            repeat(epilogue.bias(), epilogue.biasOffset() + column, rows, columns, c, cAt, ldc);
        }
    }

    /** A loop of its own: a vector that is either zero or loaded became an object in a JVM that had run many shapes. */
    private static void zeros(int rows, int columns, float[] c, int cAt, int ldc) {
        int j = 0;
        for (; j <= columns - LANES; j += LANES) {
            for (int i = 0, at = cAt + j; i < rows; i++, at += ldc) {
                Simd.zero().intoArray(c, at);
            }
        }
        for (; j < columns; j++) {
            for (int i = 0, at = cAt + j; i < rows; i++, at += ldc) {
                c[at] = 0f;
            }
        }
    }

    private static void repeat(float[] row, int rowAt, int rows, int columns, float[] c, int cAt, int ldc) {
        int j = 0;
        for (; j <= columns - LANES; j += LANES) {
            FloatVector first = FloatVector.fromArray(F, row, rowAt + j);
            for (int i = 0, at = cAt + j; i < rows; i++, at += ldc) {
                first.intoArray(c, at);
            }
        }
        for (; j < columns; j++) {
            float first = row[rowAt + j];
            for (int i = 0, at = cAt + j; i < rows; i++, at += ldc) {
                c[at] = first;
            }
        }
    }
}
