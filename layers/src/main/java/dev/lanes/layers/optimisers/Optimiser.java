package dev.lanes.layers.optimisers;

import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Changes parameters by their gradients. It knows its parameters from the beginning and holds what it remembers of
 * earlier steps; belongs to one thread.
 */
public interface Optimiser {
    /**
     * Changes every parameter; one that the loss does not depend on counts as having a gradient of zeros.
     *
     * @throws IllegalStateException if none of the parameters took part in the pass, or the gradients are out of date
     */
    void step(Gradients gradients);

    /** Returns the learning rate. */
    double learningRate();

    /**
     * Sets the learning rate of the steps to come.
     *
     * @throws IllegalArgumentException if it is negative or not a number
     */
    void learningRate(double rate);

    /**
     * Returns what it remembers, the tensors themselves, by names as {@code conv1.weight.velocity}: saving them and
     * copying them back resumes training with the same bits. The order is that of the parameters.
     */
    SequencedMap<String, Tensor> state();

    /**
     * Copies back what {@link #state} gave, of an optimiser of the same kind for the same parameters. Either all is
     * copied or nothing.
     *
     * @throws IllegalArgumentException if the names are not those of {@link #state}
     * @throws ShapeMismatchException if a shape differs
     */
    default void restore(Map<String, Tensor> saved) {
        SequencedMap<String, Tensor> state = state();
        if (!saved.keySet().equals(state.keySet())) {
            throw new IllegalArgumentException("optimiser: the saved state is "
                    + saved.keySet().stream().sorted().toList() + ", needs "
                    + state.keySet().stream().sorted().toList());
        }
        state.forEach((name, tensor) -> ShapeMismatchException.require(
                "optimiser", name, saved.get(name).shape(), tensor.shape()));
        state.forEach((name, tensor) -> tensor.copyFrom(saved.get(name)));
    }
}
