package dev.lanes.numerics.kernels.vector.pool;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.kernels.vector.simd.Simd;
import jdk.incubator.vector.FloatVector;

/** The inner loops of average pooling; taps are added in their order, from 0 on. */
final class AverageWindows {
    /** Taps that {@link #taps} adds. */
    static final int TAPS = 7;

    private AverageWindows() {}

    /**
     * The averages of windows of 2x2 pixels inside the image, along a line, for one vector of channels.
     *
     * @param count outputs
     * @param row0 the first channel of the first window's first pixel, then that of the rows below it
     * @param step distance in x between windows, {@code right} between a window's columns
     * @param yStep distance in y between outputs
     */
    static void four(
            int count, float scale, float[] x, int row0, int row1, int step, int right, float[] y, int at, int yStep) {
        int at0 = row0;
        int at1 = row1;
        int out = at;
        for (int i = 0; i < count; i++) {
            FloatVector sum = Simd.zero();
            sum = sum.add(FloatVector.fromArray(F, x, at0));
            sum = sum.add(FloatVector.fromArray(F, x, at0 + right));
            sum = sum.add(FloatVector.fromArray(F, x, at1));
            sum = sum.add(FloatVector.fromArray(F, x, at1 + right));
            sum.mul(scale).intoArray(y, out);
            at0 += step;
            at1 += step;
            out += yStep;
        }
    }

    /** As {@link #four} with windows of 3x3 pixels. */
    static void nine(
            int count,
            float scale,
            float[] x,
            int row0,
            int row1,
            int row2,
            int step,
            int right,
            float[] y,
            int at,
            int yStep) {
        int at0 = row0;
        int at1 = row1;
        int at2 = row2;
        int out = at;
        for (int i = 0; i < count; i++) {
            FloatVector sum = Simd.zero();
            sum = sum.add(FloatVector.fromArray(F, x, at0));
            sum = sum.add(FloatVector.fromArray(F, x, at0 + right));
            sum = sum.add(FloatVector.fromArray(F, x, at0 + 2 * right));
            sum = sum.add(FloatVector.fromArray(F, x, at1));
            sum = sum.add(FloatVector.fromArray(F, x, at1 + right));
            sum = sum.add(FloatVector.fromArray(F, x, at1 + 2 * right));
            sum = sum.add(FloatVector.fromArray(F, x, at2));
            sum = sum.add(FloatVector.fromArray(F, x, at2 + right));
            sum = sum.add(FloatVector.fromArray(F, x, at2 + 2 * right));
            sum.mul(scale).intoArray(y, out);
            at0 += step;
            at1 += step;
            at2 += step;
            out += yStep;
        }
    }

    /** Adds four taps, from {@code first} on, to the sums of many channels, a multiple of the lanes. */
    static void taps(int length, float[] x, int source, int[] distances, int first, float[] sums, int at) {
        int t0 = source + distances[first];
        int t1 = source + distances[first + 1];
        int t2 = source + distances[first + 2];
        int t3 = source + distances[first + 3];
        int t4 = source + distances[first + 4];
        int t5 = source + distances[first + 5];
        int t6 = source + distances[first + 6];
        for (int i = 0; i < length; i += LANES) {
            FloatVector sum = FloatVector.fromArray(F, sums, at + i);
            sum = sum.add(FloatVector.fromArray(F, x, t0 + i));
            sum = sum.add(FloatVector.fromArray(F, x, t1 + i));
            sum = sum.add(FloatVector.fromArray(F, x, t2 + i));
            sum = sum.add(FloatVector.fromArray(F, x, t3 + i));
            sum = sum.add(FloatVector.fromArray(F, x, t4 + i));
            sum = sum.add(FloatVector.fromArray(F, x, t5 + i));
            sum = sum.add(FloatVector.fromArray(F, x, t6 + i));
            sum.intoArray(sums, at + i);
        }
    }

    /** Adds one tap to the sums of many channels. */
    static void tap(int length, float[] x, int source, float[] sums, int at) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector.fromArray(F, sums, at + i)
                    .add(FloatVector.fromArray(F, x, source + i))
                    .intoArray(sums, at + i);
        }
    }

    /** Multiplies the sums of many channels. */
    static void scale(int length, float scale, float[] sums, int at) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector.fromArray(F, sums, at + i).mul(scale).intoArray(sums, at + i);
        }
    }
}
