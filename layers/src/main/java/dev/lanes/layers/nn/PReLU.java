package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.ops.PReluOp;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * The rectifier with a learnt slope for each channel, {@code y = x > 0 ? x : weight[c] * x}; see {@link PReluOp}.
 *
 * <p><b>Shapes</b>: x and y {@code [..., channels]}, weight {@code [channels]}.
 */
public final class PReLU implements Layer {
    private final Parameter weight;

    /** Makes a layer whose slopes begin at 0.25; throws {@link IllegalArgumentException} if there is no channel. */
    public PReLU(int channels) {
        this(channels, 0.25);
    }

    /**
     * Makes a layer.
     *
     * @param slope where the slopes begin
     * @throws IllegalArgumentException if there is no channel
     */
    public PReLU(int channels, double slope) {
        Norms.requireChannels("prelu", channels);
        weight = new Parameter("weight", Tensor.zeros(channels).fill((float) slope));
    }

    /** Returns the slopes {@code [channels]}, named {@code weight}. */
    public Parameter weight() {
        return weight;
    }

    @Override
    public Variable forward(Variable x, Pass pass) {
        return pass.tape().apply(PReluOp.PRELU, x, pass.tape().leaf(weight));
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight);
    }

    @Override
    public Shape outputShape(Shape input) {
        return PReluOp.PRELU.outputShape(List.of(input, weight.shape()));
    }

    @Override
    public long flops(Shape input) {
        return 2L * outputShape(input).elements();
    }

    /** Returns the settings, as in {@code PReLU 32}. */
    @Override
    public String toString() {
        return "PReLU " + weight.value().elements();
    }
}
