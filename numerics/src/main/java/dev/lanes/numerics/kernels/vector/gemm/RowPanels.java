package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.vector.simd.Simd;
import jdk.incubator.vector.FloatVector;

/**
 * The packed form of a left operand: panels of {@link #ROWS} rows, each {@code [k][NR]} like a panel of B, so that {@link
 * PanelTiles} step through both with one index.
 *
 * <pre>
 *               kc                        panel of kc x NR
 *     +--------------------+           +-------------------+
 *     | ROWS               |           | step 0: ROWS and  |
 *     +--------------------+  becomes  |   what is unused  |
 *     | the rest           |           | step 1: ...       |
 *     +--------------------+           +-------------------+
 * </pre>
 *
 * <p>Wide vectors read the left operand where it lies: their multiply-adds take two cycles each and leave room for the
 * instructions that this needs. With eight lanes there is none where other work shares the core.
 */
public final class RowPanels {
    /** Rows of a panel: three tiles of five, of the NR places that a step has. */
    public static final int ROWS = 15;
    /** Whether left operands may be packed. */
    public static final boolean USED = LANES == 8;
    /** Columns and steps from which on rows that lie in place are packed; below, the tiles of six rows are as fast. */
    private static final int MANY_COLUMNS = 1024;

    private static final int MANY_STEPS = 1024;
    /** Values of the panels of a block, 64 KiB, which share a second-level cache with a panel of B. */
    private static final int BLOCK = 1 << 14;
    /** The most panels of a block. */
    private static final int MOST_PANELS = 12;

    private static final int NR = RowTilesWide.NR;

    private RowPanels() {}

    /** Tells whether the left operand of a product is packed. */
    static boolean pays(GemmGeometry g) {
        return USED && (g.transA() || g.n() >= MANY_COLUMNS && g.k() >= MANY_STEPS);
    }

    /** Tells whether what tiles read with such a distance between the steps of k is a panel. */
    static boolean isPanel(int aStep) {
        return USED && aStep == NR;
    }

    /** Returns the rows of a block, whole panels. */
    static int blockRows(int m, int slab) {
        int panels = Math.clamp(BLOCK / (NR * Math.max(1, slab)), 1, MOST_PANELS);
        int blocks = Math.ceilDiv(m, panels * ROWS);
        return Math.ceilDiv(Math.ceilDiv(m, blocks), ROWS) * ROWS;
    }

    /** Returns the length of the panels of so many rows and steps. */
    static int length(int rows, int kc) {
        return Math.multiplyExact(Math.ceilDiv(rows, ROWS) * NR, kc);
    }

    /** Returns where the first step of a row lies. */
    static int at(int row, int kc) {
        return row / ROWS * NR * kc + row % ROWS;
    }

    /** Returns the rows of the tile that begins with a row of so many: those of a panel are cut evenly. */
    static int tile(int row, int rows, int width) {
        int left = Math.min(ROWS - row % ROWS, rows - row);
        int most = width == NR ? PanelTiles.WIDE_ROWS : PanelTiles.NARROW_ROWS;
        return Math.ceilDiv(left, Math.ceilDiv(left, most));
    }

    /**
     * Packs a block of a left operand, from its first panel on.
     *
     * @param transposed whether a is stored {@code [k, m]}
     * @param aAt index of the block's first value in a
     */
    static void pack(boolean transposed, int rows, int kc, float[] a, int aAt, int lda, float[] out, int outAt) {
        for (int i = 0; i < rows; i += ROWS) {
            int some = Math.min(ROWS, rows - i);
            int to = outAt + at(i, kc);
            if (transposed) {
                columns(some, kc, a, aAt + i, lda, out, to);
            } else {
                Transpose.run(some, kc, 1f, a, aAt + i * lda, lda, out, to, NR);
            }
        }
    }

    /** Copies steps that lie as a panel wants them; by two vectors while a has them, the last value unused. */
    private static void columns(int rows, int kc, float[] a, int aAt, int lda, float[] out, int outAt) {
        int whole = Simd.within(a.length, kc, aAt + NR - LANES, lda);
        for (int p = 0; p < whole; p++) {
            FloatVector first = FloatVector.fromArray(F, a, aAt + p * lda);
            FloatVector second = FloatVector.fromArray(F, a, aAt + p * lda + LANES);
            first.intoArray(out, outAt + p * NR);
            second.intoArray(out, outAt + p * NR + LANES);
        }
        for (int p = whole; p < kc; p++) {
            System.arraycopy(a, aAt + p * lda, out, outAt + p * NR, rows);
        }
    }
}
