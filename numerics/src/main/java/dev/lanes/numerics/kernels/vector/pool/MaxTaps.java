package dev.lanes.numerics.kernels.vector.pool;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.I;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.kernels.vector.conv.WindowTaps;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Maximum pooling of one window of any form, by the list of its taps.
 *
 * <p>A tap is kept out by one comparison, {@code tap <= best}, which is also false for a NaN: a NaN gets in, but the next
 * tap would put it out again. The sum of all taps tells whether there was one; then, and only then, the pair of vectors is
 * computed anew with both comparisons.
 */
final class MaxTaps {
    private static final int PAIR = 2 * LANES;

    private MaxTaps() {}

    /** The maxima of one window. */
    static void values(WindowTaps window, int channels, float[] x, int source, float[] y, int at) {
        int[] distances = window.distances;
        int count = window.count;
        int c = 0;
        for (; c <= channels - PAIR; c += PAIR) {
            FloatVector best0 = FloatVector.fromArray(F, x, source + c + distances[0]);
            FloatVector best1 = FloatVector.fromArray(F, x, source + c + distances[0] + LANES);
            FloatVector sum0 = best0;
            FloatVector sum1 = best1;
            for (int t = 1; t < count; t++) {
                int tap = source + c + distances[t];
                FloatVector next0 = FloatVector.fromArray(F, x, tap);
                FloatVector next1 = FloatVector.fromArray(F, x, tap + LANES);
                best0 = next0.blend(best0, next0.compare(VectorOperators.LE, best0));
                best1 = next1.blend(best1, next1.compare(VectorOperators.LE, best1));
                sum0 = sum0.add(next0);
                sum1 = sum1.add(next1);
            }
            best0.intoArray(y, at + c);
            best1.intoArray(y, at + c + LANES);
            if (mayHoldNan(sum0, sum1)) {
                exact(window, x, source + c, y, at + c, null, 0);
                exact(window, x, source + c + LANES, y, at + c + LANES, null, 0);
            }
        }
        rest(window, c, channels, x, source, y, at, null, 0);
    }

    /** The maxima of one window, and the number of the tap that won. */
    static void winners(
            WindowTaps window, int channels, float[] x, int source, float[] y, int at, int[] switches, int to) {
        int[] distances = window.distances;
        int[] numbers = window.numbers;
        int count = window.count;
        int c = 0;
        for (; c <= channels - PAIR; c += PAIR) {
            FloatVector best0 = FloatVector.fromArray(F, x, source + c + distances[0]);
            FloatVector best1 = FloatVector.fromArray(F, x, source + c + distances[0] + LANES);
            FloatVector sum0 = best0;
            FloatVector sum1 = best1;
            IntVector winner0 = IntVector.broadcast(I, numbers[0]);
            IntVector winner1 = winner0;
            for (int t = 1; t < count; t++) {
                int tap = source + c + distances[t];
                FloatVector next0 = FloatVector.fromArray(F, x, tap);
                FloatVector next1 = FloatVector.fromArray(F, x, tap + LANES);
                IntVector number = IntVector.broadcast(I, numbers[t]);
                VectorMask<Float> stays0 = next0.compare(VectorOperators.LE, best0);
                VectorMask<Float> stays1 = next1.compare(VectorOperators.LE, best1);
                best0 = next0.blend(best0, stays0);
                best1 = next1.blend(best1, stays1);
                winner0 = number.blend(winner0, stays0.cast(I));
                winner1 = number.blend(winner1, stays1.cast(I));
                sum0 = sum0.add(next0);
                sum1 = sum1.add(next1);
            }
            best0.intoArray(y, at + c);
            best1.intoArray(y, at + c + LANES);
            winner0.intoArray(switches, to + c);
            winner1.intoArray(switches, to + c + LANES);
            if (mayHoldNan(sum0, sum1)) {
                exact(window, x, source + c, y, at + c, switches, to + c);
                exact(window, x, source + c + LANES, y, at + c + LANES, switches, to + c + LANES);
            }
        }
        rest(window, c, channels, x, source, y, at, switches, to);
    }

    private static boolean mayHoldNan(FloatVector sum0, FloatVector sum1) {
        FloatVector sum = sum0.add(sum1);
        return sum.compare(VectorOperators.NE, sum).anyTrue();
    }

    /** One vector, with the second comparison that keeps a NaN. */
    private static void exact(WindowTaps window, float[] x, int source, float[] y, int at, int[] switches, int to) {
        FloatVector best = FloatVector.fromArray(F, x, source + window.distances[0]);
        IntVector winner = IntVector.broadcast(I, window.numbers[0]);
        for (int t = 1; t < window.count; t++) {
            FloatVector next = FloatVector.fromArray(F, x, source + window.distances[t]);
            VectorMask<Float> stays = next.compare(VectorOperators.LE, best).or(best.compare(VectorOperators.NE, best));
            best = next.blend(best, stays);
            winner = IntVector.broadcast(I, window.numbers[t]).blend(winner, stays.cast(I));
        }
        best.intoArray(y, at);
        if (switches != null) {
            winner.intoArray(switches, to);
        }
    }

    /** The channels from {@code c} on, which do not fill a pair of vectors. */
    private static void rest(
            WindowTaps window,
            int first,
            int channels,
            float[] x,
            int source,
            float[] y,
            int at,
            int[] switches,
            int to) {
        int c = first;
        for (; c <= channels - LANES; c += LANES) {
            exact(window, x, source + c, y, at + c, switches, to + c);
        }
        for (; c < channels; c++) {
            float best = x[source + c + window.distances[0]];
            int winner = window.numbers[0];
            for (int t = 1; t < window.count; t++) {
                float next = x[source + c + window.distances[t]];
                if (!(next <= best) && best == best) {
                    best = next;
                    winner = window.numbers[t];
                }
            }
            y[at + c] = best;
            if (switches != null) {
                switches[to + c] = winner;
            }
        }
    }
}
