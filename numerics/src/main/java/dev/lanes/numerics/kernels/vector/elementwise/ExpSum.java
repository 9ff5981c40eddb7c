package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.kernels.vector.simd.SumLanes;
import java.util.Arrays;

/**
 * The exponentials of a row of softmax and their sum, in one loop: {@code y = 2^SHIFT * exp(x - maximum)}. The power of
 * two, which {@code y / sum} loses again, keeps all that is not 0 in the end within the normal numbers.
 *
 * <p>The sum is that of {@link SumLanes}: each vector's width of the 64 parts is summed along the row on its own. The
 * class of the loop is made by {@link Flattening} from {@link ExpSumBody}, as a {@link LaneLoop} is.
 */
public abstract class ExpSum {
    /** The binary logarithm of what the results are too large by. */
    public static final int SHIFT = SoftmaxFunctions.SHIFT;

    private static final ExpSum LOOP =
            Flattening.instance(ExpSum.class, ExpSumBody.class, ExpSumBody.PLACE, SoftmaxFunctions.class, "shifted");

    /**
     * Computes every fourth vector, or as many as it takes to make 64 elements, and adds them to a vector of the parts.
     *
     * @param count vectors
     * @param lane where in the parts
     */
    abstract void whole(int count, float[] x, int from, float[] y, int to, float maximum, float[] parts, int lane);

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
        for (int lane = 0; lane < Math.min(whole, SumLanes.PARTS); lane += LANES) {
            int count = (whole - lane - LANES) / SumLanes.PARTS + 1;
            LOOP.whole(count, x, from + lane, y, to + lane, maximum, parts, lane);
        }
        if (left > 0) {
            Arrays.fill(rest, left, LANES, Float.NEGATIVE_INFINITY); // whose exponential is 0
            System.arraycopy(x, from + whole, rest, 0, left);
            LOOP.whole(1, rest, 0, rest, LANES, maximum, parts, whole % SumLanes.PARTS);
            System.arraycopy(rest, LANES, y, to + whole, left);
        }
        return SumLanes.fold(parts, SumLanes.PARTS / 2);
    }
}
