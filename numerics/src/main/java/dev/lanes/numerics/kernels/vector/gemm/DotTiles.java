package dev.lanes.numerics.kernels.vector.gemm;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.kernels.vector.simd.Simd;
import dev.lanes.numerics.kernels.vector.simd.SumLanes;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Products of some rows of a matrix with one vector, each summed over a fixed tree: 16 partial sums, of the products whose
 * index is the same modulo 16, which are then added in halves. So one vector of the widest kind holds a row's sums.
 *
 * <p>Eight rows at a time, or four, share what is loaded of the vector and cover the latency of the multiply-adds, and memory
 * is read in as many streams, which the hardware fetches ahead.
 */
final class DotTiles {
    /** Partial sums of a row. */
    static final int PARTS = 16;
    /** Rows of a tile; where a row's parts take two vectors, half as many, so that all sums stay in registers. */
    static final int ROWS = LANES == PARTS / 2 ? 4 : 8;
    /** Length of the scratch that holds the partial sums of a tile. */
    static final int SCRATCH = ROWS * PARTS;

    /** Narrower vectors pass over a block several times, a stretch of the parts at a time; it stays in the first-level cache. */
    private static final int BLOCK = LANES == PARTS ? 1 << 30 : 256;

    private DotTiles() {}

    /**
     * Computes the partial sums of {@code m[i, 0] * x[0] + ... + m[i, k - 1] * x[k - 1]} for {@link #ROWS} rows, or for
     * fewer; {@link #fold} ends them.
     *
     * @param ld distance in m between the rows
     */
    static void run(int rows, int k, float[] m, int at, int ld, float[] x, int xAt, float[] parts) {
        Arrays.fill(parts, 0, rows * PARTS, 0f);
        int whole = k - k % PARTS;
        if (LANES == PARTS / 2 && rows == ROWS) {
            four(whole, m, at, at + LANES, ld, x, xAt, xAt + LANES, parts);
        } else {
            blocks(rows, whole, m, at, ld, x, xAt, parts);
        }
        for (int lane = 0; lane < k - whole; lane += LANES) {
            rest(rows, k - whole - lane, m, at + whole + lane, ld, x, xAt + whole + lane, parts, lane);
        }
    }

    private static void blocks(int rows, int whole, float[] m, int at, int ld, float[] x, int xAt, float[] parts) {
        for (int p = 0; p < whole; p += BLOCK) {
            int steps = Math.min(BLOCK, whole - p);
            for (int lane = 0; lane < PARTS; lane += LANES) {
                if (rows == ROWS) {
                    eight(steps, m, at + p + lane, ld, x, xAt + p + lane, parts, lane);
                } else {
                    for (int i = 0; i < rows; i++) {
                        one(steps, m, at + i * ld + p + lane, x, xAt + p + lane, parts, i * PARTS + lane);
                    }
                }
            }
        }
    }

    /** Adds what is left behind the last whole group of parts. */
    private static void rest(int rows, int left, float[] m, int at, int ld, float[] x, int xAt, float[] parts, int to) {
        if (!Simd.MASKS) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < Math.min(left, LANES); j++) {
                    int part = to + i * PARTS + j;
                    parts[part] = Math.fma(m[at + i * ld + j], x[xAt + j], parts[part]);
                }
            }
            return;
        }
        VectorMask<Float> inside = Simd.first(left);
        FloatVector factors = FloatVector.fromArray(F, x, xAt, inside);
        for (int i = 0; i < rows; i++) {
            FloatVector part = FloatVector.fromArray(F, parts, to + i * PARTS);
            FloatVector.fromArray(F, m, at + i * ld, inside)
                    .fma(factors, part)
                    .intoArray(parts, to + i * PARTS, inside);
        }
    }

    /** Returns the sum of the partial sums of a row. */
    static float fold(float[] parts, int at) {
        FloatVector sum = FloatVector.fromArray(F, parts, at);
        if (LANES < PARTS) {
            sum = sum.add(FloatVector.fromArray(F, parts, at + 8));
        }
        if (LANES < PARTS / 2) {
            FloatVector other = FloatVector.fromArray(F, parts, at + 4);
            sum = sum.add(other.add(FloatVector.fromArray(F, parts, at + 12)));
        }
        return SumLanes.across(sum);
    }

    private static void eight(int k, float[] m, int at, int ld, float[] x, int xAt, float[] parts, int to) {
        FloatVector s0 = FloatVector.fromArray(F, parts, to);
        FloatVector s1 = FloatVector.fromArray(F, parts, to + PARTS);
        FloatVector s2 = FloatVector.fromArray(F, parts, to + 2 * PARTS);
        FloatVector s3 = FloatVector.fromArray(F, parts, to + 3 * PARTS);
        FloatVector s4 = FloatVector.fromArray(F, parts, to + 4 * PARTS);
        FloatVector s5 = FloatVector.fromArray(F, parts, to + 5 * PARTS);
        FloatVector s6 = FloatVector.fromArray(F, parts, to + 6 * PARTS);
        FloatVector s7 = FloatVector.fromArray(F, parts, to + 7 * PARTS);
        for (int p = 0; p < k; p += PARTS) {
            FloatVector factors = FloatVector.fromArray(F, x, xAt + p);
            s0 = FloatVector.fromArray(F, m, at + p).fma(factors, s0);
            s1 = FloatVector.fromArray(F, m, at + p + ld).fma(factors, s1);
            s2 = FloatVector.fromArray(F, m, at + p + 2 * ld).fma(factors, s2);
            s3 = FloatVector.fromArray(F, m, at + p + 3 * ld).fma(factors, s3);
            s4 = FloatVector.fromArray(F, m, at + p + 4 * ld).fma(factors, s4);
            s5 = FloatVector.fromArray(F, m, at + p + 5 * ld).fma(factors, s5);
            s6 = FloatVector.fromArray(F, m, at + p + 6 * ld).fma(factors, s6);
            s7 = FloatVector.fromArray(F, m, at + p + 7 * ld).fma(factors, s7);
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

    /**
     * Four rows with two vectors of parts each. The second halves have places of their own ({@code high}): with an offset in
     * the loop C2 adds up each address anew. The load is the second factor, so that it becomes part of the multiply-add.
     */
    private static void four(int k, float[] m, int at, int high, int ld, float[] x, int xAt, int xHigh, float[] parts) {
        FloatVector s0 = Simd.zero();
        FloatVector t0 = Simd.zero();
        FloatVector s1 = Simd.zero();
        FloatVector t1 = Simd.zero();
        FloatVector s2 = Simd.zero();
        FloatVector t2 = Simd.zero();
        FloatVector s3 = Simd.zero();
        FloatVector t3 = Simd.zero();
        for (int p = 0; p < k; p += PARTS) {
            FloatVector lower = FloatVector.fromArray(F, x, xAt + p);
            FloatVector upper = FloatVector.fromArray(F, x, xHigh + p);
            s0 = lower.fma(FloatVector.fromArray(F, m, at + p), s0);
            t0 = upper.fma(FloatVector.fromArray(F, m, high + p), t0);
            s1 = lower.fma(FloatVector.fromArray(F, m, at + p + ld), s1);
            t1 = upper.fma(FloatVector.fromArray(F, m, high + p + ld), t1);
            s2 = lower.fma(FloatVector.fromArray(F, m, at + p + 2 * ld), s2);
            t2 = upper.fma(FloatVector.fromArray(F, m, high + p + 2 * ld), t2);
            s3 = lower.fma(FloatVector.fromArray(F, m, at + p + 3 * ld), s3);
            t3 = upper.fma(FloatVector.fromArray(F, m, high + p + 3 * ld), t3);
        }
        s0.intoArray(parts, 0);
        t0.intoArray(parts, LANES);
        s1.intoArray(parts, PARTS);
        t1.intoArray(parts, PARTS + LANES);
        s2.intoArray(parts, 2 * PARTS);
        t2.intoArray(parts, 2 * PARTS + LANES);
        s3.intoArray(parts, 3 * PARTS);
        t3.intoArray(parts, 3 * PARTS + LANES);
    }

    private static void one(int k, float[] m, int at, float[] x, int xAt, float[] parts, int to) {
        FloatVector sum = FloatVector.fromArray(F, parts, to);
        for (int p = 0; p < k; p += PARTS) {
            sum = FloatVector.fromArray(F, m, at + p).fma(FloatVector.fromArray(F, x, xAt + p), sum);
        }
        sum.intoArray(parts, to);
    }
}
