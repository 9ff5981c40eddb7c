package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.Map;

/**
 * A layer near one input: its value there and its derivative, to be used as often as wanted in either direction. The
 * parameters must not change meanwhile. For one thread.
 */
public final class Linearization {
    private final Tape tape;
    private final Variable x;
    private final Variable y;

    Linearization(Layer layer, Tensor input, Engine engine) {
        tape = Tape.recording(engine);
        x = tape.leaf(input);
        y = layer.forward(x, Pass.evaluation(tape));
    }

    /** Returns the value of the layer. */
    public Tensor value() {
        return y.value();
    }

    /**
     * Returns the gradients of {@code <dy, layer(x)>} by the input and by the parameters.
     *
     * @param dy of the value's shape
     * @throws ShapeMismatchException if it is not
     */
    public Pullback backward(Tensor dy) {
        return new Pullback(x, tape.backward(y, dy));
    }

    /**
     * Returns how the value changes when the input changes along a direction.
     *
     * @param dx of the input's shape
     * @throws ShapeMismatchException if it is not
     */
    public Tensor forward(Tensor dx) {
        return tape.forward(Map.of(x, dx)).of(y);
    }

    /** The gradients that {@link #backward} returns, good until it is called again. */
    public static final class Pullback {
        private final Variable x;
        private final Gradients gradients;

        private Pullback(Variable x, Gradients gradients) {
            this.x = x;
            this.gradients = gradients;
        }

        /** Returns the gradient by the input. */
        public Tensor dx() {
            return gradients.of(x);
        }

        /** Returns the gradient by a parameter; zeros for one that the layer does not have. */
        public Tensor of(Parameter parameter) {
            return gradients.of(parameter);
        }
    }
}
