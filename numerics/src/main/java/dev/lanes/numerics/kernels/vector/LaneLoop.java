package dev.lanes.numerics.kernels.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A loop that computes a function of every element over arrays of whole vectors; one class for each function.
 *
 * <p>One loop for all functions would call them through an interface: once the compiler has seen three of them it does
 * not inline such a call, and a vector that is passed to a call is an object on the heap. Written out by hand, the loops
 * would be dozens of copies, and each would need the whole of its function in its own text, because the compiler also
 * stops inlining static methods after some sixty operations on vectors. So {@link #of} makes the class: that of {@link
 * LaneLoopBody}, with the code of the function and of all that it calls in this package put in its place.
 */
abstract class LaneLoop {
    /**
     * Computes {@code y = f(a, b, c)}; y may be any of the operands.
     *
     * @param length a multiple of the lanes
     */
    abstract void run(
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
     * Returns the loop of a function.
     *
     * @param holder a class of this package
     * @param function the name of its static method, which takes up to three vectors and then up to two floats, returns
     *     a vector, and, with all that it calls in this package, neither branches nor loops
     */
    static LaneLoop of(Class<?> holder, String function) {
        byte[] code = Flattening.of(LaneLoopBody.class, "run", LaneLoopBody.PLACE, holder, function);
        try {
            MethodHandles.Lookup made = MethodHandles.lookup().defineHiddenClass(code, true);
            return (LaneLoop) made.findConstructor(made.lookupClass(), MethodType.methodType(void.class))
                    .invoke();
        } catch (Throwable e) {
            throw new IllegalStateException("no loop for " + holder.getSimpleName() + "." + function, e);
        }
    }
}
