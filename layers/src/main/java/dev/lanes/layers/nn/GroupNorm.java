package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.ops.NormaliseOp;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * Group normalisation, {@code y = (x - mean) / sqrt(variance + epsilon) * weight + bias}, mean and variance taken for each
 * image alone over groups of neighbouring channels (Wu and He 2018); the same in training and evaluation. See {@link
 * NormaliseOp}.
 *
 * <p><b>Shapes</b>: x and y {@code [batch, ..., channels]}, weight and bias {@code [channels]}.
 */
public final class GroupNorm implements Layer {
    private final NormaliseOp op;
    private final Parameter weight;
    private final Parameter bias;
    private final int groups;

    /**
     * Makes a layer with epsilon 1e-5.
     *
     * @throws IllegalArgumentException if the groups do not divide the channels
     */
    public GroupNorm(int groups, int channels) {
        this(groups, channels, Norms.EPSILON);
    }

    /**
     * Makes a layer.
     *
     * @param epsilon what is added to the variance
     * @throws IllegalArgumentException if the groups do not divide the channels or epsilon is negative
     */
    public GroupNorm(int groups, int channels, double epsilon) {
        Norms.requireChannels("groupNorm", channels);
        if (groups < 1 || channels % groups != 0) {
            throw new IllegalArgumentException(
                    "groupNorm: " + groups + " groups must divide " + channels + " channels");
        }
        this.groups = groups;
        op = NormaliseOp.group(groups, epsilon);
        weight = new Parameter("weight", Tensor.zeros(channels).fill(1f));
        bias = new Parameter("bias", Tensor.zeros(channels));
    }

    /** Returns the factors, which begin at 1, named {@code weight}. */
    public Parameter weight() {
        return weight;
    }

    /** Returns the summands, which begin at 0, named {@code bias}. */
    public Parameter bias() {
        return bias;
    }

    @Override
    public Variable forward(Variable x, Pass pass) {
        return pass.tape().apply(op, x, pass.tape().leaf(weight), pass.tape().leaf(bias));
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight, bias);
    }

    @Override
    public Shape outputShape(Shape input) {
        return op.outputShape(List.of(input, weight.shape(), bias.shape()));
    }

    /** {@inheritDoc} Statistics count as four operations an element, scaling as two. */
    @Override
    public long flops(Shape input) {
        return 6L * outputShape(input).elements();
    }

    /** Returns the settings, as in {@code GroupNorm 8 groups of 32}. */
    @Override
    public String toString() {
        return "GroupNorm " + groups + " groups of " + weight.value().elements();
    }
}
