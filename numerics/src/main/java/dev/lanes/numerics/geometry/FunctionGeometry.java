package dev.lanes.numerics.geometry;

import dev.lanes.numerics.UnaryFunction;

/**
 * A function of single elements, or a derivative of it, and how many elements there are. Immutable, safe for any thread.
 *
 * <p>Text form: {@code gelu n1000}, {@code gelu' n1000}, {@code clamp(0.0, 6.0)'' n1000}.
 *
 * @param function the function
 * @param order 0 for its values, 1 and 2 for its derivatives
 * @param elements how many numbers it is applied to
 */
public record FunctionGeometry(UnaryFunction function, int order, int elements) {
    /**
     * Checks order and size.
     *
     * @throws IllegalArgumentException if the order is not 0, 1 or 2, or the size is negative
     */
    public FunctionGeometry {
        if (order < 0 || order > 2 || elements < 0) {
            throw new IllegalArgumentException(
                    "order must be 0, 1 or 2, not " + order + "; elements must not be negative, are " + elements);
        }
    }

    /** Returns the text form. */
    @Override
    public String toString() {
        return function + "'".repeat(order) + " n" + elements;
    }
}
