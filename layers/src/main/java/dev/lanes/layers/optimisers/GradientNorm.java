package dev.lanes.layers.optimisers;

import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * The norm of all gradients together: the root of the sum of the squares of all their elements, summed in the order of the
 * parameters.
 *
 * <pre>{@code
 * double norm = new GradientNorm(engine).of(gradients, net.parameters());
 * }</pre>
 */
public final class GradientNorm {
    private final Engine engine;
    private final Tensor sum = Tensor.zeros();

    /** Makes one that computes with the given engine; for one thread. */
    public GradientNorm(Engine engine) {
        this.engine = engine;
    }

    /**
     * Returns the norm.
     *
     * @throws IllegalStateException if the gradients are out of date
     */
    public double of(Gradients gradients, List<Parameter> parameters) {
        double squares = 0;
        for (int i = 0; i < parameters.size(); i++) {
            if (gradients.contains(parameters.get(i))) {
                engine.update().sumOfSquares(gradients.of(parameters.get(i)), sum);
                squares += sum.item();
            }
        }
        return Math.sqrt(squares);
    }
}
