package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.ops.DropoutOp;
import dev.lanes.numerics.Shape;
import java.util.List;

/**
 * Dropout: in training each element is 0 with a probability, anew in each pass, and divided by the probability of staying
 * otherwise; in evaluation nothing happens, at no cost. See {@link DropoutOp}.
 *
 * <p><b>Shapes</b>: x and y alike, any. Which elements are dropped follows from the pass's random numbers.
 */
public final class Dropout implements Layer {
    private final double probability;

    /**
     * Makes a layer.
     *
     * @param probability how many elements are dropped, at least 0 and below 1
     * @throws IllegalArgumentException if it is not
     */
    public Dropout(double probability) {
        new DropoutOp(probability, 0); // checks
        this.probability = probability;
    }

    @Override
    public Variable forward(Variable x, Pass pass) {
        if (!pass.isTraining() || probability == 0) {
            return x;
        }
        return pass.tape().apply(new DropoutOp(probability, pass.random().nextLong()), x);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public long flops(Shape input) {
        return 0;
    }

    /** Returns the probability, as in {@code Dropout 0.5}. */
    @Override
    public String toString() {
        return "Dropout " + probability;
    }
}
