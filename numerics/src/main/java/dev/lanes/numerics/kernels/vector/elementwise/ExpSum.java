package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.kernels.vector.simd.SumLanes;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The exponentials of a row of softmax and their sum, in one loop: {@code y = 2^SHIFT * exp(x - maximum)}. The power of
 * two, which {@code y / sum} loses again, keeps all that is not 0 in the end within the normal numbers.
 *
 * <p>The sum is that of {@link SumLanes}: each vector is added to its place among the 64 parts. The
 * class of the loop is made by {@link Flattening} from {@link ExpSumBody}, as a {@link LaneLoop} is.
 */
public abstract class ExpSum {
    /** The binary logarithm of what the results are too large by. */
    public static final int SHIFT = SoftmaxFunctions.SHIFT;

    private static final ExpSum LOOP =
            Flattening.instance(ExpSum.class, ExpSumBody.class, ExpSumBody.PLACE, SoftmaxFunctions.class, "shifted");

    /**
     * Computes whole vectors, and adds them to the parts in turn.
     *
     * @param length a multiple of the lanes
     * @param at where the parts begin
     */
    abstract void whole(int length, float[] x, int from, float[] y, int to, float maximum, float[] parts, int at);

    /**
     * Computes a row, y may be x; returns the sum.
     *
     * @param maximum the largest of the row
     * @param parts scratch of {@link SumLanes#PARTS} values
     * @param rest scratch of {@link LaneLoop#SCRATCH} values
     */
    public static float of(
            float[] x, int from, float[] y, int to, int length, float maximum, float[] parts, float[] rest) {
        Arrays.fill(parts, 0, SumLanes.PARTS, 0f);
        int left = length % LANES;
        int whole = length - left;
        if (left == 0) {
            LOOP.whole(whole, x, from, y, to, maximum, parts, 0);
        } else if (whole == 0) {
            Arrays.fill(rest, left, LANES, Float.NEGATIVE_INFINITY); // whose exponential is 0
            System.arraycopy(x, from, rest, 0, left);
            LOOP.whole(LANES, rest, 0, rest, LANES, maximum, parts, 0);
            System.arraycopy(rest, LANES, y, to, left);
        } else {
            withLast(x, from, y, to, length, maximum, parts, rest);
        }
        return SumLanes.fold(parts, SumLanes.PARTS / 2);
    }

    /**
     * The last vector reaches back over elements that are computed again, before x gives way to y; of it only those count
     * that are left, which are followed by zeros.
     */
    private static void withLast(
            float[] x, int from, float[] y, int to, int length, float maximum, float[] parts, float[] rest) {
        int left = length % LANES;
        int last = length - LANES;
        LOOP.whole(LANES, x, from + last, rest, 0, maximum, rest, 2 * LANES);
        FloatVector.zero(F).intoArray(rest, LANES);
        LOOP.whole(length - left, x, from, y, to, maximum, parts, 0);
        FloatVector.fromArray(F, rest, 0).intoArray(y, to + last);
        int part = (length - left) % SumLanes.PARTS;
        FloatVector.fromArray(F, parts, part)
                .add(FloatVector.fromArray(F, rest, LANES - left))
                .intoArray(parts, part);
    }
}
