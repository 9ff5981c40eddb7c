package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * Dropout (Srivastava et al. 2014): each element is 0 with a probability and otherwise divided by the probability of
 * staying, so that its mean does not change; {@code y = x * mask}, {@code mask} 0 or {@code 1 / (1 - probability)}.
 *
 * <p>Which elements stay follows from a seed, so the mask is computed again where it is wanted and never stored: {@code dx
 * = dy * mask}. <b>Shapes</b>: x and y alike, any.
 */
public final class DropoutOp implements Op {
    private final double probability;
    private final long seed;

    /**
     * Makes the op for one application; the next takes another seed.
     *
     * @param probability how many elements are dropped, at least 0 and below 1
     * @throws IllegalArgumentException if it is not
     */
    public DropoutOp(double probability, long seed) {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException(
                    "dropout: the probability is " + probability + ", needs 0 <= probability < 1");
        }
        this.probability = probability;
        this.seed = seed;
    }

    @Override
    public String name() {
        return "dropout";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 1, 1);
        return inputs.getFirst();
    }

    @Override
    public void forward(Evaluation e) {
        e.engine().elementwise().dropout(e.input(0), probability, seed, e.output());
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (into.wants(0)) {
            e.engine().elementwise().dropout(dOut, probability, seed, into.target(0));
        }
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        e.engine().elementwise().dropout(in.get(0), probability, seed, dOut);
    }

    /** Linear: there is no second derivative. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {}

    /** Returns the probability, as in {@code dropout 0.5}. */
    @Override
    public String toString() {
        return name() + " " + probability;
    }
}
