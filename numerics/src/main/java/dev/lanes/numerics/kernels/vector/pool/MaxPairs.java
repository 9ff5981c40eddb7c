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
 * The inner loops of maximum pooling under a 3x3 window that moves by two pixels, for two lines of outputs at a time: the
 * middle one of the five rows of pixels serves both. Of equal taps the first stays, as in {@link MaxWindows}.
 */
final class MaxPairs {
    private MaxPairs() {}

    /**
     * The maxima along two lines for one vector of channels, the pixels between two windows kept in registers; tells whether they can be trusted, no pixel being a NaN.
     *
     * @param count outputs of a line, at least one
     * @param row0 the first channel of the first window's first pixel, then that of the four rows below it
     * @param channels distance between pixels, of x and of y
     * @param at where the first line of outputs begins, {@code below} the second
     */
    static boolean walk(
            int count,
            float[] x,
            int row0,
            int row1,
            int row2,
            int row3,
            int row4,
            int channels,
            float[] y,
            int at,
            int below) {
        FloatVector all = Simd.zero();
        int at0 = row0 + channels;
        int at1 = row1 + channels;
        int at2 = row2 + channels;
        int at3 = row3 + channels;
        int at4 = row4 + channels;
        int out0 = at;
        int out1 = below;
        FloatVector a0 = FloatVector.fromArray(F, x, row0);
        FloatVector a1 = FloatVector.fromArray(F, x, row1);
        FloatVector a2 = FloatVector.fromArray(F, x, row2);
        FloatVector a3 = FloatVector.fromArray(F, x, row3);
        FloatVector a4 = FloatVector.fromArray(F, x, row4);
        all = all.add(a0.add(a1).add(a2).add(a3.add(a4)));
        for (int i = 0; i < count; i++) {
            FloatVector b0 = FloatVector.fromArray(F, x, at0);
            FloatVector b1 = FloatVector.fromArray(F, x, at1);
            FloatVector b2 = FloatVector.fromArray(F, x, at2);
            FloatVector b3 = FloatVector.fromArray(F, x, at3);
            FloatVector b4 = FloatVector.fromArray(F, x, at4);
            FloatVector c0 = FloatVector.fromArray(F, x, at0 + channels);
            FloatVector c1 = FloatVector.fromArray(F, x, at1 + channels);
            FloatVector c2 = FloatVector.fromArray(F, x, at2 + channels);
            FloatVector c3 = FloatVector.fromArray(F, x, at3 + channels);
            FloatVector c4 = FloatVector.fromArray(F, x, at4 + channels);
            FloatVector s0 = b0.add(c0);
            FloatVector s1 = b1.add(c1).add(b2.add(c2));
            FloatVector s2 = b3.add(c3).add(b4.add(c4));
            all = all.add(s0.add(s1).add(s2));
            FloatVector m0 = b0.blend(a0, b0.compare(VectorOperators.LE, a0));
            m0 = c0.blend(m0, c0.compare(VectorOperators.LE, m0));
            FloatVector m1 = b1.blend(a1, b1.compare(VectorOperators.LE, a1));
            m1 = c1.blend(m1, c1.compare(VectorOperators.LE, m1));
            FloatVector m2 = b2.blend(a2, b2.compare(VectorOperators.LE, a2));
            m2 = c2.blend(m2, c2.compare(VectorOperators.LE, m2));
            FloatVector m3 = b3.blend(a3, b3.compare(VectorOperators.LE, a3));
            m3 = c3.blend(m3, c3.compare(VectorOperators.LE, m3));
            FloatVector m4 = b4.blend(a4, b4.compare(VectorOperators.LE, a4));
            m4 = c4.blend(m4, c4.compare(VectorOperators.LE, m4));
            m0 = m1.blend(m0, m1.compare(VectorOperators.LE, m0));
            m0 = m2.blend(m0, m2.compare(VectorOperators.LE, m0));
            m2 = m3.blend(m2, m3.compare(VectorOperators.LE, m2));
            m2 = m4.blend(m2, m4.compare(VectorOperators.LE, m2));
            m0.intoArray(y, out0);
            m2.intoArray(y, out1);
            a0 = c0;
            a1 = c1;
            a2 = c2;
            a3 = c3;
            a4 = c4;
            at0 += 2 * channels;
            at1 += 2 * channels;
            at2 += 2 * channels;
            at3 += 2 * channels;
            at4 += 2 * channels;
            out0 += channels;
            out1 += channels;
        }
        return all.compare(VectorOperators.EQ, all).allTrue();
    }

    /** As {@link #walk}, and the number of the tap that won to each output's place in the switches. */
    static boolean walkWinners(
            int count,
            float[] x,
            int row0,
            int row1,
            int row2,
            int row3,
            int row4,
            int channels,
            float[] y,
            int at,
            int below,
            int[] switches,
            int to,
            int toBelow) {
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
        int at0 = row0 + channels;
        int at1 = row1 + channels;
        int at2 = row2 + channels;
        int at3 = row3 + channels;
        int at4 = row4 + channels;
        int out0 = at;
        int out1 = below;
        int place0 = to;
        int place1 = toBelow;
        FloatVector a0 = FloatVector.fromArray(F, x, row0);
        FloatVector a1 = FloatVector.fromArray(F, x, row1);
        FloatVector a2 = FloatVector.fromArray(F, x, row2);
        FloatVector a3 = FloatVector.fromArray(F, x, row3);
        FloatVector a4 = FloatVector.fromArray(F, x, row4);
        all = all.add(a0.add(a1).add(a2).add(a3.add(a4)));
        for (int i = 0; i < count; i++) {
            FloatVector b0 = FloatVector.fromArray(F, x, at0);
            FloatVector b1 = FloatVector.fromArray(F, x, at1);
            FloatVector b2 = FloatVector.fromArray(F, x, at2);
            FloatVector b3 = FloatVector.fromArray(F, x, at3);
            FloatVector b4 = FloatVector.fromArray(F, x, at4);
            FloatVector c0 = FloatVector.fromArray(F, x, at0 + channels);
            FloatVector c1 = FloatVector.fromArray(F, x, at1 + channels);
            FloatVector c2 = FloatVector.fromArray(F, x, at2 + channels);
            FloatVector c3 = FloatVector.fromArray(F, x, at3 + channels);
            FloatVector c4 = FloatVector.fromArray(F, x, at4 + channels);
            FloatVector s0 = b0.add(c0);
            FloatVector s1 = b1.add(c1).add(b2.add(c2));
            FloatVector s2 = b3.add(c3).add(b4.add(c4));
            all = all.add(s0.add(s1).add(s2));
            VectorMask<Float> j0 = b0.compare(VectorOperators.LE, a0);
            FloatVector m0 = b0.blend(a0, j0);
            VectorMask<Float> k0 = c0.compare(VectorOperators.LE, m0);
            m0 = c0.blend(m0, k0);
            IntVector v0 = n2.blend(n1.blend(n0, j0.cast(I)), k0.cast(I));
            VectorMask<Float> j1 = b1.compare(VectorOperators.LE, a1);
            FloatVector m1 = b1.blend(a1, j1);
            VectorMask<Float> k1 = c1.compare(VectorOperators.LE, m1);
            m1 = c1.blend(m1, k1);
            IntVector v1 = n5.blend(n4.blend(n3, j1.cast(I)), k1.cast(I));
            VectorMask<Float> j2 = b2.compare(VectorOperators.LE, a2);
            FloatVector m2 = b2.blend(a2, j2);
            VectorMask<Float> k2 = c2.compare(VectorOperators.LE, m2);
            m2 = c2.blend(m2, k2);
            IntVector v2 = n2.blend(n1.blend(n0, j2.cast(I)), k2.cast(I));
            VectorMask<Float> j3 = b3.compare(VectorOperators.LE, a3);
            FloatVector m3 = b3.blend(a3, j3);
            VectorMask<Float> k3 = c3.compare(VectorOperators.LE, m3);
            m3 = c3.blend(m3, k3);
            IntVector v3 = n5.blend(n4.blend(n3, j3.cast(I)), k3.cast(I));
            VectorMask<Float> j4 = b4.compare(VectorOperators.LE, a4);
            FloatVector m4 = b4.blend(a4, j4);
            VectorMask<Float> k4 = c4.compare(VectorOperators.LE, m4);
            m4 = c4.blend(m4, k4);
            IntVector v4 = n8.blend(n7.blend(n6, j4.cast(I)), k4.cast(I));
            VectorMask<Float> q0 = m1.compare(VectorOperators.LE, m0);
            m0 = m1.blend(m0, q0);
            v0 = v1.blend(v0, q0.cast(I));
            VectorMask<Float> q1 = m2.compare(VectorOperators.LE, m0);
            m0 = m2.blend(m0, q1);
            v0 = v2.add(n6).blend(v0, q1.cast(I));
            VectorMask<Float> q2 = m3.compare(VectorOperators.LE, m2);
            m2 = m3.blend(m2, q2);
            v2 = v3.blend(v2, q2.cast(I));
            VectorMask<Float> q3 = m4.compare(VectorOperators.LE, m2);
            m2 = m4.blend(m2, q3);
            v2 = v4.blend(v2, q3.cast(I));
            m0.intoArray(y, out0);
            m2.intoArray(y, out1);
            v0.intoArray(switches, place0);
            v2.intoArray(switches, place1);
            a0 = c0;
            a1 = c1;
            a2 = c2;
            a3 = c3;
            a4 = c4;
            at0 += 2 * channels;
            at1 += 2 * channels;
            at2 += 2 * channels;
            at3 += 2 * channels;
            at4 += 2 * channels;
            out0 += channels;
            out1 += channels;
            place0 += channels;
            place1 += channels;
        }
        return all.compare(VectorOperators.EQ, all).allTrue();
    }

    /** As {@link #walk} for two by two windows and many channels, a multiple of the lanes. */
    static boolean blocks(
            int length,
            float[] x,
            int row0,
            int row1,
            int row2,
            int row3,
            int row4,
            int channels,
            float[] y,
            int at,
            int below) {
        FloatVector all = Simd.zero();
        for (int c = 0; c < length; c += LANES) {
            FloatVector p0 = FloatVector.fromArray(F, x, row0 + c);
            FloatVector p1 = FloatVector.fromArray(F, x, row0 + channels + c);
            FloatVector p2 = FloatVector.fromArray(F, x, row0 + 2 * channels + c);
            FloatVector p3 = FloatVector.fromArray(F, x, row0 + 3 * channels + c);
            FloatVector p4 = FloatVector.fromArray(F, x, row0 + 4 * channels + c);
            FloatVector s = p0.add(p1).add(p2.add(p3)).add(p4);
            all = all.add(s);
            FloatVector l0 = p1.blend(p0, p1.compare(VectorOperators.LE, p0));
            l0 = p2.blend(l0, p2.compare(VectorOperators.LE, l0));
            FloatVector r0 = p3.blend(p2, p3.compare(VectorOperators.LE, p2));
            r0 = p4.blend(r0, p4.compare(VectorOperators.LE, r0));
            p0 = FloatVector.fromArray(F, x, row1 + c);
            p1 = FloatVector.fromArray(F, x, row1 + channels + c);
            p2 = FloatVector.fromArray(F, x, row1 + 2 * channels + c);
            p3 = FloatVector.fromArray(F, x, row1 + 3 * channels + c);
            p4 = FloatVector.fromArray(F, x, row1 + 4 * channels + c);
            s = p0.add(p1).add(p2.add(p3)).add(p4);
            all = all.add(s);
            FloatVector l1 = p1.blend(p0, p1.compare(VectorOperators.LE, p0));
            l1 = p2.blend(l1, p2.compare(VectorOperators.LE, l1));
            FloatVector r1 = p3.blend(p2, p3.compare(VectorOperators.LE, p2));
            r1 = p4.blend(r1, p4.compare(VectorOperators.LE, r1));
            l0 = l1.blend(l0, l1.compare(VectorOperators.LE, l0));
            r0 = r1.blend(r0, r1.compare(VectorOperators.LE, r0));
            p0 = FloatVector.fromArray(F, x, row2 + c);
            p1 = FloatVector.fromArray(F, x, row2 + channels + c);
            p2 = FloatVector.fromArray(F, x, row2 + 2 * channels + c);
            p3 = FloatVector.fromArray(F, x, row2 + 3 * channels + c);
            p4 = FloatVector.fromArray(F, x, row2 + 4 * channels + c);
            s = p0.add(p1).add(p2.add(p3)).add(p4);
            all = all.add(s);
            FloatVector l2 = p1.blend(p0, p1.compare(VectorOperators.LE, p0));
            l2 = p2.blend(l2, p2.compare(VectorOperators.LE, l2));
            FloatVector r2 = p3.blend(p2, p3.compare(VectorOperators.LE, p2));
            r2 = p4.blend(r2, p4.compare(VectorOperators.LE, r2));
            l0 = l2.blend(l0, l2.compare(VectorOperators.LE, l0));
            r0 = r2.blend(r0, r2.compare(VectorOperators.LE, r0));
            p0 = FloatVector.fromArray(F, x, row3 + c);
            p1 = FloatVector.fromArray(F, x, row3 + channels + c);
            p2 = FloatVector.fromArray(F, x, row3 + 2 * channels + c);
            p3 = FloatVector.fromArray(F, x, row3 + 3 * channels + c);
            p4 = FloatVector.fromArray(F, x, row3 + 4 * channels + c);
            s = p0.add(p1).add(p2.add(p3)).add(p4);
            all = all.add(s);
            FloatVector l3 = p1.blend(p0, p1.compare(VectorOperators.LE, p0));
            l3 = p2.blend(l3, p2.compare(VectorOperators.LE, l3));
            FloatVector r3 = p3.blend(p2, p3.compare(VectorOperators.LE, p2));
            r3 = p4.blend(r3, p4.compare(VectorOperators.LE, r3));
            l2 = l3.blend(l2, l3.compare(VectorOperators.LE, l2));
            r2 = r3.blend(r2, r3.compare(VectorOperators.LE, r2));
            p0 = FloatVector.fromArray(F, x, row4 + c);
            p1 = FloatVector.fromArray(F, x, row4 + channels + c);
            p2 = FloatVector.fromArray(F, x, row4 + 2 * channels + c);
            p3 = FloatVector.fromArray(F, x, row4 + 3 * channels + c);
            p4 = FloatVector.fromArray(F, x, row4 + 4 * channels + c);
            s = p0.add(p1).add(p2.add(p3)).add(p4);
            all = all.add(s);
            FloatVector l4 = p1.blend(p0, p1.compare(VectorOperators.LE, p0));
            l4 = p2.blend(l4, p2.compare(VectorOperators.LE, l4));
            FloatVector r4 = p3.blend(p2, p3.compare(VectorOperators.LE, p2));
            r4 = p4.blend(r4, p4.compare(VectorOperators.LE, r4));
            l2 = l4.blend(l2, l4.compare(VectorOperators.LE, l2));
            r2 = r4.blend(r2, r4.compare(VectorOperators.LE, r2));
            l0.intoArray(y, at + c);
            r0.intoArray(y, at + channels + c);
            l2.intoArray(y, below + c);
            r2.intoArray(y, below + channels + c);
        }
        return all.compare(VectorOperators.EQ, all).allTrue();
    }
}
