package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.ops.NormaliseOp;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * Layer normalisation over the last axes, {@code y = (x - mean) / sqrt(variance + epsilon) * weight + bias}, mean and
 * variance taken for each position along the other axes alone (Ba, Kiros and Hinton 2016); the same in training and
 * evaluation. See {@link NormaliseOp}.
 *
 * <p><b>Shapes</b>: x and y {@code [..., normalised]}, weight and bias {@code normalised}, which is one axis or several.
 *
 * <pre>{@code
 * new LayerNorm(Shape.of(512));          // of [batch, 512], row by row
 * new LayerNorm(Shape.of(8, 8, 32));     // of [batch, 8, 8, 32], image by image
 * }</pre>
 */
public final class LayerNorm implements Layer {
    private final NormaliseOp op;
    private final Parameter weight;
    private final Parameter bias;

    /**
     * Makes a layer with epsilon 1e-5.
     *
     * @param normalised the last axes
     * @throws IllegalArgumentException if there is none
     */
    public LayerNorm(Shape normalised) {
        this(normalised, Norms.EPSILON);
    }

    /**
     * Makes a layer.
     *
     * @param normalised the last axes
     * @param epsilon what is added to the variance
     * @throws IllegalArgumentException if there is no axis or epsilon is negative
     */
    public LayerNorm(Shape normalised, double epsilon) {
        op = NormaliseOp.layer(normalised.rank(), epsilon);
        weight = new Parameter("weight", Tensor.zeros(normalised).fill(1f));
        bias = new Parameter("bias", Tensor.zeros(normalised));
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

    /** Returns the settings, as in {@code LayerNorm [512]}. */
    @Override
    public String toString() {
        return "LayerNorm " + weight.shape();
    }
}
