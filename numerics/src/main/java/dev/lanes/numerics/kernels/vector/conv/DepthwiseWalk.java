package dev.lanes.numerics.kernels.vector.conv;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;

import jdk.incubator.vector.FloatVector;

/**
 * The inner loops of {@link Conv2dDepthwise3x3} along two lines of outputs, for one vector of channels: its taps stay in
 * registers, and so do the pixels that the next outputs see again. Sums run from the bias on over (kh, kw) ascending.
 */
final class DepthwiseWalk {
    private DepthwiseWalk() {}

    /**
     * A window that moves by one pixel.
     *
     * @param at where in its line the first pixel's channels stand
     * @param c the first of the channels
     * @param to where in its line of outputs the first output's channels stand
     * @param count outputs
     */
    static void dense(DepthwisePair pair, int at, int c, int to, int count) {
        int channels = pair.channels;
        float[] x0 = pair.x[0];
        int at0 = pair.at[0] + at;
        float[] x1 = pair.x[1];
        int at1 = pair.at[1] + at;
        float[] x2 = pair.x[2];
        int at2 = pair.at[2] + at;
        float[] x5 = pair.x[5];
        int at5 = pair.at[5] + at;
        float[] y0 = pair.y0;
        int to0 = pair.to0 + to;
        float[] y1 = pair.y1;
        int to1 = pair.to1 + to;
        FloatVector start = FloatVector.fromArray(F, pair.start, pair.startAt + c);
        FloatVector w0 = FloatVector.fromArray(F, pair.w, pair.tap + c + 0 * channels);
        FloatVector w1 = FloatVector.fromArray(F, pair.w, pair.tap + c + 1 * channels);
        FloatVector w2 = FloatVector.fromArray(F, pair.w, pair.tap + c + 2 * channels);
        FloatVector w3 = FloatVector.fromArray(F, pair.w, pair.tap + c + 3 * channels);
        FloatVector w4 = FloatVector.fromArray(F, pair.w, pair.tap + c + 4 * channels);
        FloatVector w5 = FloatVector.fromArray(F, pair.w, pair.tap + c + 5 * channels);
        FloatVector w6 = FloatVector.fromArray(F, pair.w, pair.tap + c + 6 * channels);
        FloatVector w7 = FloatVector.fromArray(F, pair.w, pair.tap + c + 7 * channels);
        FloatVector w8 = FloatVector.fromArray(F, pair.w, pair.tap + c + 8 * channels);
        FloatVector a0 = FloatVector.fromArray(F, x0, at0);
        FloatVector a1 = FloatVector.fromArray(F, x1, at1);
        FloatVector a2 = FloatVector.fromArray(F, x2, at2);
        FloatVector a3 = FloatVector.fromArray(F, x5, at5);
        at0 += channels;
        at1 += channels;
        at2 += channels;
        at5 += channels;
        FloatVector b0 = FloatVector.fromArray(F, x0, at0);
        FloatVector b1 = FloatVector.fromArray(F, x1, at1);
        FloatVector b2 = FloatVector.fromArray(F, x2, at2);
        FloatVector b3 = FloatVector.fromArray(F, x5, at5);
        at0 += channels;
        at1 += channels;
        at2 += channels;
        at5 += channels;
        for (int i = 0; i < count; i++) {
            FloatVector c0 = FloatVector.fromArray(F, x0, at0);
            FloatVector c1 = FloatVector.fromArray(F, x1, at1);
            FloatVector c2 = FloatVector.fromArray(F, x2, at2);
            FloatVector c3 = FloatVector.fromArray(F, x5, at5);
            c2.fma(
                            w8,
                            b2.fma(
                                    w7,
                                    a2.fma(
                                            w6,
                                            c1.fma(
                                                    w5,
                                                    b1.fma(
                                                            w4,
                                                            a1.fma(w3, c0.fma(w2, b0.fma(w1, a0.fma(w0, start)))))))))
                    .intoArray(y0, to0);
            c3.fma(
                            w8,
                            b3.fma(
                                    w7,
                                    a3.fma(
                                            w6,
                                            c2.fma(
                                                    w5,
                                                    b2.fma(
                                                            w4,
                                                            a2.fma(w3, c1.fma(w2, b1.fma(w1, a1.fma(w0, start)))))))))
                    .intoArray(y1, to1);
            at0 += channels;
            at1 += channels;
            at2 += channels;
            at5 += channels;
            to0 += channels;
            to1 += channels;
            a0 = b0;
            b0 = c0;
            a1 = b1;
            b1 = c1;
            a2 = b2;
            b2 = c2;
            a3 = b3;
            b3 = c3;
        }
    }

    /** As {@link #dense} with a window that moves by two pixels. */
    static void strided(DepthwisePair pair, int at, int c, int to, int count) {
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
        float[] y0 = pair.y0;
        int to0 = pair.to0 + to;
        float[] y1 = pair.y1;
        int to1 = pair.to1 + to;
        FloatVector start = FloatVector.fromArray(F, pair.start, pair.startAt + c);
        FloatVector w0 = FloatVector.fromArray(F, pair.w, pair.tap + c + 0 * channels);
        FloatVector w1 = FloatVector.fromArray(F, pair.w, pair.tap + c + 1 * channels);
        FloatVector w2 = FloatVector.fromArray(F, pair.w, pair.tap + c + 2 * channels);
        FloatVector w3 = FloatVector.fromArray(F, pair.w, pair.tap + c + 3 * channels);
        FloatVector w4 = FloatVector.fromArray(F, pair.w, pair.tap + c + 4 * channels);
        FloatVector w5 = FloatVector.fromArray(F, pair.w, pair.tap + c + 5 * channels);
        FloatVector w6 = FloatVector.fromArray(F, pair.w, pair.tap + c + 6 * channels);
        FloatVector w7 = FloatVector.fromArray(F, pair.w, pair.tap + c + 7 * channels);
        FloatVector w8 = FloatVector.fromArray(F, pair.w, pair.tap + c + 8 * channels);
        FloatVector a0 = FloatVector.fromArray(F, x0, at0);
        FloatVector a1 = FloatVector.fromArray(F, x1, at1);
        FloatVector a2 = FloatVector.fromArray(F, x2, at2);
        FloatVector a3 = FloatVector.fromArray(F, x4, at4);
        FloatVector a4 = FloatVector.fromArray(F, x5, at5);
        at0 += channels;
        at1 += channels;
        at2 += channels;
        at4 += channels;
        at5 += channels;
        for (int i = 0; i < count; i++) {
            FloatVector b0 = FloatVector.fromArray(F, x0, at0);
            FloatVector b1 = FloatVector.fromArray(F, x1, at1);
            FloatVector b2 = FloatVector.fromArray(F, x2, at2);
            FloatVector b3 = FloatVector.fromArray(F, x4, at4);
            FloatVector b4 = FloatVector.fromArray(F, x5, at5);
            FloatVector c0 = FloatVector.fromArray(F, x0, at0 + channels);
            FloatVector c1 = FloatVector.fromArray(F, x1, at1 + channels);
            FloatVector c2 = FloatVector.fromArray(F, x2, at2 + channels);
            FloatVector c3 = FloatVector.fromArray(F, x4, at4 + channels);
            FloatVector c4 = FloatVector.fromArray(F, x5, at5 + channels);
            c2.fma(
                            w8,
                            b2.fma(
                                    w7,
                                    a2.fma(
                                            w6,
                                            c1.fma(
                                                    w5,
                                                    b1.fma(
                                                            w4,
                                                            a1.fma(w3, c0.fma(w2, b0.fma(w1, a0.fma(w0, start)))))))))
                    .intoArray(y0, to0);
            c4.fma(
                            w8,
                            b4.fma(
                                    w7,
                                    a4.fma(
                                            w6,
                                            c3.fma(
                                                    w5,
                                                    b3.fma(
                                                            w4,
                                                            a3.fma(w3, c2.fma(w2, b2.fma(w1, a2.fma(w0, start)))))))))
                    .intoArray(y1, to1);
            at0 += 2 * channels;
            at1 += 2 * channels;
            at2 += 2 * channels;
            at4 += 2 * channels;
            at5 += 2 * channels;
            to0 += channels;
            to1 += channels;
            a0 = c0;
            a1 = c1;
            a2 = c2;
            a3 = c3;
            a4 = c4;
        }
    }
}
