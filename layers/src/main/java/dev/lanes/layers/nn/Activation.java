package dev.lanes.layers.nn;

import dev.lanes.layers.ops.ActivationOp;
import dev.lanes.numerics.UnaryFunction;

/**
 * A function of single elements as a layer, {@code y = f(x)}; see {@link ActivationOp} and, for the formulas, {@link
 * UnaryFunction}. The ReLU has a class of its own, {@link ReLU}, and so has the one that learns, {@link PReLU}.
 *
 * <p><b>Shapes</b>: x and y alike, any.
 *
 * <pre>{@code
 * Sequential.builder().add("fc", fc).add("act", Activation.gelu())
 * new Activation(UnaryFunction.clamp(-1, 1));
 * }</pre>
 */
public final class Activation extends OpLayer {
    private final UnaryFunction f;

    /** Makes the layer of any function. */
    public Activation(UnaryFunction f) {
        super(new ActivationOp(f));
        this.f = f;
    }

    /** Returns {@code x > 0 ? 1 : 0}, whose derivative is 0 everywhere. */
    public static Activation step() {
        return new Activation(UnaryFunction.STEP);
    }

    /** Returns {@code 1 / (1 + e^-x)}. */
    public static Activation sigmoid() {
        return new Activation(UnaryFunction.SIGMOID);
    }

    /** Returns the hyperbolic tangent. */
    public static Activation tanh() {
        return new Activation(UnaryFunction.TANH);
    }

    /** Returns {@code x > 0 ? x : slope * x}. */
    public static Activation leakyRelu(double slope) {
        return new Activation(UnaryFunction.leakyRelu((float) slope));
    }

    /** Returns {@code min(max(x, 0), 6)}. */
    public static Activation relu6() {
        return new Activation(UnaryFunction.clamp(0f, 6f));
    }

    /** Returns {@code x > 0 ? x : alpha * (e^x - 1)}. */
    public static Activation elu(double alpha) {
        return new Activation(UnaryFunction.elu((float) alpha));
    }

    /** Returns the ELU that keeps mean 0 and variance 1. */
    public static Activation selu() {
        return new Activation(UnaryFunction.SELU);
    }

    /** Returns {@code x} times the normal distribution function of x. */
    public static Activation gelu() {
        return new Activation(UnaryFunction.GELU);
    }

    /** Returns {@code x * sigmoid(x)}, also called swish. */
    public static Activation silu() {
        return new Activation(UnaryFunction.SILU);
    }

    /** Returns {@code log(1 + e^x)}. */
    public static Activation softplus() {
        return new Activation(UnaryFunction.SOFTPLUS);
    }

    /** Returns {@code min(max((x + 3) / 6, 0), 1)}. */
    public static Activation hardSigmoid() {
        return new Activation(UnaryFunction.HARD_SIGMOID);
    }

    /** Returns {@code x * hardSigmoid(x)}. */
    public static Activation hardSwish() {
        return new Activation(UnaryFunction.HARD_SWISH);
    }

    /** Returns the function. */
    public UnaryFunction function() {
        return f;
    }

    /** Returns the function, as in {@code Activation leakyRelu(0.01)}. */
    @Override
    public String toString() {
        return "Activation " + f;
    }
}
