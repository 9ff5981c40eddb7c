package dev.lanes.numerics.kernels.vector.rows;

import dev.lanes.numerics.geometry.NormGeometry;

/** Into how many rows the normalisations cut their work, which depends on the sizes alone. */
final class NormBlocks {
    /** Values of a block: it is read twice, the second time from the second-level cache at the latest. */
    private static final int VALUES = 1 << 16;

    /** Up to how many columns what is elementwise keeps its constants in registers. */
    static final int NARROW = 32;

    private static final int MOST_ROWS = 256;
    private static final int LEAST_ROWS = 32;

    private NormBlocks() {}

    static int rows(NormGeometry g) {
        return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, VALUES / g.columns()));
    }
}
