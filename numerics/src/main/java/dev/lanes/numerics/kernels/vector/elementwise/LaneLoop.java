package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.F;
import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * A loop that computes a function of every element over arrays of whole vectors; one class for each function.
 *
 * <p>One loop for all functions would call them through an interface: once the compiler has seen three of them it does
 * not inline such a call, and a vector that is passed to a call is an object on the heap. Written out by hand, the loops
 * would be dozens of copies, and each would need the whole of its function in its own text, because the compiler also
 * stops inlining static methods after some sixty operations on vectors. So {@link #of} makes the class: that of {@link
 * LaneLoopBody}, with the code of the function and of all that it calls in this package put in its place.
 */
public abstract class LaneLoop {
    /** Length of the scratch of one thread: a last, incomplete vector's operands and result. */
    public static final int SCRATCH = 4 * LANES;

    /**
     * Computes {@code y = f(a, b, c)}; y may be any of the operands.
     *
     * @param length a multiple of the lanes
     */
    abstract void whole(
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] c,
            int cAt,
            float[] y,
            int yAt,
            int length,
            float first,
            float second);

    /**
     * Computes {@code y = f(a, b, c)} over any length: what is left behind the last whole vector is computed in scratch,
     * by the same loop; y may be any of the operands.
     *
     * @param scratch of {@link #SCRATCH} values, of this thread alone
     */
    public final void run(
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            float[] c,
            int cAt,
            float[] y,
            int yAt,
            int length,
            float first,
            float second,
            float[] scratch) {
        int left = length % LANES;
        int whole = length - left;
        int to = 3 * LANES;
        if (left == 0) {
            whole(a, aAt, b, bAt, c, cAt, y, yAt, length, first, second);
        } else if (whole == 0) {
            System.arraycopy(a, aAt, scratch, 0, left);
            System.arraycopy(b, bAt, scratch, LANES, left);
            System.arraycopy(c, cAt, scratch, 2 * LANES, left);
            whole(scratch, 0, scratch, LANES, scratch, 2 * LANES, scratch, to, LANES, first, second);
            System.arraycopy(scratch, to, y, yAt, left);
        } else { // the last vector reaches back: it is computed before an operand gives way to y
            int last = length - LANES;
            whole(a, aAt + last, b, bAt + last, c, cAt + last, scratch, to, LANES, first, second);
            whole(a, aAt, b, bAt, c, cAt, y, yAt, whole, first, second);
            FloatVector.fromArray(F, scratch, to).intoArray(y, yAt + last);
        }
    }

    /** Computes {@code y = f(a)} over any length. */
    public final void run(
            float[] a, int aAt, float[] y, int yAt, int length, float first, float second, float[] scratch) {
        run(a, aAt, a, aAt, a, aAt, y, yAt, length, first, second, scratch);
    }

    /** Computes {@code y = f(a, b)} over any length. */
    public final void run(
            float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int length, float first, float[] scratch) {
        run(a, aAt, b, bAt, a, aAt, y, yAt, length, first, 0f, scratch);
    }

    /**
     * Returns the loop of a function.
     *
     * @param holder a class of this package
     * @param function the name of its static method, which takes up to three vectors and then up to two floats, returns
     *     a vector, and, with all that it calls in this package, neither branches nor loops
     */
    public static LaneLoop of(Class<?> holder, String function) {
        return Flattening.instance(LaneLoop.class, LaneLoopBody.class, LaneLoopBody.PLACE, holder, function);
    }
}
