package dev.lanes.numerics.kernels.vector.conv;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * The inner loops of depthwise convolution: one vector of channels along a line of outputs, whose pixels are adjacent
 * vectors of x. The taps lie behind one another in w, after the bias that every output begins at. An output is written
 * once and read never, so it may be computed twice.
 */
final class DepthwiseLines {
    /** Outputs of a step, so that their chains of additions overlap. */
    static final int STEP = 4;

    private DepthwiseLines() {}

    /**
     * A 3x3 window without holes that moves by one pixel: neighbouring outputs share their pixels.
     *
     * @param xLine distance in x between lines of outputs
     * @param count outputs of a line, a multiple of {@link #STEP}
     * @param down distance in x between the window's rows
     * @param yLine distance in y between lines, {@code yStep} between outputs
     */
    static void nineDense(
            int lines,
            int xLine,
            int count,
            float[] x,
            int xAt,
            int down,
            float[] w,
            float[] y,
            int yAt,
            int yLine,
            int yStep) {
        FloatVector start = FloatVector.fromArray(F, w, 0);
        FloatVector w0 = FloatVector.fromArray(F, w, LANES);
        FloatVector w1 = FloatVector.fromArray(F, w, 2 * LANES);
        FloatVector w2 = FloatVector.fromArray(F, w, 3 * LANES);
        FloatVector w3 = FloatVector.fromArray(F, w, 4 * LANES);
        FloatVector w4 = FloatVector.fromArray(F, w, 5 * LANES);
        FloatVector w5 = FloatVector.fromArray(F, w, 6 * LANES);
        FloatVector w6 = FloatVector.fromArray(F, w, 7 * LANES);
        FloatVector w7 = FloatVector.fromArray(F, w, 8 * LANES);
        FloatVector w8 = FloatVector.fromArray(F, w, 9 * LANES);
        for (int line = 0; line < lines; line++) {
            int top = xAt + line * xLine;
            int middle = top + down;
            int bottom = middle + down;
            int to = yAt + line * yLine;
            for (int i = 0; i < count; i += STEP) {
                int at = i * LANES;
                FloatVector x0 = FloatVector.fromArray(F, x, top + at);
                FloatVector x1 = FloatVector.fromArray(F, x, top + at + LANES);
                FloatVector x2 = FloatVector.fromArray(F, x, top + at + 2 * LANES);
                FloatVector x3 = FloatVector.fromArray(F, x, top + at + 3 * LANES);
                FloatVector x4 = FloatVector.fromArray(F, x, top + at + 4 * LANES);
                FloatVector x5 = FloatVector.fromArray(F, x, top + at + 5 * LANES);
                FloatVector s0 = x2.fma(w2, x1.fma(w1, x0.fma(w0, start)));
                FloatVector s1 = x3.fma(w2, x2.fma(w1, x1.fma(w0, start)));
                FloatVector s2 = x4.fma(w2, x3.fma(w1, x2.fma(w0, start)));
                FloatVector s3 = x5.fma(w2, x4.fma(w1, x3.fma(w0, start)));
                x0 = FloatVector.fromArray(F, x, middle + at);
                x1 = FloatVector.fromArray(F, x, middle + at + LANES);
                x2 = FloatVector.fromArray(F, x, middle + at + 2 * LANES);
                x3 = FloatVector.fromArray(F, x, middle + at + 3 * LANES);
                x4 = FloatVector.fromArray(F, x, middle + at + 4 * LANES);
                x5 = FloatVector.fromArray(F, x, middle + at + 5 * LANES);
                s0 = x2.fma(w5, x1.fma(w4, x0.fma(w3, s0)));
                s1 = x3.fma(w5, x2.fma(w4, x1.fma(w3, s1)));
                s2 = x4.fma(w5, x3.fma(w4, x2.fma(w3, s2)));
                s3 = x5.fma(w5, x4.fma(w4, x3.fma(w3, s3)));
                x0 = FloatVector.fromArray(F, x, bottom + at);
                x1 = FloatVector.fromArray(F, x, bottom + at + LANES);
                x2 = FloatVector.fromArray(F, x, bottom + at + 2 * LANES);
                x3 = FloatVector.fromArray(F, x, bottom + at + 3 * LANES);
                x4 = FloatVector.fromArray(F, x, bottom + at + 4 * LANES);
                x5 = FloatVector.fromArray(F, x, bottom + at + 5 * LANES);
                x2.fma(w8, x1.fma(w7, x0.fma(w6, s0))).intoArray(y, to);
                x3.fma(w8, x2.fma(w7, x1.fma(w6, s1))).intoArray(y, to + yStep);
                x4.fma(w8, x3.fma(w7, x2.fma(w6, s2))).intoArray(y, to + 2 * yStep);
                x5.fma(w8, x4.fma(w7, x3.fma(w6, s3))).intoArray(y, to + 3 * yStep);
                to += STEP * yStep;
            }
        }
    }

    /**
     * Any 3x3 window, one output at a time.
     *
     * @param step distance in x between the outputs' windows
     * @param down distance in x between the window's rows, {@code right} between its columns
     */
    static void nine(
            int lines,
            int xLine,
            int count,
            float[] x,
            int xAt,
            int step,
            int down,
            int right,
            float[] w,
            float[] y,
            int yAt,
            int yLine,
            int yStep) {
        FloatVector start = FloatVector.fromArray(F, w, 0);
        FloatVector w0 = FloatVector.fromArray(F, w, LANES);
        FloatVector w1 = FloatVector.fromArray(F, w, 2 * LANES);
        FloatVector w2 = FloatVector.fromArray(F, w, 3 * LANES);
        FloatVector w3 = FloatVector.fromArray(F, w, 4 * LANES);
        FloatVector w4 = FloatVector.fromArray(F, w, 5 * LANES);
        FloatVector w5 = FloatVector.fromArray(F, w, 6 * LANES);
        FloatVector w6 = FloatVector.fromArray(F, w, 7 * LANES);
        FloatVector w7 = FloatVector.fromArray(F, w, 8 * LANES);
        FloatVector w8 = FloatVector.fromArray(F, w, 9 * LANES);
        for (int line = 0; line < lines; line++) {
            int top = xAt + line * xLine;
            int middle = top + down;
            int bottom = middle + down;
            int to = yAt + line * yLine;
            for (int i = 0; i < count; i++) {
                FloatVector sum = FloatVector.fromArray(F, x, top).fma(w0, start);
                sum = FloatVector.fromArray(F, x, top + right).fma(w1, sum);
                sum = FloatVector.fromArray(F, x, top + 2 * right).fma(w2, sum);
                sum = FloatVector.fromArray(F, x, middle).fma(w3, sum);
                sum = FloatVector.fromArray(F, x, middle + right).fma(w4, sum);
                sum = FloatVector.fromArray(F, x, middle + 2 * right).fma(w5, sum);
                sum = FloatVector.fromArray(F, x, bottom).fma(w6, sum);
                sum = FloatVector.fromArray(F, x, bottom + right).fma(w7, sum);
                sum = FloatVector.fromArray(F, x, bottom + 2 * right).fma(w8, sum);
                sum.intoArray(y, to);
                top += step;
                middle += step;
                bottom += step;
                to += yStep;
            }
        }
    }

    /** Four outputs under any window of {@code kH x kW} taps; the distances are those of {@link #nine}. */
    static void four(
            int kH,
            int kW,
            float[] x,
            int xAt,
            int step,
            int down,
            int right,
            float[] w,
            float[] y,
            int yAt,
            int yStep) {
        FloatVector s0 = FloatVector.fromArray(F, w, 0);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int q = LANES;
        for (int kh = 0; kh < kH; kh++) {
            int p = xAt + kh * down;
            for (int kw = 0; kw < kW; kw++) {
                FloatVector tap = FloatVector.fromArray(F, w, q);
                s0 = FloatVector.fromArray(F, x, p).fma(tap, s0);
                s1 = FloatVector.fromArray(F, x, p + step).fma(tap, s1);
                s2 = FloatVector.fromArray(F, x, p + 2 * step).fma(tap, s2);
                s3 = FloatVector.fromArray(F, x, p + 3 * step).fma(tap, s3);
                p += right;
                q += LANES;
            }
        }
        s0.intoArray(y, yAt);
        s1.intoArray(y, yAt + yStep);
        s2.intoArray(y, yAt + 2 * yStep);
        s3.intoArray(y, yAt + 3 * yStep);
    }

    /** One output under any window; as {@link #four}. */
    static void one(int kH, int kW, float[] x, int xAt, int down, int right, float[] w, float[] y, int yAt) {
        FloatVector sum = FloatVector.fromArray(F, w, 0);
        int q = LANES;
        for (int kh = 0; kh < kH; kh++) {
            int p = xAt + kh * down;
            for (int kw = 0; kw < kW; kw++) {
                sum = FloatVector.fromArray(F, x, p).fma(FloatVector.fromArray(F, w, q), sum);
                p += right;
                q += LANES;
            }
        }
        sum.intoArray(y, yAt);
    }
}
