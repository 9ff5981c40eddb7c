package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * A function with parameters, from one value to one value: a layer, or a whole network.
 *
 * <p>A layer holds its settings and its parameters and nothing of the passes it takes part in, so it may take part in
 * several at once, on several threads, as long as nobody changes the parameters, nor {@link #buffers}, which a training
 * pass does. Its {@code toString} is what {@link
 * Sequential#summary} shows.
 *
 * <pre>{@code
 * Linear layer = Linear.builder(4, 3).build(new SeededRandom(42));
 * Linearization at = layer.linearize(x, engine);                // y = layer(x)
 * at.value();                                                  // [batch, 3]
 * Linearization.Pullback back = at.backward(dy);
 * back.dx();                                                   // [batch, 4]
 * back.of(layer.weight());                                     // [4, 3]
 * }</pre>
 */
public interface Layer {
    /**
     * Applies the layer to a value within a pass.
     *
     * @throws ShapeMismatchException if the value does not have a shape that fits
     */
    Variable forward(Variable x, Pass pass);

    /** Returns the parameters in a fixed order, each tensor once, no name twice. */
    List<Parameter> parameters();

    /**
     * Returns what the layer remembers that is not learnt by gradients, such as running statistics, in a fixed order,
     * each tensor once, no name twice and none that a parameter has. Files of weights hold them beside the parameters;
     * optimisers do not see them. None, unless a layer says otherwise.
     */
    default List<Parameter> buffers() {
        return List.of();
    }

    /**
     * Returns the shape of the output for an input of the given shape, batch included.
     *
     * @throws ShapeMismatchException if the input does not fit
     */
    Shape outputShape(Shape input);

    /**
     * Returns the floating-point operations of one forward pass over an input of the given shape: 2 for a multiply-add,
     * 1 for a comparison; adding biases and moving data are not counted.
     *
     * @throws ShapeMismatchException if the input does not fit
     */
    long flops(Shape input);

    /**
     * Applies the layer to a tensor, in evaluation mode, and returns the value together with the derivative there.
     *
     * @throws ShapeMismatchException if the tensor does not have a shape that fits
     */
    default Linearization linearize(Tensor x, Engine engine) {
        return new Linearization(this, x, engine);
    }
}
