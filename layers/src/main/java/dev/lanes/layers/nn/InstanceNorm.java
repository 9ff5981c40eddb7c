package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.ops.NormaliseOp;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * Instance normalisation, {@code y = (x - mean) / sqrt(variance + epsilon) * weight + bias}, mean and variance taken for
 * each channel of each image alone (Ulyanov, Vedaldi and Lempitsky 2016); the same in training and evaluation. See {@link
 * NormaliseOp}.
 *
 * <p><b>Shapes</b>: x and y {@code [batch, height, width, channels]}, weight and bias {@code [channels]}.
 */
public final class InstanceNorm implements Layer {
    private final NormaliseOp op;
    private final Parameter weight;
    private final Parameter bias;

    /**
     * Makes a layer with epsilon 1e-5.
     *
     * @throws IllegalArgumentException if there is no channel
     */
    public InstanceNorm(int channels) {
        this(channels, Norms.EPSILON);
    }

    /**
     * Makes a layer.
     *
     * @param epsilon what is added to the variance
     * @throws IllegalArgumentException if there is no channel or epsilon is negative
     */
    public InstanceNorm(int channels, double epsilon) {
        Norms.requireChannels("instanceNorm", channels);
        op = NormaliseOp.instance(epsilon);
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

    /** Returns the settings, as in {@code InstanceNorm 32}. */
    @Override
    public String toString() {
        return "InstanceNorm " + weight.value().elements();
    }
}
