package dev.lanes.numerics.kernels.vector.elementwise;

import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

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
    /** Length of the scratch for a last, incomplete vector: three operands and the result. */
    public static final int REST = 4 * LANES;

    /**
     * Computes {@code y = f(a, b, c)}; y may be any of the operands.
     *
     * @param length a multiple of the lanes
     */
    public abstract void run(
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
     * by the same loop.
     *
     * @param rest scratch of {@link #REST} values
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
            float[] rest) {
        int left = length % LANES;
        int whole = length - left;
        run(a, aAt, b, bAt, c, cAt, y, yAt, whole, first, second);
        if (left > 0) {
            for (int i = 0; i < left; i++) {
                rest[i] = a[aAt + whole + i];
                rest[LANES + i] = b[bAt + whole + i];
                rest[2 * LANES + i] = c[cAt + whole + i];
            }
            run(rest, 0, rest, LANES, rest, 2 * LANES, rest, 3 * LANES, LANES, first, second);
            for (int i = 0; i < left; i++) {
                y[yAt + whole + i] = rest[3 * LANES + i];
            }
        }
    }

    /** Computes {@code y = f(a)} over any length. */
    public final void run(float[] a, int aAt, float[] y, int yAt, int length, float first, float second, float[] rest) {
        run(a, aAt, a, aAt, a, aAt, y, yAt, length, first, second, rest);
    }

    /** Computes {@code y = f(a, b)} over any length. */
    public final void run(
            float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int length, float first, float[] rest) {
        run(a, aAt, b, bAt, a, aAt, y, yAt, length, first, 0f, rest);
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
