package dev.lanes.numerics.kernels.vector.conv;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * The inner loops of {@link Conv2dDepthwise3x3}, along the channels of a few outputs of two lines: every pixel that they
 * see is read once, where it lies, and so are the taps. Sums run from the bias on over (kh, kw) ascending.
 */
final class DepthwiseBlocks {
    /** Outputs of a block that are neighbours on a line. */
    static final int OUTPUTS = 4;

    private DepthwiseBlocks() {}

    /**
     * A block of outputs whose windows lie between the sides of the image and move by one pixel.
     *
     * @param at where in its line the first pixel's channel stands
     * @param c the first channel
     * @param to where in its line of outputs the first output's channel stands
     * @param length channels, a multiple of the lanes
     */
    static void dense(DepthwisePair pair, int at, int c, int to, int length) {
        int channels = pair.channels;
        float[] x0 = pair.x[0];
        int at0 = pair.at[0] + at;
        float[] x1 = pair.x[1];
        int at1 = pair.at[1] + at;
        float[] x2 = pair.x[2];
        int at2 = pair.at[2] + at;
        float[] x5 = pair.x[5];
        int at5 = pair.at[5] + at;
        float[] w = pair.w;
        int tap = pair.tap + c;
        float[] start = pair.start;
        int from = pair.startAt + c;
        float[] y0 = pair.y0;
        int to0 = pair.to0 + to;
        float[] y1 = pair.y1;
        int to1 = pair.to1 + to;
        for (int i = 0; i < length; i += LANES) {
            FloatVector s0 = FloatVector.fromArray(F, start, from + i);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            FloatVector t0 = s0;
            FloatVector t1 = s0;
            FloatVector t2 = s0;
            FloatVector t3 = s0;
            FloatVector p0 = FloatVector.fromArray(F, x0, at0 + i);
            FloatVector p1 = FloatVector.fromArray(F, x0, at0 + i + channels);
            FloatVector p2 = FloatVector.fromArray(F, x0, at0 + i + 2 * channels);
            FloatVector p3 = FloatVector.fromArray(F, x0, at0 + i + 3 * channels);
            FloatVector p4 = FloatVector.fromArray(F, x0, at0 + i + 4 * channels);
            FloatVector p5 = FloatVector.fromArray(F, x0, at0 + i + 5 * channels);
            FloatVector a0 = FloatVector.fromArray(F, w, tap + i);
            FloatVector a1 = FloatVector.fromArray(F, w, tap + i + channels);
            FloatVector a2 = FloatVector.fromArray(F, w, tap + i + 2 * channels);
            s0 = p2.fma(a2, p1.fma(a1, p0.fma(a0, s0)));
            s1 = p3.fma(a2, p2.fma(a1, p1.fma(a0, s1)));
            s2 = p4.fma(a2, p3.fma(a1, p2.fma(a0, s2)));
            s3 = p5.fma(a2, p4.fma(a1, p3.fma(a0, s3)));
            p0 = FloatVector.fromArray(F, x1, at1 + i);
            p1 = FloatVector.fromArray(F, x1, at1 + i + channels);
            p2 = FloatVector.fromArray(F, x1, at1 + i + 2 * channels);
            p3 = FloatVector.fromArray(F, x1, at1 + i + 3 * channels);
            p4 = FloatVector.fromArray(F, x1, at1 + i + 4 * channels);
            p5 = FloatVector.fromArray(F, x1, at1 + i + 5 * channels);
            FloatVector b0 = FloatVector.fromArray(F, w, tap + i + 3 * channels);
            FloatVector b1 = FloatVector.fromArray(F, w, tap + i + 4 * channels);
            FloatVector b2 = FloatVector.fromArray(F, w, tap + i + 5 * channels);
            s0 = p2.fma(b2, p1.fma(b1, p0.fma(b0, s0)));
            s1 = p3.fma(b2, p2.fma(b1, p1.fma(b0, s1)));
            s2 = p4.fma(b2, p3.fma(b1, p2.fma(b0, s2)));
            s3 = p5.fma(b2, p4.fma(b1, p3.fma(b0, s3)));
            t0 = p2.fma(a2, p1.fma(a1, p0.fma(a0, t0)));
            t1 = p3.fma(a2, p2.fma(a1, p1.fma(a0, t1)));
            t2 = p4.fma(a2, p3.fma(a1, p2.fma(a0, t2)));
            t3 = p5.fma(a2, p4.fma(a1, p3.fma(a0, t3)));
            p0 = FloatVector.fromArray(F, x2, at2 + i);
            p1 = FloatVector.fromArray(F, x2, at2 + i + channels);
            p2 = FloatVector.fromArray(F, x2, at2 + i + 2 * channels);
            p3 = FloatVector.fromArray(F, x2, at2 + i + 3 * channels);
            p4 = FloatVector.fromArray(F, x2, at2 + i + 4 * channels);
            p5 = FloatVector.fromArray(F, x2, at2 + i + 5 * channels);
            FloatVector c0 = FloatVector.fromArray(F, w, tap + i + 6 * channels);
            FloatVector c1 = FloatVector.fromArray(F, w, tap + i + 7 * channels);
            FloatVector c2 = FloatVector.fromArray(F, w, tap + i + 8 * channels);
            s0 = p2.fma(c2, p1.fma(c1, p0.fma(c0, s0)));
            s1 = p3.fma(c2, p2.fma(c1, p1.fma(c0, s1)));
            s2 = p4.fma(c2, p3.fma(c1, p2.fma(c0, s2)));
            s3 = p5.fma(c2, p4.fma(c1, p3.fma(c0, s3)));
            t0 = p2.fma(b2, p1.fma(b1, p0.fma(b0, t0)));
            t1 = p3.fma(b2, p2.fma(b1, p1.fma(b0, t1)));
            t2 = p4.fma(b2, p3.fma(b1, p2.fma(b0, t2)));
            t3 = p5.fma(b2, p4.fma(b1, p3.fma(b0, t3)));
            p0 = FloatVector.fromArray(F, x5, at5 + i);
            p1 = FloatVector.fromArray(F, x5, at5 + i + channels);
            p2 = FloatVector.fromArray(F, x5, at5 + i + 2 * channels);
            p3 = FloatVector.fromArray(F, x5, at5 + i + 3 * channels);
            p4 = FloatVector.fromArray(F, x5, at5 + i + 4 * channels);
            p5 = FloatVector.fromArray(F, x5, at5 + i + 5 * channels);
            t0 = p2.fma(c2, p1.fma(c1, p0.fma(c0, t0)));
            t1 = p3.fma(c2, p2.fma(c1, p1.fma(c0, t1)));
            t2 = p4.fma(c2, p3.fma(c1, p2.fma(c0, t2)));
            t3 = p5.fma(c2, p4.fma(c1, p3.fma(c0, t3)));
            s0.intoArray(y0, to0 + i);
            s1.intoArray(y0, to0 + i + channels);
            s2.intoArray(y0, to0 + i + 2 * channels);
            s3.intoArray(y0, to0 + i + 3 * channels);
            t0.intoArray(y1, to1 + i);
            t1.intoArray(y1, to1 + i + channels);
            t2.intoArray(y1, to1 + i + 2 * channels);
            t3.intoArray(y1, to1 + i + 3 * channels);
        }
    }

    /** As {@link #dense} with windows that move by two pixels. */
    static void strided(DepthwisePair pair, int at, int c, int to, int length) {
        int channels = pair.channels;
        float[] x0 = pair.x[0];
        int at0 = pair.at[0] + at;
        float[] x1 = pair.x[1];
        int at1 = pair.at[1] + at;
        float[] x2 = pair.x[2];
        int at2 = pair.at[2] + at;
        float[] x4 = pair.x[4];
        int at4 = pair.at[4] + at;
        float[] x5 = pair.x[5];
        int at5 = pair.at[5] + at;
        float[] w = pair.w;
        int tap = pair.tap + c;
        float[] start = pair.start;
        int from = pair.startAt + c;
        float[] y0 = pair.y0;
        int to0 = pair.to0 + to;
        float[] y1 = pair.y1;
        int to1 = pair.to1 + to;
        for (int i = 0; i < length; i += LANES) {
            FloatVector s0 = FloatVector.fromArray(F, start, from + i);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            FloatVector t0 = s0;
            FloatVector t1 = s0;
            FloatVector t2 = s0;
            FloatVector t3 = s0;
            FloatVector p0 = FloatVector.fromArray(F, x0, at0 + i);
            FloatVector p1 = FloatVector.fromArray(F, x0, at0 + i + channels);
            FloatVector p2 = FloatVector.fromArray(F, x0, at0 + i + 2 * channels);
            FloatVector p3 = FloatVector.fromArray(F, x0, at0 + i + 3 * channels);
            FloatVector p4 = FloatVector.fromArray(F, x0, at0 + i + 4 * channels);
            FloatVector p5 = FloatVector.fromArray(F, x0, at0 + i + 5 * channels);
            FloatVector p6 = FloatVector.fromArray(F, x0, at0 + i + 6 * channels);
            FloatVector p7 = FloatVector.fromArray(F, x0, at0 + i + 7 * channels);
            FloatVector p8 = FloatVector.fromArray(F, x0, at0 + i + 8 * channels);
            FloatVector a0 = FloatVector.fromArray(F, w, tap + i);
            FloatVector a1 = FloatVector.fromArray(F, w, tap + i + channels);
            FloatVector a2 = FloatVector.fromArray(F, w, tap + i + 2 * channels);
            s0 = p2.fma(a2, p1.fma(a1, p0.fma(a0, s0)));
            s1 = p4.fma(a2, p3.fma(a1, p2.fma(a0, s1)));
            s2 = p6.fma(a2, p5.fma(a1, p4.fma(a0, s2)));
            s3 = p8.fma(a2, p7.fma(a1, p6.fma(a0, s3)));
            p0 = FloatVector.fromArray(F, x1, at1 + i);
            p1 = FloatVector.fromArray(F, x1, at1 + i + channels);
            p2 = FloatVector.fromArray(F, x1, at1 + i + 2 * channels);
            p3 = FloatVector.fromArray(F, x1, at1 + i + 3 * channels);
            p4 = FloatVector.fromArray(F, x1, at1 + i + 4 * channels);
            p5 = FloatVector.fromArray(F, x1, at1 + i + 5 * channels);
            p6 = FloatVector.fromArray(F, x1, at1 + i + 6 * channels);
            p7 = FloatVector.fromArray(F, x1, at1 + i + 7 * channels);
            p8 = FloatVector.fromArray(F, x1, at1 + i + 8 * channels);
            FloatVector b0 = FloatVector.fromArray(F, w, tap + i + 3 * channels);
            FloatVector b1 = FloatVector.fromArray(F, w, tap + i + 4 * channels);
            FloatVector b2 = FloatVector.fromArray(F, w, tap + i + 5 * channels);
            s0 = p2.fma(b2, p1.fma(b1, p0.fma(b0, s0)));
            s1 = p4.fma(b2, p3.fma(b1, p2.fma(b0, s1)));
            s2 = p6.fma(b2, p5.fma(b1, p4.fma(b0, s2)));
            s3 = p8.fma(b2, p7.fma(b1, p6.fma(b0, s3)));
            p0 = FloatVector.fromArray(F, x2, at2 + i);
            p1 = FloatVector.fromArray(F, x2, at2 + i + channels);
            p2 = FloatVector.fromArray(F, x2, at2 + i + 2 * channels);
            p3 = FloatVector.fromArray(F, x2, at2 + i + 3 * channels);
            p4 = FloatVector.fromArray(F, x2, at2 + i + 4 * channels);
            p5 = FloatVector.fromArray(F, x2, at2 + i + 5 * channels);
            p6 = FloatVector.fromArray(F, x2, at2 + i + 6 * channels);
            p7 = FloatVector.fromArray(F, x2, at2 + i + 7 * channels);
            p8 = FloatVector.fromArray(F, x2, at2 + i + 8 * channels);
            FloatVector c0 = FloatVector.fromArray(F, w, tap + i + 6 * channels);
            FloatVector c1 = FloatVector.fromArray(F, w, tap + i + 7 * channels);
            FloatVector c2 = FloatVector.fromArray(F, w, tap + i + 8 * channels);
            s0 = p2.fma(c2, p1.fma(c1, p0.fma(c0, s0)));
            s1 = p4.fma(c2, p3.fma(c1, p2.fma(c0, s1)));
            s2 = p6.fma(c2, p5.fma(c1, p4.fma(c0, s2)));
            s3 = p8.fma(c2, p7.fma(c1, p6.fma(c0, s3)));
            t0 = p2.fma(a2, p1.fma(a1, p0.fma(a0, t0)));
            t1 = p4.fma(a2, p3.fma(a1, p2.fma(a0, t1)));
            t2 = p6.fma(a2, p5.fma(a1, p4.fma(a0, t2)));
            t3 = p8.fma(a2, p7.fma(a1, p6.fma(a0, t3)));
            p0 = FloatVector.fromArray(F, x4, at4 + i);
            p1 = FloatVector.fromArray(F, x4, at4 + i + channels);
            p2 = FloatVector.fromArray(F, x4, at4 + i + 2 * channels);
            p3 = FloatVector.fromArray(F, x4, at4 + i + 3 * channels);
            p4 = FloatVector.fromArray(F, x4, at4 + i + 4 * channels);
            p5 = FloatVector.fromArray(F, x4, at4 + i + 5 * channels);
            p6 = FloatVector.fromArray(F, x4, at4 + i + 6 * channels);
            p7 = FloatVector.fromArray(F, x4, at4 + i + 7 * channels);
            p8 = FloatVector.fromArray(F, x4, at4 + i + 8 * channels);
            t0 = p2.fma(b2, p1.fma(b1, p0.fma(b0, t0)));
            t1 = p4.fma(b2, p3.fma(b1, p2.fma(b0, t1)));
            t2 = p6.fma(b2, p5.fma(b1, p4.fma(b0, t2)));
            t3 = p8.fma(b2, p7.fma(b1, p6.fma(b0, t3)));
            p0 = FloatVector.fromArray(F, x5, at5 + i);
            p1 = FloatVector.fromArray(F, x5, at5 + i + channels);
            p2 = FloatVector.fromArray(F, x5, at5 + i + 2 * channels);
            p3 = FloatVector.fromArray(F, x5, at5 + i + 3 * channels);
            p4 = FloatVector.fromArray(F, x5, at5 + i + 4 * channels);
            p5 = FloatVector.fromArray(F, x5, at5 + i + 5 * channels);
            p6 = FloatVector.fromArray(F, x5, at5 + i + 6 * channels);
            p7 = FloatVector.fromArray(F, x5, at5 + i + 7 * channels);
            p8 = FloatVector.fromArray(F, x5, at5 + i + 8 * channels);
            t0 = p2.fma(c2, p1.fma(c1, p0.fma(c0, t0)));
            t1 = p4.fma(c2, p3.fma(c1, p2.fma(c0, t1)));
            t2 = p6.fma(c2, p5.fma(c1, p4.fma(c0, t2)));
            t3 = p8.fma(c2, p7.fma(c1, p6.fma(c0, t3)));
            s0.intoArray(y0, to0 + i);
            s1.intoArray(y0, to0 + i + channels);
            s2.intoArray(y0, to0 + i + 2 * channels);
            s3.intoArray(y0, to0 + i + 3 * channels);
            t0.intoArray(y1, to1 + i);
            t1.intoArray(y1, to1 + i + channels);
            t2.intoArray(y1, to1 + i + 2 * channels);
            t3.intoArray(y1, to1 + i + 3 * channels);
        }
    }

    /** Two outputs below one another whose windows have three taps of each row between the sides of the image. */
    static void three(DepthwisePair pair, int at, int c, int to, int length) {
        int channels = pair.channels;
        float[] x0 = pair.x[0];
        int at0 = pair.at[0] + at;
        float[] x1 = pair.x[1];
        int at1 = pair.at[1] + at;
        float[] x2 = pair.x[2];
        int at2 = pair.at[2] + at;
        float[] x3 = pair.x[3];
        int at3 = pair.at[3] + at;
        float[] x4 = pair.x[4];
        int at4 = pair.at[4] + at;
        float[] x5 = pair.x[5];
        int at5 = pair.at[5] + at;
        float[] w = pair.w;
        int tap = pair.tap + c;
        float[] start = pair.start;
        int from = pair.startAt + c;
        float[] y0 = pair.y0;
        int to0 = pair.to0 + to;
        float[] y1 = pair.y1;
        int to1 = pair.to1 + to;
        for (int i = 0; i < length; i += LANES) {
            FloatVector s = FloatVector.fromArray(F, start, from + i);
            FloatVector t = s;
            FloatVector w0 = FloatVector.fromArray(F, w, tap + i);
            FloatVector w1 = FloatVector.fromArray(F, w, tap + i + channels);
            FloatVector w2 = FloatVector.fromArray(F, w, tap + i + 2 * channels);
            s = FloatVector.fromArray(F, x0, at0 + i).fma(w0, s);
            t = FloatVector.fromArray(F, x3, at3 + i).fma(w0, t);
            s = FloatVector.fromArray(F, x0, at0 + i + channels).fma(w1, s);
            t = FloatVector.fromArray(F, x3, at3 + i + channels).fma(w1, t);
            s = FloatVector.fromArray(F, x0, at0 + i + 2 * channels).fma(w2, s);
            t = FloatVector.fromArray(F, x3, at3 + i + 2 * channels).fma(w2, t);
            w0 = FloatVector.fromArray(F, w, tap + i + 3 * channels);
            w1 = FloatVector.fromArray(F, w, tap + i + 4 * channels);
            w2 = FloatVector.fromArray(F, w, tap + i + 5 * channels);
            s = FloatVector.fromArray(F, x1, at1 + i).fma(w0, s);
            t = FloatVector.fromArray(F, x4, at4 + i).fma(w0, t);
            s = FloatVector.fromArray(F, x1, at1 + i + channels).fma(w1, s);
            t = FloatVector.fromArray(F, x4, at4 + i + channels).fma(w1, t);
            s = FloatVector.fromArray(F, x1, at1 + i + 2 * channels).fma(w2, s);
            t = FloatVector.fromArray(F, x4, at4 + i + 2 * channels).fma(w2, t);
            w0 = FloatVector.fromArray(F, w, tap + i + 6 * channels);
            w1 = FloatVector.fromArray(F, w, tap + i + 7 * channels);
            w2 = FloatVector.fromArray(F, w, tap + i + 8 * channels);
            s = FloatVector.fromArray(F, x2, at2 + i).fma(w0, s);
            t = FloatVector.fromArray(F, x5, at5 + i).fma(w0, t);
            s = FloatVector.fromArray(F, x2, at2 + i + channels).fma(w1, s);
            t = FloatVector.fromArray(F, x5, at5 + i + channels).fma(w1, t);
            s = FloatVector.fromArray(F, x2, at2 + i + 2 * channels).fma(w2, s);
            t = FloatVector.fromArray(F, x5, at5 + i + 2 * channels).fma(w2, t);
            s.intoArray(y0, to0 + i);
            t.intoArray(y1, to1 + i);
        }
    }

    /** Two outputs of two taps of each row; {@code left} is the distance from the first tap to these. */
    static void two(DepthwisePair pair, int at, int c, int to, int length, int left) {
        int channels = pair.channels;
        float[] x0 = pair.x[0];
        int at0 = pair.at[0] + at;
        float[] x1 = pair.x[1];
        int at1 = pair.at[1] + at;
        float[] x2 = pair.x[2];
        int at2 = pair.at[2] + at;
        float[] x3 = pair.x[3];
        int at3 = pair.at[3] + at;
        float[] x4 = pair.x[4];
        int at4 = pair.at[4] + at;
        float[] x5 = pair.x[5];
        int at5 = pair.at[5] + at;
        float[] w = pair.w;
        int tap = pair.tap + left + c;
        float[] start = pair.start;
        int from = pair.startAt + c;
        float[] y0 = pair.y0;
        int to0 = pair.to0 + to;
        float[] y1 = pair.y1;
        int to1 = pair.to1 + to;
        for (int i = 0; i < length; i += LANES) {
            FloatVector s = FloatVector.fromArray(F, start, from + i);
            FloatVector t = s;
            FloatVector w0 = FloatVector.fromArray(F, w, tap + i);
            FloatVector w1 = FloatVector.fromArray(F, w, tap + i + channels);
            s = FloatVector.fromArray(F, x0, at0 + i).fma(w0, s);
            t = FloatVector.fromArray(F, x3, at3 + i).fma(w0, t);
            s = FloatVector.fromArray(F, x0, at0 + i + channels).fma(w1, s);
            t = FloatVector.fromArray(F, x3, at3 + i + channels).fma(w1, t);
            w0 = FloatVector.fromArray(F, w, tap + i + 3 * channels);
            w1 = FloatVector.fromArray(F, w, tap + i + 4 * channels);
            s = FloatVector.fromArray(F, x1, at1 + i).fma(w0, s);
            t = FloatVector.fromArray(F, x4, at4 + i).fma(w0, t);
            s = FloatVector.fromArray(F, x1, at1 + i + channels).fma(w1, s);
            t = FloatVector.fromArray(F, x4, at4 + i + channels).fma(w1, t);
            w0 = FloatVector.fromArray(F, w, tap + i + 6 * channels);
            w1 = FloatVector.fromArray(F, w, tap + i + 7 * channels);
            s = FloatVector.fromArray(F, x2, at2 + i).fma(w0, s);
            t = FloatVector.fromArray(F, x5, at5 + i).fma(w0, t);
            s = FloatVector.fromArray(F, x2, at2 + i + channels).fma(w1, s);
            t = FloatVector.fromArray(F, x5, at5 + i + channels).fma(w1, t);
            s.intoArray(y0, to0 + i);
            t.intoArray(y1, to1 + i);
        }
    }

    /** Two outputs of one tap of each row; as {@link #two}. */
    static void one(DepthwisePair pair, int at, int c, int to, int length, int left) {
        int channels = pair.channels;
        float[] x0 = pair.x[0];
        int at0 = pair.at[0] + at;
        float[] x1 = pair.x[1];
        int at1 = pair.at[1] + at;
        float[] x2 = pair.x[2];
        int at2 = pair.at[2] + at;
        float[] x3 = pair.x[3];
        int at3 = pair.at[3] + at;
        float[] x4 = pair.x[4];
        int at4 = pair.at[4] + at;
        float[] x5 = pair.x[5];
        int at5 = pair.at[5] + at;
        float[] w = pair.w;
        int tap = pair.tap + left + c;
        float[] start = pair.start;
        int from = pair.startAt + c;
        float[] y0 = pair.y0;
        int to0 = pair.to0 + to;
        float[] y1 = pair.y1;
        int to1 = pair.to1 + to;
        for (int i = 0; i < length; i += LANES) {
            FloatVector s = FloatVector.fromArray(F, start, from + i);
            FloatVector t = s;
            FloatVector w0 = FloatVector.fromArray(F, w, tap + i);
            s = FloatVector.fromArray(F, x0, at0 + i).fma(w0, s);
            t = FloatVector.fromArray(F, x3, at3 + i).fma(w0, t);
            w0 = FloatVector.fromArray(F, w, tap + i + 3 * channels);
            s = FloatVector.fromArray(F, x1, at1 + i).fma(w0, s);
            t = FloatVector.fromArray(F, x4, at4 + i).fma(w0, t);
            w0 = FloatVector.fromArray(F, w, tap + i + 6 * channels);
            s = FloatVector.fromArray(F, x2, at2 + i).fma(w0, s);
            t = FloatVector.fromArray(F, x5, at5 + i).fma(w0, t);
            s.intoArray(y0, to0 + i);
            t.intoArray(y1, to1 + i);
        }
    }
}
