package dev.lanes.layers.autodiff;

import dev.lanes.numerics.Tensor;

/**
 * Where {@link Op#vjp} puts the gradients by its inputs. The tape adds up what several uses of a value contribute; an op
 * always writes as if it were the only one. Used by one thread, and only during the call it was made for.
 */
public interface Cotangents {
    /** Tells whether anybody asks for the gradient by an input; where not, computing it is wasted. */
    boolean wants(int input);

    /**
     * Returns a tensor of the input's shape that the op overwrites with the gradient by this input. It holds arbitrary
     * values before.
     *
     * @throws IllegalStateException if the input wants no gradient or was given one already
     */
    Tensor target(int input);

    /**
     * Gives a gradient that exists already, such as {@code dOut} itself under another shape; costs no copy where that
     * can be avoided.
     *
     * @param gradient of the input's shape; not changed during the call
     * @throws IllegalStateException if the input wants no gradient or was given one already
     */
    void pass(int input, Tensor gradient);
}
