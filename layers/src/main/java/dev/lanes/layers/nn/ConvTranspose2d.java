package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.initialisers.Initialiser;
import dev.lanes.layers.initialisers.Initialisers;
import dev.lanes.layers.ops.ConvTranspose2dOp;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Window2d;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A transposed 2-d convolution, {@code y = convT(x, weight) + bias}, which enlarges images by its stride; see {@link
 * ConvTranspose2dOp}.
 *
 * <p><b>Shapes</b>: x {@code [batch, inH, inW, inC]}, weight {@code [kH, kW, outC / groups, inC]}, bias {@code [outC]}, y
 * {@code [batch, outH, outW, outC]}.
 *
 * <pre>{@code
 * ConvTranspose2d up = ConvTranspose2d.builder(32, 16, Window2d.of(3, 3).stride(2).padding(1))
 *         .outputPadding(1)
 *         .build(new SeededRandom(42));
 * up.outputShape(Shape.of(64, 14, 14, 32));   // [64, 28, 28, 16]
 * }</pre>
 */
public final class ConvTranspose2d implements Layer {
    private final ConvTranspose2dOp op;
    private final Parameter weight;
    private final Optional<Parameter> bias;

    private ConvTranspose2d(Builder builder, RandomGenerator random) {
        Window2d window = builder.window;
        op = new ConvTranspose2dOp(window, builder.groups, builder.extraH, builder.extraW);
        weight = new Parameter(
                "weight", Tensor.zeros(window.kH(), window.kW(), builder.outC / builder.groups, builder.inC));
        builder.initialiser.initialise(weight.value(), random);
        bias = builder.bias ? Optional.of(new Parameter("bias", Tensor.zeros(builder.outC))) : Optional.empty();
    }

    /**
     * Returns a builder: one group, no output padding, a bias that begins at zero, weights by He's normal initialiser.
     *
     * @param window size, stride, dilation, and the padding that is cut off
     * @throws IllegalArgumentException if a number is below 1
     */
    public static Builder builder(int inC, int outC, Window2d window) {
        return new Builder(inC, outC, window);
    }

    /** Returns the weights {@code [kH, kW, outC / groups, inC]}, named {@code weight}. */
    public Parameter weight() {
        return weight;
    }

    /** Returns the bias {@code [outC]}, named {@code bias}, if there is one. */
    public Optional<Parameter> bias() {
        return bias;
    }

    @Override
    public Variable forward(Variable x, Pass pass) {
        Variable w = pass.tape().leaf(weight);
        return bias.isPresent()
                ? pass.tape().apply(op, x, w, pass.tape().leaf(bias.get()))
                : pass.tape().apply(op, x, w);
    }

    @Override
    public List<Parameter> parameters() {
        return Parameters.of(weight, bias);
    }

    @Override
    public Shape outputShape(Shape input) {
        return op.outputShape(List.of(input, weight.shape()));
    }

    @Override
    public long flops(Shape input) {
        return op.geometry(List.of(input, weight.shape())).flops();
    }

    /** Returns the settings, as in {@code ConvTranspose2d 32 -> 16 k3x3 s2 p1 d1 g1 op1x1}. */
    @Override
    public String toString() {
        return "ConvTranspose2d " + weight.shape().dim(3) + " -> "
                + weight.shape().dim(2) * op.groups()
                + op.toString().substring(op.name().length())
                + (bias.isEmpty() ? " no bias" : "");
    }

    /** Chooses the settings of a {@link ConvTranspose2d}. */
    public static final class Builder {
        private final int inC;
        private final int outC;
        private final Window2d window;
        private int groups = 1;
        private int extraH;
        private int extraW;
        private boolean bias = true;
        private Initialiser initialiser = Initialisers.heNormal();

        private Builder(int inC, int outC, Window2d window) {
            if (inC < 1 || outC < 1) {
                throw new IllegalArgumentException(
                        "convTranspose2d: channels " + inC + " -> " + outC + " must be at least 1 -> 1");
            }
            this.inC = inC;
            this.outC = outC;
            this.window = Objects.requireNonNull(window, "window");
        }

        /**
         * Sets into how many groups the channels are divided.
         *
         * @throws IllegalArgumentException if they do not divide the channels
         */
        public Builder groups(int count) {
            if (count < 1 || inC % count != 0 || outC % count != 0) {
                throw new IllegalArgumentException("convTranspose2d: " + count + " groups must divide both " + inC
                        + " input channels and " + outC + " output channels");
            }
            groups = count;
            return this;
        }

        /** Sets how many lines below and columns to the right the image grows beyond the last window. */
        public Builder outputPadding(int both) {
            extraH = both;
            extraW = both;
            return this;
        }

        /** Sets whether something is added to each output channel. */
        public Builder bias(boolean wanted) {
            bias = wanted;
            return this;
        }

        /** Sets how the weights begin. */
        public Builder initialiser(Initialiser ofWeights) {
            initialiser = Objects.requireNonNull(ofWeights, "initialiser");
            return this;
        }

        /**
         * Returns the layer, its weights drawn from the given random numbers.
         *
         * @throws IllegalArgumentException if the output padding is negative or not below the stride
         */
        public ConvTranspose2d build(RandomGenerator random) {
            return new ConvTranspose2d(this, random);
        }
    }
}
