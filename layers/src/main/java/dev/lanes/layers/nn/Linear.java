package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.initialisers.Initialiser;
import dev.lanes.layers.initialisers.Initialisers;
import dev.lanes.layers.ops.LinearOp;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A fully connected layer, {@code y = x weight + bias}; see {@link LinearOp}.
 *
 * <p><b>Shapes</b>: x {@code [batch, in]}, weight {@code [in, out]}, bias {@code [out]}, y {@code [batch, out]}.
 *
 * <pre>{@code
 * Linear fc = Linear.builder(784, 10).build(new SeededRandom(42));
 * fc.outputShape(Shape.of(64, 784));   // [64, 10]
 * }</pre>
 */
public final class Linear implements Layer {
    private final Parameter weight;
    private final Optional<Parameter> bias;

    private Linear(Builder builder, RandomGenerator random) {
        weight = new Parameter("weight", Tensor.zeros(builder.in, builder.out));
        builder.initialiser.initialise(weight.value(), random);
        bias = builder.bias ? Optional.of(new Parameter("bias", Tensor.zeros(builder.out))) : Optional.empty();
    }

    /**
     * Returns a builder: a bias that begins at zero, weights by He's normal initialiser.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public static Builder builder(int in, int out) {
        return new Builder(in, out);
    }

    /** Returns the weights {@code [in, out]}, named {@code weight}. */
    public Parameter weight() {
        return weight;
    }

    /** Returns the bias {@code [out]}, named {@code bias}, if there is one. */
    public Optional<Parameter> bias() {
        return bias;
    }

    @Override
    public Variable forward(Variable x, Pass pass) {
        Variable w = pass.tape().leaf(weight);
        return bias.isPresent()
                ? pass.tape().apply(LinearOp.LINEAR, x, w, pass.tape().leaf(bias.get()))
                : pass.tape().apply(LinearOp.LINEAR, x, w);
    }

    @Override
    public List<Parameter> parameters() {
        return Parameters.of(weight, bias);
    }

    @Override
    public Shape outputShape(Shape input) {
        return LinearOp.LINEAR.outputShape(List.of(input, weight.shape()));
    }

    @Override
    public long flops(Shape input) {
        outputShape(input);
        return 2L * input.dim(0) * weight.value().elements();
    }

    /** Returns the settings, as in {@code Linear 784 -> 10}. */
    @Override
    public String toString() {
        return "Linear " + weight.shape().dim(0) + " -> " + weight.shape().dim(1) + (bias.isEmpty() ? " no bias" : "");
    }

    /** Chooses the settings of a {@link Linear}. */
    public static final class Builder {
        private final int in;
        private final int out;
        private boolean bias = true;
        private Initialiser initialiser = Initialisers.heNormal();

        private Builder(int in, int out) {
            if (in < 1 || out < 1) {
                throw new IllegalArgumentException("linear: " + in + " -> " + out + " must be at least 1 -> 1");
            }
            this.in = in;
            this.out = out;
        }

        /** Sets whether something is added to each output. */
        public Builder bias(boolean wanted) {
            bias = wanted;
            return this;
        }

        /** Sets how the weights begin. */
        public Builder initialiser(Initialiser ofWeights) {
            initialiser = Objects.requireNonNull(ofWeights, "initialiser");
            return this;
        }

        /** Returns the layer, its weights drawn from the given random numbers. */
        public Linear build(RandomGenerator random) {
            return new Linear(this, random);
        }
    }
}
