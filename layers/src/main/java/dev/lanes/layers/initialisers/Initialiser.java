package dev.lanes.layers.initialisers;

import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.random.RandomGenerator;

/**
 * Gives the weights of a layer their first values. {@link Initialisers} has the usual ones. Stateless; the random
 * numbers come from the caller.
 */
@FunctionalInterface
public interface Initialiser {
    /**
     * Overwrites the weights, in row-major order.
     *
     * @param weights {@code [in, out]} or {@code [kH, kW, inC / groups, outC]}; for a constant any shape
     * @param random where the values come from
     * @throws ShapeMismatchException if the shape does not tell the number of inputs and the initialiser needs it
     */
    void initialise(Tensor weights, RandomGenerator random);
}
