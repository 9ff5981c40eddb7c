package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Turns rows into columns while they are packed: square blocks are transposed in registers.
 *
 * <p>A block of as many rows as a vector has lanes, half as long as that, is transposed in steps: at distance s, the
 * lanes whose number has the bit s change places with those of the row s further on that have not (Eklundh, A fast
 * computer method for matrix transposing, IEEE Transactions on Computers 1972). The first step, over half a vector, is
 * made by the loads: the upper half of a vector is loaded from the row below, so far to the left that it comes to lie
 * where it belongs. The halves that are thrown away lie between the block's first and last value. The other steps cost a
 * permutation and a blend a vector, and half the vectors are alive at a time: with all of them C2 spills.
 */
public final class Transpose {
    /** Exchange lanes that are so far apart; null where a vector is not so long. */
    private static final VectorShuffle<Float> SWAP_8 = swap(8);

    private static final VectorShuffle<Float> SWAP_4 = swap(4);

    private static final VectorShuffle<Float> SWAP_2 = swap(2);
    private static final VectorShuffle<Float> SWAP_1 = swap(1);
    /** The lanes whose number has this bit. */
    private static final VectorMask<Float> UPPER_8 = upper(8);

    private static final VectorMask<Float> UPPER_4 = upper(4);
    private static final VectorMask<Float> UPPER_2 = upper(2);
    private static final VectorMask<Float> UPPER_1 = upper(1);

    /** Steps of a block. */
    private static final int HALF = LANES / 2;

    private Transpose() {}

    private static VectorShuffle<Float> swap(int distance) {
        return distance < LANES ? VectorShuffle.fromOp(F, lane -> lane ^ distance) : null;
    }

    private static VectorMask<Float> upper(int distance) {
        long bits = 0;
        for (int lane = 0; lane < LANES; lane++) {
            bits |= (lane & distance) != 0 ? 1L << lane : 0;
        }
        return VectorMask.fromLong(F, bits);
    }

    /**
     * Writes rows as columns: {@code out[p * width + i] = alpha * b[i * ldb + p]}.
     *
     * @param steps the length of the rows
     * @param width distance in out between the steps
     */
    public static void run(
            int rows, int steps, float alpha, float[] b, int bAt, int ldb, float[] out, int outAt, int width) {
        if (rows < LANES || steps < HALF) {
            scalars(rows, steps, alpha, b, bAt, ldb, out, outAt, width);
            return;
        }
        // The last rows and steps go together with some that are done already, and are given a second time.
        int whole = steps - steps % HALF;
        int last = steps - HALF;
        for (int i = 0; i < rows; i += LANES) {
            int row = Math.min(i, rows - LANES);
            block(whole, alpha, b, bAt + row * ldb, ldb, out, outAt + row, width);
            if (whole < steps) {
                block(HALF, alpha, b, bAt + row * ldb + last, ldb, out, outAt + last * width + row, width);
            }
        }
    }

    /** Turns what is smaller than a block, along the longer side. */
    private static void scalars(
            int rows, int steps, float alpha, float[] b, int bAt, int ldb, float[] out, int outAt, int width) {
        if (steps >= rows) {
            for (int i = 0; i < rows; i++) {
                for (int p = 0; p < steps; p++) {
                    out[outAt + p * width + i] = alpha * b[bAt + i * ldb + p];
                }
            }
        } else {
            for (int p = 0; p < steps; p++) {
                for (int i = 0; i < rows; i++) {
                    out[outAt + p * width + i] = alpha * b[bAt + i * ldb + p];
                }
            }
        }
    }

    private static void block(int steps, float alpha, float[] b, int bAt, int ldb, float[] out, int outAt, int width) {
        switch (LANES) {
            case 16 -> block16(steps, alpha, b, bAt, ldb, out, outAt, width);
            case 8 -> block8(steps, alpha, b, bAt, ldb, out, outAt, width);
            case 4 -> block4(steps, alpha, b, bAt, ldb, out, outAt, width);
            default -> throw new IllegalStateException("no blocks for vectors of " + LANES + " lanes");
        }
    }

    private static void block16(
            int steps, float alpha, float[] b, int bAt, int ldb, float[] out, int outAt, int width) {
        for (int p = 0; p < steps; p += 8) {
            FloatVector r0 = FloatVector.fromArray(F, b, bAt + p);
            r0 = r0.blend(FloatVector.fromArray(F, b, bAt + p + 8 * ldb - 8), UPPER_8);
            FloatVector r1 = FloatVector.fromArray(F, b, bAt + p + ldb);
            r1 = r1.blend(FloatVector.fromArray(F, b, bAt + p + 9 * ldb - 8), UPPER_8);
            FloatVector r2 = FloatVector.fromArray(F, b, bAt + p + 2 * ldb);
            r2 = r2.blend(FloatVector.fromArray(F, b, bAt + p + 10 * ldb - 8), UPPER_8);
            FloatVector r3 = FloatVector.fromArray(F, b, bAt + p + 3 * ldb);
            r3 = r3.blend(FloatVector.fromArray(F, b, bAt + p + 11 * ldb - 8), UPPER_8);
            FloatVector r4 = FloatVector.fromArray(F, b, bAt + p + 4 * ldb);
            r4 = r4.blend(FloatVector.fromArray(F, b, bAt + p + 12 * ldb - 8), UPPER_8);
            FloatVector r5 = FloatVector.fromArray(F, b, bAt + p + 5 * ldb);
            r5 = r5.blend(FloatVector.fromArray(F, b, bAt + p + 13 * ldb - 8), UPPER_8);
            FloatVector r6 = FloatVector.fromArray(F, b, bAt + p + 6 * ldb);
            r6 = r6.blend(FloatVector.fromArray(F, b, bAt + p + 14 * ldb - 8), UPPER_8);
            FloatVector r7 = FloatVector.fromArray(F, b, bAt + p + 7 * ldb);
            r7 = r7.blend(FloatVector.fromArray(F, b, bAt + p + 15 * ldb - 8), UPPER_8);
            FloatVector a0 = r0.blend(r4.rearrange(SWAP_4), UPPER_4);
            FloatVector a4 = r0.rearrange(SWAP_4).blend(r4, UPPER_4);
            FloatVector a1 = r1.blend(r5.rearrange(SWAP_4), UPPER_4);
            FloatVector a5 = r1.rearrange(SWAP_4).blend(r5, UPPER_4);
            FloatVector a2 = r2.blend(r6.rearrange(SWAP_4), UPPER_4);
            FloatVector a6 = r2.rearrange(SWAP_4).blend(r6, UPPER_4);
            FloatVector a3 = r3.blend(r7.rearrange(SWAP_4), UPPER_4);
            FloatVector a7 = r3.rearrange(SWAP_4).blend(r7, UPPER_4);
            FloatVector b0 = a0.blend(a2.rearrange(SWAP_2), UPPER_2);
            FloatVector b2 = a0.rearrange(SWAP_2).blend(a2, UPPER_2);
            FloatVector b1 = a1.blend(a3.rearrange(SWAP_2), UPPER_2);
            FloatVector b3 = a1.rearrange(SWAP_2).blend(a3, UPPER_2);
            FloatVector b4 = a4.blend(a6.rearrange(SWAP_2), UPPER_2);
            FloatVector b6 = a4.rearrange(SWAP_2).blend(a6, UPPER_2);
            FloatVector b5 = a5.blend(a7.rearrange(SWAP_2), UPPER_2);
            FloatVector b7 = a5.rearrange(SWAP_2).blend(a7, UPPER_2);
            FloatVector c0 = b0.blend(b1.rearrange(SWAP_1), UPPER_1);
            FloatVector c1 = b0.rearrange(SWAP_1).blend(b1, UPPER_1);
            FloatVector c2 = b2.blend(b3.rearrange(SWAP_1), UPPER_1);
            FloatVector c3 = b2.rearrange(SWAP_1).blend(b3, UPPER_1);
            FloatVector c4 = b4.blend(b5.rearrange(SWAP_1), UPPER_1);
            FloatVector c5 = b4.rearrange(SWAP_1).blend(b5, UPPER_1);
            FloatVector c6 = b6.blend(b7.rearrange(SWAP_1), UPPER_1);
            FloatVector c7 = b6.rearrange(SWAP_1).blend(b7, UPPER_1);
            int to = outAt + p * width;
            c0.mul(alpha).intoArray(out, to);
            c1.mul(alpha).intoArray(out, to + width);
            c2.mul(alpha).intoArray(out, to + 2 * width);
            c3.mul(alpha).intoArray(out, to + 3 * width);
            c4.mul(alpha).intoArray(out, to + 4 * width);
            c5.mul(alpha).intoArray(out, to + 5 * width);
            c6.mul(alpha).intoArray(out, to + 6 * width);
            c7.mul(alpha).intoArray(out, to + 7 * width);
        }
    }

    private static void block8(int steps, float alpha, float[] b, int bAt, int ldb, float[] out, int outAt, int width) {
        for (int p = 0; p < steps; p += 4) {
            FloatVector r0 = FloatVector.fromArray(F, b, bAt + p);
            r0 = r0.blend(FloatVector.fromArray(F, b, bAt + p + 4 * ldb - 4), UPPER_4);
            FloatVector r1 = FloatVector.fromArray(F, b, bAt + p + ldb);
            r1 = r1.blend(FloatVector.fromArray(F, b, bAt + p + 5 * ldb - 4), UPPER_4);
            FloatVector r2 = FloatVector.fromArray(F, b, bAt + p + 2 * ldb);
            r2 = r2.blend(FloatVector.fromArray(F, b, bAt + p + 6 * ldb - 4), UPPER_4);
            FloatVector r3 = FloatVector.fromArray(F, b, bAt + p + 3 * ldb);
            r3 = r3.blend(FloatVector.fromArray(F, b, bAt + p + 7 * ldb - 4), UPPER_4);
            FloatVector a0 = r0.blend(r2.rearrange(SWAP_2), UPPER_2);
            FloatVector a2 = r0.rearrange(SWAP_2).blend(r2, UPPER_2);
            FloatVector a1 = r1.blend(r3.rearrange(SWAP_2), UPPER_2);
            FloatVector a3 = r1.rearrange(SWAP_2).blend(r3, UPPER_2);
            FloatVector b0 = a0.blend(a1.rearrange(SWAP_1), UPPER_1);
            FloatVector b1 = a0.rearrange(SWAP_1).blend(a1, UPPER_1);
            FloatVector b2 = a2.blend(a3.rearrange(SWAP_1), UPPER_1);
            FloatVector b3 = a2.rearrange(SWAP_1).blend(a3, UPPER_1);
            int to = outAt + p * width;
            b0.mul(alpha).intoArray(out, to);
            b1.mul(alpha).intoArray(out, to + width);
            b2.mul(alpha).intoArray(out, to + 2 * width);
            b3.mul(alpha).intoArray(out, to + 3 * width);
        }
    }

    private static void block4(int steps, float alpha, float[] b, int bAt, int ldb, float[] out, int outAt, int width) {
        for (int p = 0; p < steps; p += 2) {
            FloatVector r0 = FloatVector.fromArray(F, b, bAt + p);
            r0 = r0.blend(FloatVector.fromArray(F, b, bAt + p + 2 * ldb - 2), UPPER_2);
            FloatVector r1 = FloatVector.fromArray(F, b, bAt + p + ldb);
            r1 = r1.blend(FloatVector.fromArray(F, b, bAt + p + 3 * ldb - 2), UPPER_2);
            FloatVector a0 = r0.blend(r1.rearrange(SWAP_1), UPPER_1);
            FloatVector a1 = r0.rearrange(SWAP_1).blend(r1, UPPER_1);
            int to = outAt + p * width;
            a0.mul(alpha).intoArray(out, to);
            a1.mul(alpha).intoArray(out, to + width);
        }
    }
}
