package dev.lanes.numerics.kernels.vector;

/** The loops around {@link PanelTiles}: one packed panel of MR rows times one slab of packed columns. */
final class PanelBlock {
    private static final int MR = PanelTiles.MR;
    private static final int NR = RowTilesWide.NR;

    private PanelBlock() {}

    /**
     * Adds {@code a * b} to C.
     *
     * @param rows rows of C, at most MR; the panel a has MR, the rest of them ignored
     * @param a one panel {@code [kc][MR]}
     * @param b one slab of {@link Panels}
     * @param edge scratch of {@link RowBlock#EDGE} values
     */
    static void multiply(
            int rows,
            int n,
            int kc,
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] c,
            int cAt,
            int ldc,
            float[] edge) {
        for (int j = 0; j < n; j += NR) {
            int width = Panels.width(n - j);
            int columns = Math.min(width, n - j);
            boolean wide = width == NR;
            if (rows == MR && columns == width) {
                PanelTiles.run(wide, kc, a, aAt, b, bAt + j * kc, c, cAt + j, ldc);
            } else {
                RowBlock.copy(rows, columns, c, cAt + j, ldc, edge, 0, width);
                PanelTiles.run(wide, kc, a, aAt, b, bAt + j * kc, edge, 0, width);
                RowBlock.copy(rows, columns, edge, 0, width, c, cAt + j, ldc);
            }
        }
    }
}
