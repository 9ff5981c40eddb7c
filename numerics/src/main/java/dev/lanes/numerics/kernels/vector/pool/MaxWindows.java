package dev.lanes.numerics.kernels.vector.pool;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.I;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.kernels.vector.simd.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The inner loops of maximum pooling along a line of outputs whose windows lie inside the image, for one vector of
 * channels. Of equal taps the first stays, in rows and then among rows, which is the order of the taps.
 */
final class MaxWindows {
    private MaxWindows() {}

    /**
     * The maxima of windows of 2x2 pixels; tells whether they can be trusted, no pixel being a NaN.
     *
     * @param count outputs
     * @param row0 the first channel of the first window's first pixel, then that of the rows below it
     * @param step distance in x between windows, {@code right} between a window's columns
     * @param yStep distance in y between outputs
     */
    static boolean four(int count, float[] x, int row0, int row1, int step, int right, float[] y, int at, int yStep) {
        FloatVector all = Simd.zero();
        int at0 = row0;
        int at1 = row1;
        int out = at;
        for (int i = 0; i < count; i++) {
            FloatVector t0 = FloatVector.fromArray(F, x, at0);
            FloatVector t1 = FloatVector.fromArray(F, x, at0 + right);
            FloatVector t2 = FloatVector.fromArray(F, x, at1);
            FloatVector t3 = FloatVector.fromArray(F, x, at1 + right);
            FloatVector s0 = t0.add(t1);
            FloatVector s1 = t2.add(t3);
            all = all.add(s0.add(s1));
            FloatVector m0 = t0;
            m0 = t1.blend(m0, t1.compare(VectorOperators.LE, m0));
            FloatVector m1 = t2;
            m1 = t3.blend(m1, t3.compare(VectorOperators.LE, m1));
            m0 = m1.blend(m0, m1.compare(VectorOperators.LE, m0));
            m0.intoArray(y, out);
            at0 += step;
            at1 += step;
            out += yStep;
        }
        return all.compare(VectorOperators.EQ, all).allTrue();
    }

    /**
     * As {@link #four}, two outputs at a time, for at most half a vector of channels and windows without gaps or overlap: a
     * vector that begins one pixel further to the left has the second output's channels behind those of the first.
     *
     * @param count pairs of outputs
     */
    static boolean fourPairs(int count, float[] x, int row0, int row1, int channels, float[] y, int at) {
        VectorMask<Float> second = VectorMask.fromLong(F, -1L << channels);
        FloatVector all = Simd.zero();
        int at0 = row0;
        int at1 = row1;
        int out = at;
        for (int i = 0; i < count; i++) {
            FloatVector a0 = FloatVector.fromArray(F, x, at0);
            FloatVector a1 = FloatVector.fromArray(F, x, at0 + channels);
            FloatVector a2 = FloatVector.fromArray(F, x, at0 + 2 * channels);
            FloatVector b0 = FloatVector.fromArray(F, x, at1);
            FloatVector b1 = FloatVector.fromArray(F, x, at1 + channels);
            FloatVector b2 = FloatVector.fromArray(F, x, at1 + 2 * channels);
            all = all.add(a0.add(a1).add(a2)).add(b0.add(b1).add(b2));
            FloatVector m0 = a0.blend(a1, second);
            FloatVector m1 = a1.blend(a2, second);
            FloatVector m2 = b0.blend(b1, second);
            FloatVector m3 = b1.blend(b2, second);
            m0 = m1.blend(m0, m1.compare(VectorOperators.LE, m0));
            m2 = m3.blend(m2, m3.compare(VectorOperators.LE, m2));
            m0 = m2.blend(m0, m2.compare(VectorOperators.LE, m0));
            m0.intoArray(y, out);
            at0 += 4 * channels;
            at1 += 4 * channels;
            out += 2 * channels;
        }
        return all.compare(VectorOperators.EQ, all).allTrue();
    }

    /** As {@link #four} with windows of 3x3 pixels. */
    static boolean nine(
            int count, float[] x, int row0, int row1, int row2, int step, int right, float[] y, int at, int yStep) {
        FloatVector all = Simd.zero();
        int at0 = row0;
        int at1 = row1;
        int at2 = row2;
        int out = at;
        for (int i = 0; i < count; i++) {
            FloatVector t0 = FloatVector.fromArray(F, x, at0);
            FloatVector t1 = FloatVector.fromArray(F, x, at0 + right);
            FloatVector t2 = FloatVector.fromArray(F, x, at0 + 2 * right);
            FloatVector t3 = FloatVector.fromArray(F, x, at1);
            FloatVector t4 = FloatVector.fromArray(F, x, at1 + right);
            FloatVector t5 = FloatVector.fromArray(F, x, at1 + 2 * right);
            FloatVector t6 = FloatVector.fromArray(F, x, at2);
            FloatVector t7 = FloatVector.fromArray(F, x, at2 + right);
            FloatVector t8 = FloatVector.fromArray(F, x, at2 + 2 * right);
            FloatVector s0 = t0.add(t1).add(t2);
            FloatVector s1 = t3.add(t4).add(t5);
            FloatVector s2 = t6.add(t7).add(t8);
            all = all.add(s0.add(s1).add(s2));
            FloatVector m0 = t0;
            m0 = t1.blend(m0, t1.compare(VectorOperators.LE, m0));
            m0 = t2.blend(m0, t2.compare(VectorOperators.LE, m0));
            FloatVector m1 = t3;
            m1 = t4.blend(m1, t4.compare(VectorOperators.LE, m1));
            m1 = t5.blend(m1, t5.compare(VectorOperators.LE, m1));
            FloatVector m2 = t6;
            m2 = t7.blend(m2, t7.compare(VectorOperators.LE, m2));
            m2 = t8.blend(m2, t8.compare(VectorOperators.LE, m2));
            m0 = m1.blend(m0, m1.compare(VectorOperators.LE, m0));
            m0 = m2.blend(m0, m2.compare(VectorOperators.LE, m0));
            m0.intoArray(y, out);
            at0 += step;
            at1 += step;
            at2 += step;
            out += yStep;
        }
        return all.compare(VectorOperators.EQ, all).allTrue();
    }

    /** As {@link #four}, and the number of the tap that won to each output's place in the switches. */
    static boolean fourWinners(
            int count,
            float[] x,
            int row0,
            int row1,
            int step,
            int right,
            float[] y,
            int at,
            int yStep,
            int[] switches,
            int to) {
        FloatVector all = Simd.zero();
        IntVector n0 = IntVector.broadcast(I, 0);
        IntVector n1 = IntVector.broadcast(I, 1);
        IntVector n2 = IntVector.broadcast(I, 2);
        IntVector n3 = IntVector.broadcast(I, 3);
        int at0 = row0;
        int at1 = row1;
        int out = at;
        int place = to;
        for (int i = 0; i < count; i++) {
            FloatVector t0 = FloatVector.fromArray(F, x, at0);
            FloatVector t1 = FloatVector.fromArray(F, x, at0 + right);
            FloatVector t2 = FloatVector.fromArray(F, x, at1);
            FloatVector t3 = FloatVector.fromArray(F, x, at1 + right);
            FloatVector s0 = t0.add(t1);
            FloatVector s1 = t2.add(t3);
            all = all.add(s0.add(s1));
            FloatVector m0 = t0;
            IntVector v0 = n0;
            VectorMask<Float> k1 = t1.compare(VectorOperators.LE, m0);
            m0 = t1.blend(m0, k1);
            v0 = n1.blend(v0, k1.cast(I));
            FloatVector m1 = t2;
            IntVector v1 = n2;
            VectorMask<Float> k3 = t3.compare(VectorOperators.LE, m1);
            m1 = t3.blend(m1, k3);
            v1 = n3.blend(v1, k3.cast(I));
            VectorMask<Float> r1 = m1.compare(VectorOperators.LE, m0);
            m0 = m1.blend(m0, r1);
            v0 = v1.blend(v0, r1.cast(I));
            m0.intoArray(y, out);
            v0.intoArray(switches, place);
            at0 += step;
            at1 += step;
            out += yStep;
            place += yStep;
        }
        return all.compare(VectorOperators.EQ, all).allTrue();
    }

    /** As {@link #fourWinners} with windows of 3x3 pixels. */
    static boolean nineWinners(
            int count,
            float[] x,
            int row0,
            int row1,
            int row2,
            int step,
            int right,
            float[] y,
            int at,
            int yStep,
            int[] switches,
            int to) {
        FloatVector all = Simd.zero();
        IntVector n0 = IntVector.broadcast(I, 0);
        IntVector n1 = IntVector.broadcast(I, 1);
        IntVector n2 = IntVector.broadcast(I, 2);
        IntVector n3 = IntVector.broadcast(I, 3);
        IntVector n4 = IntVector.broadcast(I, 4);
        IntVector n5 = IntVector.broadcast(I, 5);
        IntVector n6 = IntVector.broadcast(I, 6);
        IntVector n7 = IntVector.broadcast(I, 7);
        IntVector n8 = IntVector.broadcast(I, 8);
        int at0 = row0;
        int at1 = row1;
        int at2 = row2;
        int out = at;
        int place = to;
        for (int i = 0; i < count; i++) {
            FloatVector t0 = FloatVector.fromArray(F, x, at0);
            FloatVector t1 = FloatVector.fromArray(F, x, at0 + right);
            FloatVector t2 = FloatVector.fromArray(F, x, at0 + 2 * right);
            FloatVector t3 = FloatVector.fromArray(F, x, at1);
            FloatVector t4 = FloatVector.fromArray(F, x, at1 + right);
            FloatVector t5 = FloatVector.fromArray(F, x, at1 + 2 * right);
            FloatVector t6 = FloatVector.fromArray(F, x, at2);
            FloatVector t7 = FloatVector.fromArray(F, x, at2 + right);
            FloatVector t8 = FloatVector.fromArray(F, x, at2 + 2 * right);
            FloatVector s0 = t0.add(t1).add(t2);
            FloatVector s1 = t3.add(t4).add(t5);
            FloatVector s2 = t6.add(t7).add(t8);
            all = all.add(s0.add(s1).add(s2));
            FloatVector m0 = t0;
            IntVector v0 = n0;
            VectorMask<Float> k1 = t1.compare(VectorOperators.LE, m0);
            m0 = t1.blend(m0, k1);
            v0 = n1.blend(v0, k1.cast(I));
            VectorMask<Float> k2 = t2.compare(VectorOperators.LE, m0);
            m0 = t2.blend(m0, k2);
            v0 = n2.blend(v0, k2.cast(I));
            FloatVector m1 = t3;
            IntVector v1 = n3;
            VectorMask<Float> k4 = t4.compare(VectorOperators.LE, m1);
            m1 = t4.blend(m1, k4);
            v1 = n4.blend(v1, k4.cast(I));
            VectorMask<Float> k5 = t5.compare(VectorOperators.LE, m1);
            m1 = t5.blend(m1, k5);
            v1 = n5.blend(v1, k5.cast(I));
            FloatVector m2 = t6;
            IntVector v2 = n6;
            VectorMask<Float> k7 = t7.compare(VectorOperators.LE, m2);
            m2 = t7.blend(m2, k7);
            v2 = n7.blend(v2, k7.cast(I));
            VectorMask<Float> k8 = t8.compare(VectorOperators.LE, m2);
            m2 = t8.blend(m2, k8);
            v2 = n8.blend(v2, k8.cast(I));
            VectorMask<Float> r1 = m1.compare(VectorOperators.LE, m0);
            m0 = m1.blend(m0, r1);
            v0 = v1.blend(v0, r1.cast(I));
            VectorMask<Float> r2 = m2.compare(VectorOperators.LE, m0);
            m0 = m2.blend(m0, r2);
            v0 = v2.blend(v0, r2.cast(I));
            m0.intoArray(y, out);
            v0.intoArray(switches, place);
            at0 += step;
            at1 += step;
            at2 += step;
            out += yStep;
            place += yStep;
        }
        return all.compare(VectorOperators.EQ, all).allTrue();
    }

    /** One window of 2x2 pixels, for many channels, a multiple of the lanes. */
    static boolean fourAcross(int length, float[] x, int row0, int row1, int right, float[] y, int at) {
        FloatVector all = Simd.zero();
        for (int c = 0; c < length; c += LANES) {
            FloatVector t0 = FloatVector.fromArray(F, x, row0 + c);
            FloatVector t1 = FloatVector.fromArray(F, x, row0 + right + c);
            FloatVector t2 = FloatVector.fromArray(F, x, row1 + c);
            FloatVector t3 = FloatVector.fromArray(F, x, row1 + right + c);
            FloatVector s0 = t0.add(t1);
            FloatVector s1 = t2.add(t3);
            all = all.add(s0.add(s1));
            FloatVector m0 = t0;
            m0 = t1.blend(m0, t1.compare(VectorOperators.LE, m0));
            FloatVector m1 = t2;
            m1 = t3.blend(m1, t3.compare(VectorOperators.LE, m1));
            m0 = m1.blend(m0, m1.compare(VectorOperators.LE, m0));
            m0.intoArray(y, at + c);
        }
        return all.compare(VectorOperators.EQ, all).allTrue();
    }

    /** As {@link #fourAcross} with a window of 3x3 pixels. */
    static boolean nineAcross(int length, float[] x, int row0, int row1, int row2, int right, float[] y, int at) {
        FloatVector all = Simd.zero();
        for (int c = 0; c < length; c += LANES) {
            FloatVector t0 = FloatVector.fromArray(F, x, row0 + c);
            FloatVector t1 = FloatVector.fromArray(F, x, row0 + right + c);
            FloatVector t2 = FloatVector.fromArray(F, x, row0 + 2 * right + c);
            FloatVector t3 = FloatVector.fromArray(F, x, row1 + c);
            FloatVector t4 = FloatVector.fromArray(F, x, row1 + right + c);
            FloatVector t5 = FloatVector.fromArray(F, x, row1 + 2 * right + c);
            FloatVector t6 = FloatVector.fromArray(F, x, row2 + c);
            FloatVector t7 = FloatVector.fromArray(F, x, row2 + right + c);
            FloatVector t8 = FloatVector.fromArray(F, x, row2 + 2 * right + c);
            FloatVector s0 = t0.add(t1).add(t2);
            FloatVector s1 = t3.add(t4).add(t5);
            FloatVector s2 = t6.add(t7).add(t8);
            all = all.add(s0.add(s1).add(s2));
            FloatVector m0 = t0;
            m0 = t1.blend(m0, t1.compare(VectorOperators.LE, m0));
            m0 = t2.blend(m0, t2.compare(VectorOperators.LE, m0));
            FloatVector m1 = t3;
            m1 = t4.blend(m1, t4.compare(VectorOperators.LE, m1));
            m1 = t5.blend(m1, t5.compare(VectorOperators.LE, m1));
            FloatVector m2 = t6;
            m2 = t7.blend(m2, t7.compare(VectorOperators.LE, m2));
            m2 = t8.blend(m2, t8.compare(VectorOperators.LE, m2));
            m0 = m1.blend(m0, m1.compare(VectorOperators.LE, m0));
            m0 = m2.blend(m0, m2.compare(VectorOperators.LE, m0));
            m0.intoArray(y, at + c);
        }
        return all.compare(VectorOperators.EQ, all).allTrue();
    }
}
