package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.simd.Simd.D;
import static dev.lanes.numerics.kernels.vector.simd.Simd.DOUBLES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/** {@link Transpose} in double precision. */
final class DoubleTranspose {
    /** Exchange lanes that are so far apart; null where a vector is not so long. */
    private static final VectorShuffle<Double> SWAP_4 = swap(4);

    private static final VectorShuffle<Double> SWAP_2 = swap(2);

    private static final VectorShuffle<Double> SWAP_1 = swap(1);
    /** The lanes whose number has this bit. */
    private static final VectorMask<Double> UPPER_4 = upper(4);

    private static final VectorMask<Double> UPPER_2 = upper(2);
    private static final VectorMask<Double> UPPER_1 = upper(1);

    private DoubleTranspose() {}

    private static VectorShuffle<Double> swap(int distance) {
        return distance < DOUBLES ? VectorShuffle.fromOp(D, lane -> lane ^ distance) : null;
    }

    private static VectorMask<Double> upper(int distance) {
        long bits = 0;
        for (int lane = 0; lane < DOUBLES; lane++) {
            bits |= (lane & distance) != 0 ? 1L << lane : 0;
        }
        return VectorMask.fromLong(D, bits);
    }

    /**
     * Writes rows as columns: {@code out[p * width + i] = alpha * b[i * ldb + p]}.
     *
     * @param steps the length of the rows
     * @param width distance in out between the steps
     */
    static void run(
            int rows, int steps, double alpha, double[] b, int bAt, int ldb, double[] out, int outAt, int width) {
        int whole = steps - steps % (DOUBLES / 2);
        int i = 0;
        for (; i <= rows - DOUBLES; i += DOUBLES) {
            block(whole, alpha, b, bAt + i * ldb, ldb, out, outAt + i, width);
        }
        rest(0, i, whole, steps, alpha, b, bAt, ldb, out, outAt, width);
        rest(i, rows, 0, steps, alpha, b, bAt, ldb, out, outAt, width);
    }

    private static void rest(
            int row,
            int rows,
            int from,
            int steps,
            double alpha,
            double[] b,
            int bAt,
            int ldb,
            double[] out,
            int outAt,
            int width) {
        for (int i = row; i < rows; i++) {
            for (int p = from; p < steps; p++) {
                out[outAt + p * width + i] = alpha * b[bAt + i * ldb + p];
            }
        }
    }

    private static void block(
            int steps, double alpha, double[] b, int bAt, int ldb, double[] out, int outAt, int width) {
        switch (DOUBLES) {
            case 8 -> block8(steps, alpha, b, bAt, ldb, out, outAt, width);
            case 4 -> block4(steps, alpha, b, bAt, ldb, out, outAt, width);
            case 2 -> block2(steps, alpha, b, bAt, ldb, out, outAt, width);
            default -> throw new IllegalStateException("no blocks for vectors of " + DOUBLES + " lanes");
        }
    }

    private static void block8(
            int steps, double alpha, double[] b, int bAt, int ldb, double[] out, int outAt, int width) {
        for (int p = 0; p < steps; p += 4) {
            DoubleVector r0 = DoubleVector.fromArray(D, b, bAt + p);
            r0 = r0.blend(DoubleVector.fromArray(D, b, bAt + p + 4 * ldb - 4), UPPER_4);
            DoubleVector r1 = DoubleVector.fromArray(D, b, bAt + p + ldb);
            r1 = r1.blend(DoubleVector.fromArray(D, b, bAt + p + 5 * ldb - 4), UPPER_4);
            DoubleVector r2 = DoubleVector.fromArray(D, b, bAt + p + 2 * ldb);
            r2 = r2.blend(DoubleVector.fromArray(D, b, bAt + p + 6 * ldb - 4), UPPER_4);
            DoubleVector r3 = DoubleVector.fromArray(D, b, bAt + p + 3 * ldb);
            r3 = r3.blend(DoubleVector.fromArray(D, b, bAt + p + 7 * ldb - 4), UPPER_4);
            DoubleVector a0 = r0.blend(r2.rearrange(SWAP_2), UPPER_2);
            DoubleVector a2 = r0.rearrange(SWAP_2).blend(r2, UPPER_2);
            DoubleVector a1 = r1.blend(r3.rearrange(SWAP_2), UPPER_2);
            DoubleVector a3 = r1.rearrange(SWAP_2).blend(r3, UPPER_2);
            DoubleVector b0 = a0.blend(a1.rearrange(SWAP_1), UPPER_1);
            DoubleVector b1 = a0.rearrange(SWAP_1).blend(a1, UPPER_1);
            DoubleVector b2 = a2.blend(a3.rearrange(SWAP_1), UPPER_1);
            DoubleVector b3 = a2.rearrange(SWAP_1).blend(a3, UPPER_1);
            int to = outAt + p * width;
            b0.mul(alpha).intoArray(out, to);
            b1.mul(alpha).intoArray(out, to + width);
            b2.mul(alpha).intoArray(out, to + 2 * width);
            b3.mul(alpha).intoArray(out, to + 3 * width);
        }
    }

    private static void block4(
            int steps, double alpha, double[] b, int bAt, int ldb, double[] out, int outAt, int width) {
        for (int p = 0; p < steps; p += 2) {
            DoubleVector r0 = DoubleVector.fromArray(D, b, bAt + p);
            r0 = r0.blend(DoubleVector.fromArray(D, b, bAt + p + 2 * ldb - 2), UPPER_2);
            DoubleVector r1 = DoubleVector.fromArray(D, b, bAt + p + ldb);
            r1 = r1.blend(DoubleVector.fromArray(D, b, bAt + p + 3 * ldb - 2), UPPER_2);
            DoubleVector a0 = r0.blend(r1.rearrange(SWAP_1), UPPER_1);
            DoubleVector a1 = r0.rearrange(SWAP_1).blend(r1, UPPER_1);
            int to = outAt + p * width;
            a0.mul(alpha).intoArray(out, to);
            a1.mul(alpha).intoArray(out, to + width);
        }
    }

    private static void block2(
            int steps, double alpha, double[] b, int bAt, int ldb, double[] out, int outAt, int width) {
        for (int p = 0; p < steps; p += 1) {
            DoubleVector r0 = DoubleVector.fromArray(D, b, bAt + p);
            r0 = r0.blend(DoubleVector.fromArray(D, b, bAt + p + ldb - 1), UPPER_1);
            int to = outAt + p * width;
            r0.mul(alpha).intoArray(out, to);
        }
    }
}
