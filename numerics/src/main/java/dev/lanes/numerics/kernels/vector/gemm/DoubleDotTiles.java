package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.simd.Simd.D;
import static dev.lanes.numerics.kernels.vector.simd.Simd.DOUBLES;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/** {@link DotTiles} in double precision, with half as many parts: as many as the widest vector has lanes. */
final class DoubleDotTiles {
    /** Rows of a tile. */
    static final int ROWS = 8;
    /** Partial sums of a row. */
    static final int PARTS = 8;

    /** Narrow vectors pass over a block several times, a stretch of the parts at a time; it stays in the first-level cache. */
    private static final int BLOCK = DOUBLES == PARTS ? 1 << 30 : 128;

    private DoubleDotTiles() {}

    /**
     * Computes the partial sums of {@code m[i, 0] * x[0] + ... + m[i, k - 1] * x[k - 1]} for {@link #ROWS} rows, or for
     * fewer; {@link #fold} ends them.
     *
     * @param ld distance in m between the rows
     * @param parts gets {@link #PARTS} values a row
     */
    static void run(int rows, int k, double[] m, int at, int ld, double[] x, int xAt, double[] parts) {
        Arrays.fill(parts, 0, rows * PARTS, 0);
        int whole = k - k % PARTS;
        for (int p = 0; p < whole; p += BLOCK) {
            int steps = Math.min(BLOCK, whole - p);
            for (int lane = 0; lane < PARTS; lane += DOUBLES) {
                if (rows == ROWS) {
                    eight(steps, m, at + p + lane, ld, x, xAt + p + lane, parts, lane);
                } else {
                    for (int i = 0; i < rows; i++) {
                        one(steps, m, at + i * ld + p + lane, x, xAt + p + lane, parts, i * PARTS + lane);
                    }
                }
            }
        }
        for (int i = 0; i < rows; i++) {
            for (int p = whole; p < k; p++) {
                int part = i * PARTS + p - whole;
                parts[part] = Math.fma(m[at + i * ld + p], x[xAt + p], parts[part]);
            }
        }
    }

    /** Returns the sum of the partial sums of a row, added in halves. */
    static double fold(double[] p, int at) {
        double even = p[at] + p[at + 4] + (p[at + 2] + p[at + 6]);
        double odd = p[at + 1] + p[at + 5] + (p[at + 3] + p[at + 7]);
        return even + odd;
    }

    private static void eight(int k, double[] m, int at, int ld, double[] x, int xAt, double[] parts, int to) {
        DoubleVector s0 = DoubleVector.fromArray(D, parts, to);
        DoubleVector s1 = DoubleVector.fromArray(D, parts, to + PARTS);
        DoubleVector s2 = DoubleVector.fromArray(D, parts, to + 2 * PARTS);
        DoubleVector s3 = DoubleVector.fromArray(D, parts, to + 3 * PARTS);
        DoubleVector s4 = DoubleVector.fromArray(D, parts, to + 4 * PARTS);
        DoubleVector s5 = DoubleVector.fromArray(D, parts, to + 5 * PARTS);
        DoubleVector s6 = DoubleVector.fromArray(D, parts, to + 6 * PARTS);
        DoubleVector s7 = DoubleVector.fromArray(D, parts, to + 7 * PARTS);
        for (int p = 0; p < k; p += PARTS) {
            DoubleVector factors = DoubleVector.fromArray(D, x, xAt + p);
            s0 = DoubleVector.fromArray(D, m, at + p).fma(factors, s0);
            s1 = DoubleVector.fromArray(D, m, at + p + ld).fma(factors, s1);
            s2 = DoubleVector.fromArray(D, m, at + p + 2 * ld).fma(factors, s2);
            s3 = DoubleVector.fromArray(D, m, at + p + 3 * ld).fma(factors, s3);
            s4 = DoubleVector.fromArray(D, m, at + p + 4 * ld).fma(factors, s4);
            s5 = DoubleVector.fromArray(D, m, at + p + 5 * ld).fma(factors, s5);
            s6 = DoubleVector.fromArray(D, m, at + p + 6 * ld).fma(factors, s6);
            s7 = DoubleVector.fromArray(D, m, at + p + 7 * ld).fma(factors, s7);
        }
        s0.intoArray(parts, to);
        s1.intoArray(parts, to + PARTS);
        s2.intoArray(parts, to + 2 * PARTS);
        s3.intoArray(parts, to + 3 * PARTS);
        s4.intoArray(parts, to + 4 * PARTS);
        s5.intoArray(parts, to + 5 * PARTS);
        s6.intoArray(parts, to + 6 * PARTS);
        s7.intoArray(parts, to + 7 * PARTS);
    }

    private static void one(int k, double[] m, int at, double[] x, int xAt, double[] parts, int to) {
        DoubleVector sum = DoubleVector.fromArray(D, parts, to);
        for (int p = 0; p < k; p += PARTS) {
            sum = DoubleVector.fromArray(D, m, at + p).fma(DoubleVector.fromArray(D, x, xAt + p), sum);
        }
        sum.intoArray(parts, to);
    }
}
