package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.I;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.kernels.vector.simd.Simd;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The packed form of a right operand: panels of {@link RowTilesWide#NR} columns, each {@code [k][NR]} without gaps, so
 * that the tiles read it in one stream.
 *
 * <pre>
 *         n = 2 NR + 3                  slab of kc rows, then the next slab
 *     +------+------+---+               +------+------+---+
 *  kc | NR   | NR   | 3 |    becomes    | kc x | kc x | kc x LANES, padded with zeros
 *     +------+------+---+               |  NR  |  NR  |
 * </pre>
 *
 * <p>A last panel of at most one vector is packed one vector wide. Padding is zero, so that what it adds to a tile's
 * spare columns is finite.
 */
public final class Panels {
    /**
     * The most rows of a slab: few slabs, since every one reads and writes all of C, and long runs of the tiles; a panel of
     * 128 KiB (32 KiB with half the lanes) streams from the second-level cache beside the rows of A.
     */
    private static final int KC = 64 * LANES;

    /** The rows of slabs, but the last, are a multiple of so many, the parts of {@link PanelDots}. */
    private static final int STEPS = 16;

    /** Panels that {@link #packGroup} packs at once. */
    static final int GROUP = 4;

    private static final int NR = RowTilesWide.NR;

    /** All bits for as many values as a vector has, then none. */
    private static final int[] KEPT = new int[2 * LANES];

    static {
        Arrays.fill(KEPT, 0, LANES, -1);
    }

    private Panels() {}

    /** Returns the rows of each slab but the last: as few slabs as can be, of much the same length. */
    public static int slab(int k) {
        int slabs = Math.max(1, Math.ceilDiv(k, KC));
        return Math.ceilDiv(Math.ceilDiv(k, slabs), STEPS) * STEPS;
    }

    /** Returns the number of panels of n columns. */
    public static int count(int n) {
        return Math.ceilDiv(n, NR);
    }

    /** Returns the columns of all panels of n columns together, padding included. */
    public static int paddedColumns(int n) {
        int rest = n % NR;
        return n - rest + (rest == 0 ? 0 : width(rest));
    }

    /** Returns the width of the panel that holds the next of {@code left} columns. */
    public static int width(int left) {
        return left > LANES ? NR : LANES;
    }

    /**
     * Packs one panel of one slab.
     *
     * @param transposed whether b is stored {@code [n, k]}
     * @param kc rows of the slab
     * @param left columns from the first of this panel to the end of b
     * @param alpha what every value is multiplied with
     * @param bAt index of the panel's first value in b
     */
    public static void pack(
            boolean transposed, int kc, int left, float alpha, float[] b, int bAt, int ldb, float[] out, int outAt) {
        int width = width(left);
        int used = Math.min(width, left);
        if (transposed) {
            Transpose.run(used, kc, alpha, b, bAt, ldb, out, outAt, width);
        } else if (used == NR) {
            packWide(kc, alpha, b, bAt, ldb, out, outAt);
        } else if (used == LANES && width == LANES) {
            packNarrow(kc, alpha, b, bAt, ldb, out, outAt);
        } else {
            for (int j = 0; j < width; j += LANES) {
                packRest(used - j, kc, width, alpha, b, bAt + j, ldb, out, outAt + j);
            }
        }
        if (transposed && used < width) {
            for (int p = 0; p < kc; p++) {
                Arrays.fill(out, outAt + p * width + used, outAt + (p + 1) * width, 0f);
            }
        }
    }

    /**
     * Packs a vector of columns of which some are no more there: their bits are cleared, so that what was loaded in their
     * place may be anything. By integers, as a mask became an object in some JVMs.
     */
    private static void packRest(
            int inside, int kc, int width, float alpha, float[] b, int bAt, int ldb, float[] out, int outAt) {
        int used = Math.min(inside, LANES);
        IntVector kept = IntVector.fromArray(I, KEPT, LANES - used);
        int whole = Simd.within(b.length, kc, bAt, ldb);
        for (int p = 0; p < whole; p++) {
            FloatVector row = FloatVector.fromArray(F, b, bAt + p * ldb).mul(alpha);
            row.reinterpretAsInts().and(kept).reinterpretAsFloats().intoArray(out, outAt + p * width);
        }
        for (int p = whole; p < kc; p++) { // the end of b is nearer than a vector
            int to = outAt + p * width;
            for (int j = 0; j < used; j++) {
                out[to + j] = alpha * b[bAt + p * ldb + j];
            }
            Arrays.fill(out, to + used, to + LANES, 0f);
        }
    }

    private static void packWide(int kc, float alpha, float[] b, int bAt, int ldb, float[] out, int outAt) {
        for (int p = 0; p < kc; p++) {
            int from = bAt + p * ldb;
            int to = outAt + p * NR;
            FloatVector.fromArray(F, b, from).mul(alpha).intoArray(out, to);
            FloatVector.fromArray(F, b, from + LANES).mul(alpha).intoArray(out, to + LANES);
        }
    }

    private static void packNarrow(int kc, float alpha, float[] b, int bAt, int ldb, float[] out, int outAt) {
        for (int p = 0; p < kc; p++) {
            FloatVector.fromArray(F, b, bAt + p * ldb).mul(alpha).intoArray(out, outAt + p * LANES);
        }
    }

    /**
     * Packs the slab's rows of {@link #GROUP} whole panels at once, which lie one after the other in out. Rows of 512
     * bytes touch a page a quarter as often as rows of a panel, and the hardware fetches their later lines ahead.
     */
    static void packGroup(int kc, float alpha, float[] b, int bAt, int ldb, float[] out, int outAt) {
        int panel = kc * NR;
        for (int p = 0; p < kc; p++) {
            int from = bAt + p * ldb;
            int to = outAt + p * NR;
            FloatVector.fromArray(F, b, from).mul(alpha).intoArray(out, to);
            FloatVector.fromArray(F, b, from + LANES).mul(alpha).intoArray(out, to + LANES);
            FloatVector.fromArray(F, b, from + 2 * LANES).mul(alpha).intoArray(out, to + panel);
            FloatVector.fromArray(F, b, from + 3 * LANES).mul(alpha).intoArray(out, to + panel + LANES);
            FloatVector.fromArray(F, b, from + 4 * LANES).mul(alpha).intoArray(out, to + 2 * panel);
            FloatVector.fromArray(F, b, from + 5 * LANES).mul(alpha).intoArray(out, to + 2 * panel + LANES);
            FloatVector.fromArray(F, b, from + 6 * LANES).mul(alpha).intoArray(out, to + 3 * panel);
            FloatVector.fromArray(F, b, from + 7 * LANES).mul(alpha).intoArray(out, to + 3 * panel + LANES);
        }
    }

    /** Packs all of a right operand that is stored {@code [k, n]}: slab after slab, panel after panel. */
    public static void packAll(int k, int n, float[] b, int bAt, int ldb, float[] out, int outAt) {
        int padded = paddedColumns(n);
        int slab = slab(k);
        for (int p = 0; p < k; p += slab) {
            int kc = Math.min(slab, k - p);
            for (int j = 0; j < n; j += NR) {
                pack(false, kc, n - j, 1f, b, bAt + p * ldb + j, ldb, out, outAt + p * padded + j * kc);
            }
        }
    }
}
