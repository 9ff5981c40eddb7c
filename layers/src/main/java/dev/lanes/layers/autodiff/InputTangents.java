package dev.lanes.layers.autodiff;

import dev.lanes.numerics.Tensor;

/** The directions in which the inputs of an {@link Op} change, for {@link Op#jvp}; an input without one does not change. */
public interface InputTangents {
    /** Tells whether an input changes at all. */
    boolean has(int input);

    /**
     * Returns the tangent of an input, of its shape.
     *
     * @throws IllegalStateException if the input does not change
     */
    Tensor get(int input);
}
