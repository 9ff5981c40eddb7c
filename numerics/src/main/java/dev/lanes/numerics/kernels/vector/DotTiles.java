package dev.lanes.numerics.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums along eight rows of a matrix, each in the order of k: blocks of the rows are turned into columns in registers, as
 * {@link Transpose} does, and used up there. The rows are walked from end to end, so that the hardware fetches them ahead.
 *
 * <p>Eight rows even where a vector has sixteen lanes: rows a power of two apart share a set of the first-level cache,
 * which has eight places or more; with sixteen rows the rate fell to 60 %.
 */
final class DotTiles {
    /** Rows of a tile. */
    static final int ROWS = Math.min(8, Simd.LANES);

    private static final VectorSpecies<Float> S = ROWS == 8 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
    private static final VectorShuffle<Float> SWAP_2 = swap(2);
    private static final VectorShuffle<Float> SWAP_1 = swap(1);
    private static final VectorMask<Float> UPPER_4 = upper(4);
    private static final VectorMask<Float> UPPER_2 = upper(2);
    private static final VectorMask<Float> UPPER_1 = upper(1);

    private DotTiles() {}

    private static VectorShuffle<Float> swap(int distance) {
        return distance < ROWS ? VectorShuffle.fromOp(S, lane -> lane ^ distance) : null;
    }

    private static VectorMask<Float> upper(int distance) {
        long bits = 0;
        for (int lane = 0; lane < ROWS; lane++) {
            bits |= (lane & distance) != 0 ? 1L << lane : 0;
        }
        return VectorMask.fromLong(S, bits);
    }

    /**
     * Adds to the sums of so many rows: {@code sums[i] = fma(x[p], alpha * m[i, p], sums[i])} for p ascending.
     *
     * @param ld distance in m between the rows
     */
    static void run(int k, float alpha, float[] m, int at, int ld, float[] x, int xAt, float[] sums) {
        int whole = k - k % (ROWS / 2);
        switch (ROWS) {
            case 8 -> dots8(whole, alpha, m, at, ld, x, xAt, sums);
            case 4 -> dots4(whole, alpha, m, at, ld, x, xAt, sums);
            default -> throw new IllegalStateException("no tiles for vectors of " + ROWS + " lanes");
        }
        for (int p = whole; p < k; p++) {
            for (int i = 0; i < ROWS; i++) {
                sums[i] = Math.fma(x[xAt + p], alpha * m[at + i * ld + p], sums[i]);
            }
        }
    }

    private static void dots8(int k, float alpha, float[] m, int at, int ld, float[] x, int xAt, float[] sums) {
        FloatVector sum = FloatVector.fromArray(S, sums, 0);
        for (int p = 0; p < k; p += 4) {
            FloatVector r0 = FloatVector.fromArray(S, m, at + p);
            r0 = r0.blend(FloatVector.fromArray(S, m, at + p + 4 * ld - 4), UPPER_4);
            FloatVector r1 = FloatVector.fromArray(S, m, at + p + ld);
            r1 = r1.blend(FloatVector.fromArray(S, m, at + p + 5 * ld - 4), UPPER_4);
            FloatVector r2 = FloatVector.fromArray(S, m, at + p + 2 * ld);
            r2 = r2.blend(FloatVector.fromArray(S, m, at + p + 6 * ld - 4), UPPER_4);
            FloatVector r3 = FloatVector.fromArray(S, m, at + p + 3 * ld);
            r3 = r3.blend(FloatVector.fromArray(S, m, at + p + 7 * ld - 4), UPPER_4);
            FloatVector a0 = r0.blend(r2.rearrange(SWAP_2), UPPER_2);
            FloatVector a2 = r0.rearrange(SWAP_2).blend(r2, UPPER_2);
            FloatVector a1 = r1.blend(r3.rearrange(SWAP_2), UPPER_2);
            FloatVector a3 = r1.rearrange(SWAP_2).blend(r3, UPPER_2);
            FloatVector b0 = a0.blend(a1.rearrange(SWAP_1), UPPER_1);
            FloatVector b1 = a0.rearrange(SWAP_1).blend(a1, UPPER_1);
            FloatVector b2 = a2.blend(a3.rearrange(SWAP_1), UPPER_1);
            FloatVector b3 = a2.rearrange(SWAP_1).blend(a3, UPPER_1);
            sum = b0.mul(alpha).fma(FloatVector.broadcast(S, x[xAt + p]), sum);
            sum = b1.mul(alpha).fma(FloatVector.broadcast(S, x[xAt + p + 1]), sum);
            sum = b2.mul(alpha).fma(FloatVector.broadcast(S, x[xAt + p + 2]), sum);
            sum = b3.mul(alpha).fma(FloatVector.broadcast(S, x[xAt + p + 3]), sum);
        }
        sum.intoArray(sums, 0);
    }

    private static void dots4(int k, float alpha, float[] m, int at, int ld, float[] x, int xAt, float[] sums) {
        FloatVector sum = FloatVector.fromArray(S, sums, 0);
        for (int p = 0; p < k; p += 2) {
            FloatVector r0 = FloatVector.fromArray(S, m, at + p);
            r0 = r0.blend(FloatVector.fromArray(S, m, at + p + 2 * ld - 2), UPPER_2);
            FloatVector r1 = FloatVector.fromArray(S, m, at + p + ld);
            r1 = r1.blend(FloatVector.fromArray(S, m, at + p + 3 * ld - 2), UPPER_2);
            FloatVector a0 = r0.blend(r1.rearrange(SWAP_1), UPPER_1);
            FloatVector a1 = r0.rearrange(SWAP_1).blend(r1, UPPER_1);
            sum = a0.mul(alpha).fma(FloatVector.broadcast(S, x[xAt + p]), sum);
            sum = a1.mul(alpha).fma(FloatVector.broadcast(S, x[xAt + p + 1]), sum);
        }
        sum.intoArray(sums, 0);
    }
}
