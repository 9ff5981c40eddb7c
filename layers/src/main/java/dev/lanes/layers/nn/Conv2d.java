package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.initialisers.Initialiser;
import dev.lanes.layers.initialisers.Initialisers;
import dev.lanes.layers.ops.Conv2dOp;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Window2d;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A 2-d convolution, {@code y = conv(x, weight) + bias}; see {@link Conv2dOp}.
 *
 * <p><b>Shapes</b>: x {@code [batch, inH, inW, inC]}, weight {@code [kH, kW, inC / groups, outC]}, bias {@code [outC]},
 * y {@code [batch, outH, outW, outC]}.
 *
 * <pre>{@code
 * Conv2d conv = Conv2d.builder(16, 32, 3).stride(2).padding(1).build(new SeededRandom(42));
 * conv.outputShape(Shape.of(64, 28, 28, 16));   // [64, 14, 14, 32]
 * }</pre>
 */
public final class Conv2d implements Layer {
    private final Conv2dOp op;
    private final Parameter weight;
    private final Optional<Parameter> bias;

    private Conv2d(Builder builder, RandomGenerator random) {
        Window2d window = builder.window;
        op = new Conv2dOp(window, builder.groups, builder.same);
        weight = new Parameter(
                "weight", Tensor.zeros(window.kH(), window.kW(), builder.inC / builder.groups, builder.outC));
        builder.initialiser.initialise(weight.value(), random);
        bias = builder.bias ? Optional.of(new Parameter("bias", Tensor.zeros(builder.outC))) : Optional.empty();
    }

    /**
     * Returns a builder for a square window: stride 1, no padding, no dilation, one group, a bias that begins at zero,
     * weights by He's normal initialiser.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public static Builder builder(int inC, int outC, int kernel) {
        return builder(inC, outC, Window2d.of(kernel, kernel));
    }

    /**
     * Returns a builder for any window: one group, a bias that begins at zero, weights by He's normal initialiser.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public static Builder builder(int inC, int outC, Window2d window) {
        return new Builder(inC, outC, window);
    }

    /**
     * Returns a builder for a depthwise convolution: every channel has a square window of its own, {@code groups ==
     * channels}. Padding, stride and the rest as in {@link #builder(int, int, int)}.
     *
     * @param multiplier how many output channels each input channel has
     * @throws IllegalArgumentException if a number is below 1
     */
    public static Builder depthwise(int channels, int multiplier, int kernel) {
        return builder(channels, Math.multiplyExact(channels, multiplier), kernel)
                .groups(channels);
    }

    /**
     * Returns a builder for a pointwise convolution: the channels of each pixel by a matrix, {@code 1x1}.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public static Builder pointwise(int inC, int outC) {
        return builder(inC, outC, 1);
    }

    /** Returns the weights {@code [kH, kW, inC / groups, outC]}, named {@code weight}. */
    public Parameter weight() {
        return weight;
    }

    /** Returns the bias {@code [outC]}, named {@code bias}, if there is one. */
    public Optional<Parameter> bias() {
        return bias;
    }

    /** Returns size, stride, padding and dilation of the window on an input of the given shape. */
    public Window2d window(Shape input) {
        return op.geometry(List.of(input, weight.shape())).window();
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

    /**
     * Returns the convolution, without the bias, as an explicit matrix that takes one image as a column to the output as a
     * column; see {@link ConvolutionMatrix#of}.
     *
     * @param input the shape of the input; of its batch nothing is used
     * @throws ShapeMismatchException if the input does not fit
     */
    public Tensor toMatrix(Shape input) {
        return ConvolutionMatrix.of(weight.value(), op.geometry(List.of(input, weight.shape())));
    }

    /** Returns the settings, as in {@code Conv2d 16 -> 32 k3x3 s2 p1 d1 g1}. */
    @Override
    public String toString() {
        return "Conv2d " + weight.shape().dim(2) * op.groups() + " -> "
                + weight.shape().dim(3) + op.toString().substring(op.name().length())
                + (bias.isEmpty() ? " no bias" : "");
    }

    /** Chooses the settings of a {@link Conv2d}. */
    public static final class Builder {
        private final int inC;
        private final int outC;
        private Window2d window;
        private int groups = 1;
        private boolean same;
        private boolean bias = true;
        private Initialiser initialiser = Initialisers.heNormal();

        private Builder(int inC, int outC, Window2d window) {
            if (inC < 1 || outC < 1) {
                throw new IllegalArgumentException(
                        "conv2d: channels " + inC + " -> " + outC + " must be at least 1 -> 1");
            }
            this.inC = inC;
            this.outC = outC;
            this.window = Objects.requireNonNull(window, "window");
        }

        /** Sets by how many pixels the window moves. */
        public Builder stride(int both) {
            window = window.stride(both);
            return this;
        }

        /** Sets how many zeros stand around the image, the same on all sides. */
        public Builder padding(int all) {
            return padding(all, all, all, all);
        }

        /** Sets how many zeros stand on each side of the image. */
        public Builder padding(int top, int bottom, int left, int right) {
            window = window.padding(top, bottom, left, right);
            same = false;
            return this;
        }

        /** Sets that there is no padding, as at the beginning: the window stays within the image. */
        public Builder valid() {
            return padding(0);
        }

        /**
         * Sets the padding that makes {@code out = ceil(in / stride)}, whatever the size of the image; where it is odd,
         * the extra zeros stand below and to the right, as in TensorFlow and ONNX {@code SAME_UPPER}.
         */
        public Builder same() {
            same = true;
            return this;
        }

        /** Sets the distance of neighbouring taps of the window. */
        public Builder dilation(int both) {
            window = window.dilation(both);
            return this;
        }

        /**
         * Sets into how many groups the channels are divided; {@code groups == inC} is a depthwise convolution.
         *
         * @throws IllegalArgumentException if they do not divide the channels
         */
        public Builder groups(int count) {
            if (count < 1 || inC % count != 0 || outC % count != 0) {
                throw new IllegalArgumentException("conv2d: " + count + " groups must divide both " + inC
                        + " input channels and " + outC + " output channels");
            }
            groups = count;
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

        /** Returns the layer, its weights drawn from the given random numbers. */
        public Conv2d build(RandomGenerator random) {
            return new Conv2d(this, random);
        }
    }
}
