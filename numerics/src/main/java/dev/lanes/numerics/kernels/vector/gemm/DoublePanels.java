package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.simd.Simd.D;
import static dev.lanes.numerics.kernels.vector.simd.Simd.DOUBLES;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/** The packed form of a right operand in double precision: {@link Panels}, whose last panel is as wide as the others. */
final class DoublePanels {
    private static final int NR = DoubleTiles.NR;

    private DoublePanels() {}

    /**
     * Packs one panel of one slab.
     *
     * @param transposed whether b is stored {@code [n, k]}
     * @param kc rows of the slab
     * @param left columns from the first of this panel to the end of b
     * @param alpha what every value is multiplied with
     * @param bAt index of the panel's first value in b
     */
    static void pack(
            boolean transposed, int kc, int left, double alpha, double[] b, int bAt, int ldb, double[] out, int outAt) {
        int used = Math.min(NR, left);
        if (transposed) {
            DoubleTranspose.run(used, kc, alpha, b, bAt, ldb, out, outAt, NR);
        } else if (used == NR) {
            packWhole(kc, alpha, b, bAt, ldb, out, outAt);
        } else {
            for (int p = 0; p < kc; p++) {
                for (int j = 0; j < used; j++) {
                    out[outAt + p * NR + j] = alpha * b[bAt + p * ldb + j];
                }
            }
        }
        if (used < NR) {
            for (int p = 0; p < kc; p++) {
                Arrays.fill(out, outAt + p * NR + used, outAt + (p + 1) * NR, 0);
            }
        }
    }

    private static void packWhole(int kc, double alpha, double[] b, int bAt, int ldb, double[] out, int outAt) {
        for (int p = 0; p < kc; p++) {
            int from = bAt + p * ldb;
            int to = outAt + p * NR;
            DoubleVector.fromArray(D, b, from).mul(alpha).intoArray(out, to);
            DoubleVector.fromArray(D, b, from + DOUBLES).mul(alpha).intoArray(out, to + DOUBLES);
        }
    }
}
