package dev.lanes.numerics.kernels.vector;

import static dev.lanes.numerics.kernels.vector.Simd.F;
import static dev.lanes.numerics.kernels.vector.Simd.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Turns rows into columns while they are packed: square blocks are transposed in registers.
 *
 * <p>A block of as many rows as a vector has lanes is transposed in steps: at distance s, the lanes whose number has the
 * bit s change places with those of the row s further on that have not (Eklundh, A fast computer method for matrix
 * transposing, IEEE Transactions on Computers 1972). A step costs a permutation and a blend a row, and there is a step for
 * each bit of a lane's number. Gathering the columns instead takes several times as long.
 */
final class Transpose {
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
     * Writes as many rows as a vector has lanes as columns: {@code out[p * width + i] = alpha * b[i * ldb + p]}.
     *
     * @param steps the length of the rows
     * @param width distance in out between the steps
     */
    static void run(int steps, float alpha, float[] b, int bAt, int ldb, float[] out, int outAt, int width) {
        int whole = steps - steps % LANES;
        switch (LANES) {
            case 16 -> block16(whole, alpha, b, bAt, ldb, out, outAt, width);
            case 8 -> block8(whole, alpha, b, bAt, ldb, out, outAt, width);
            case 4 -> block4(whole, alpha, b, bAt, ldb, out, outAt, width);
            default -> whole = 0;
        }
        rest(LANES, whole, steps, alpha, b, bAt, ldb, out, outAt, width);
    }

    /** Does the same with any number of rows and the steps from {@code from} on, value by value. */
    static void rest(
            int rows,
            int from,
            int steps,
            float alpha,
            float[] b,
            int bAt,
            int ldb,
            float[] out,
            int outAt,
            int width) {
        for (int i = 0; i < rows; i++) {
            for (int p = from; p < steps; p++) {
                out[outAt + p * width + i] = alpha * b[bAt + i * ldb + p];
            }
        }
    }

    private static void block16(
            int steps, float alpha, float[] b, int bAt, int ldb, float[] out, int outAt, int width) {
        for (int p = 0; p < steps; p += 16) {
            FloatVector r0 = FloatVector.fromArray(F, b, bAt + p).mul(alpha);
            FloatVector r1 = FloatVector.fromArray(F, b, bAt + p + ldb).mul(alpha);
            FloatVector r2 = FloatVector.fromArray(F, b, bAt + p + 2 * ldb).mul(alpha);
            FloatVector r3 = FloatVector.fromArray(F, b, bAt + p + 3 * ldb).mul(alpha);
            FloatVector r4 = FloatVector.fromArray(F, b, bAt + p + 4 * ldb).mul(alpha);
            FloatVector r5 = FloatVector.fromArray(F, b, bAt + p + 5 * ldb).mul(alpha);
            FloatVector r6 = FloatVector.fromArray(F, b, bAt + p + 6 * ldb).mul(alpha);
            FloatVector r7 = FloatVector.fromArray(F, b, bAt + p + 7 * ldb).mul(alpha);
            FloatVector r8 = FloatVector.fromArray(F, b, bAt + p + 8 * ldb).mul(alpha);
            FloatVector r9 = FloatVector.fromArray(F, b, bAt + p + 9 * ldb).mul(alpha);
            FloatVector r10 = FloatVector.fromArray(F, b, bAt + p + 10 * ldb).mul(alpha);
            FloatVector r11 = FloatVector.fromArray(F, b, bAt + p + 11 * ldb).mul(alpha);
            FloatVector r12 = FloatVector.fromArray(F, b, bAt + p + 12 * ldb).mul(alpha);
            FloatVector r13 = FloatVector.fromArray(F, b, bAt + p + 13 * ldb).mul(alpha);
            FloatVector r14 = FloatVector.fromArray(F, b, bAt + p + 14 * ldb).mul(alpha);
            FloatVector r15 = FloatVector.fromArray(F, b, bAt + p + 15 * ldb).mul(alpha);
            FloatVector a0 = r0.blend(r8.rearrange(SWAP_8), UPPER_8);
            FloatVector a8 = r0.rearrange(SWAP_8).blend(r8, UPPER_8);
            FloatVector a1 = r1.blend(r9.rearrange(SWAP_8), UPPER_8);
            FloatVector a9 = r1.rearrange(SWAP_8).blend(r9, UPPER_8);
            FloatVector a2 = r2.blend(r10.rearrange(SWAP_8), UPPER_8);
            FloatVector a10 = r2.rearrange(SWAP_8).blend(r10, UPPER_8);
            FloatVector a3 = r3.blend(r11.rearrange(SWAP_8), UPPER_8);
            FloatVector a11 = r3.rearrange(SWAP_8).blend(r11, UPPER_8);
            FloatVector a4 = r4.blend(r12.rearrange(SWAP_8), UPPER_8);
            FloatVector a12 = r4.rearrange(SWAP_8).blend(r12, UPPER_8);
            FloatVector a5 = r5.blend(r13.rearrange(SWAP_8), UPPER_8);
            FloatVector a13 = r5.rearrange(SWAP_8).blend(r13, UPPER_8);
            FloatVector a6 = r6.blend(r14.rearrange(SWAP_8), UPPER_8);
            FloatVector a14 = r6.rearrange(SWAP_8).blend(r14, UPPER_8);
            FloatVector a7 = r7.blend(r15.rearrange(SWAP_8), UPPER_8);
            FloatVector a15 = r7.rearrange(SWAP_8).blend(r15, UPPER_8);
            FloatVector b0 = a0.blend(a4.rearrange(SWAP_4), UPPER_4);
            FloatVector b4 = a0.rearrange(SWAP_4).blend(a4, UPPER_4);
            FloatVector b1 = a1.blend(a5.rearrange(SWAP_4), UPPER_4);
            FloatVector b5 = a1.rearrange(SWAP_4).blend(a5, UPPER_4);
            FloatVector b2 = a2.blend(a6.rearrange(SWAP_4), UPPER_4);
            FloatVector b6 = a2.rearrange(SWAP_4).blend(a6, UPPER_4);
            FloatVector b3 = a3.blend(a7.rearrange(SWAP_4), UPPER_4);
            FloatVector b7 = a3.rearrange(SWAP_4).blend(a7, UPPER_4);
            FloatVector b8 = a8.blend(a12.rearrange(SWAP_4), UPPER_4);
            FloatVector b12 = a8.rearrange(SWAP_4).blend(a12, UPPER_4);
            FloatVector b9 = a9.blend(a13.rearrange(SWAP_4), UPPER_4);
            FloatVector b13 = a9.rearrange(SWAP_4).blend(a13, UPPER_4);
            FloatVector b10 = a10.blend(a14.rearrange(SWAP_4), UPPER_4);
            FloatVector b14 = a10.rearrange(SWAP_4).blend(a14, UPPER_4);
            FloatVector b11 = a11.blend(a15.rearrange(SWAP_4), UPPER_4);
            FloatVector b15 = a11.rearrange(SWAP_4).blend(a15, UPPER_4);
            FloatVector c0 = b0.blend(b2.rearrange(SWAP_2), UPPER_2);
            FloatVector c2 = b0.rearrange(SWAP_2).blend(b2, UPPER_2);
            FloatVector c1 = b1.blend(b3.rearrange(SWAP_2), UPPER_2);
            FloatVector c3 = b1.rearrange(SWAP_2).blend(b3, UPPER_2);
            FloatVector c4 = b4.blend(b6.rearrange(SWAP_2), UPPER_2);
            FloatVector c6 = b4.rearrange(SWAP_2).blend(b6, UPPER_2);
            FloatVector c5 = b5.blend(b7.rearrange(SWAP_2), UPPER_2);
            FloatVector c7 = b5.rearrange(SWAP_2).blend(b7, UPPER_2);
            FloatVector c8 = b8.blend(b10.rearrange(SWAP_2), UPPER_2);
            FloatVector c10 = b8.rearrange(SWAP_2).blend(b10, UPPER_2);
            FloatVector c9 = b9.blend(b11.rearrange(SWAP_2), UPPER_2);
            FloatVector c11 = b9.rearrange(SWAP_2).blend(b11, UPPER_2);
            FloatVector c12 = b12.blend(b14.rearrange(SWAP_2), UPPER_2);
            FloatVector c14 = b12.rearrange(SWAP_2).blend(b14, UPPER_2);
            FloatVector c13 = b13.blend(b15.rearrange(SWAP_2), UPPER_2);
            FloatVector c15 = b13.rearrange(SWAP_2).blend(b15, UPPER_2);
            FloatVector d0 = c0.blend(c1.rearrange(SWAP_1), UPPER_1);
            FloatVector d1 = c0.rearrange(SWAP_1).blend(c1, UPPER_1);
            FloatVector d2 = c2.blend(c3.rearrange(SWAP_1), UPPER_1);
            FloatVector d3 = c2.rearrange(SWAP_1).blend(c3, UPPER_1);
            FloatVector d4 = c4.blend(c5.rearrange(SWAP_1), UPPER_1);
            FloatVector d5 = c4.rearrange(SWAP_1).blend(c5, UPPER_1);
            FloatVector d6 = c6.blend(c7.rearrange(SWAP_1), UPPER_1);
            FloatVector d7 = c6.rearrange(SWAP_1).blend(c7, UPPER_1);
            FloatVector d8 = c8.blend(c9.rearrange(SWAP_1), UPPER_1);
            FloatVector d9 = c8.rearrange(SWAP_1).blend(c9, UPPER_1);
            FloatVector d10 = c10.blend(c11.rearrange(SWAP_1), UPPER_1);
            FloatVector d11 = c10.rearrange(SWAP_1).blend(c11, UPPER_1);
            FloatVector d12 = c12.blend(c13.rearrange(SWAP_1), UPPER_1);
            FloatVector d13 = c12.rearrange(SWAP_1).blend(c13, UPPER_1);
            FloatVector d14 = c14.blend(c15.rearrange(SWAP_1), UPPER_1);
            FloatVector d15 = c14.rearrange(SWAP_1).blend(c15, UPPER_1);
            int to = outAt + p * width;
            d0.intoArray(out, to);
            d1.intoArray(out, to + width);
            d2.intoArray(out, to + 2 * width);
            d3.intoArray(out, to + 3 * width);
            d4.intoArray(out, to + 4 * width);
            d5.intoArray(out, to + 5 * width);
            d6.intoArray(out, to + 6 * width);
            d7.intoArray(out, to + 7 * width);
            d8.intoArray(out, to + 8 * width);
            d9.intoArray(out, to + 9 * width);
            d10.intoArray(out, to + 10 * width);
            d11.intoArray(out, to + 11 * width);
            d12.intoArray(out, to + 12 * width);
            d13.intoArray(out, to + 13 * width);
            d14.intoArray(out, to + 14 * width);
            d15.intoArray(out, to + 15 * width);
        }
    }

    private static void block8(int steps, float alpha, float[] b, int bAt, int ldb, float[] out, int outAt, int width) {
        for (int p = 0; p < steps; p += 8) {
            FloatVector r0 = FloatVector.fromArray(F, b, bAt + p).mul(alpha);
            FloatVector r1 = FloatVector.fromArray(F, b, bAt + p + ldb).mul(alpha);
            FloatVector r2 = FloatVector.fromArray(F, b, bAt + p + 2 * ldb).mul(alpha);
            FloatVector r3 = FloatVector.fromArray(F, b, bAt + p + 3 * ldb).mul(alpha);
            FloatVector r4 = FloatVector.fromArray(F, b, bAt + p + 4 * ldb).mul(alpha);
            FloatVector r5 = FloatVector.fromArray(F, b, bAt + p + 5 * ldb).mul(alpha);
            FloatVector r6 = FloatVector.fromArray(F, b, bAt + p + 6 * ldb).mul(alpha);
            FloatVector r7 = FloatVector.fromArray(F, b, bAt + p + 7 * ldb).mul(alpha);
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
            c0.intoArray(out, to);
            c1.intoArray(out, to + width);
            c2.intoArray(out, to + 2 * width);
            c3.intoArray(out, to + 3 * width);
            c4.intoArray(out, to + 4 * width);
            c5.intoArray(out, to + 5 * width);
            c6.intoArray(out, to + 6 * width);
            c7.intoArray(out, to + 7 * width);
        }
    }

    private static void block4(int steps, float alpha, float[] b, int bAt, int ldb, float[] out, int outAt, int width) {
        for (int p = 0; p < steps; p += 4) {
            FloatVector r0 = FloatVector.fromArray(F, b, bAt + p).mul(alpha);
            FloatVector r1 = FloatVector.fromArray(F, b, bAt + p + ldb).mul(alpha);
            FloatVector r2 = FloatVector.fromArray(F, b, bAt + p + 2 * ldb).mul(alpha);
            FloatVector r3 = FloatVector.fromArray(F, b, bAt + p + 3 * ldb).mul(alpha);
            FloatVector a0 = r0.blend(r2.rearrange(SWAP_2), UPPER_2);
            FloatVector a2 = r0.rearrange(SWAP_2).blend(r2, UPPER_2);
            FloatVector a1 = r1.blend(r3.rearrange(SWAP_2), UPPER_2);
            FloatVector a3 = r1.rearrange(SWAP_2).blend(r3, UPPER_2);
            FloatVector b0 = a0.blend(a1.rearrange(SWAP_1), UPPER_1);
            FloatVector b1 = a0.rearrange(SWAP_1).blend(a1, UPPER_1);
            FloatVector b2 = a2.blend(a3.rearrange(SWAP_1), UPPER_1);
            FloatVector b3 = a2.rearrange(SWAP_1).blend(a3, UPPER_1);
            int to = outAt + p * width;
            b0.intoArray(out, to);
            b1.intoArray(out, to + width);
            b2.intoArray(out, to + 2 * width);
            b3.intoArray(out, to + 3 * width);
        }
    }
}
