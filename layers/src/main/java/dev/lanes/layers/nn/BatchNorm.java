package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.ops.NormaliseByOp;
import dev.lanes.layers.ops.NormaliseOp;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * Batch normalisation, {@code y = (x - mean) / sqrt(variance + epsilon) * weight + bias}, channel by channel (Ioffe and
 * Szegedy 2015).
 *
 * <p>A training pass takes mean and variance of the batch ({@link NormaliseOp}) and moves the running ones towards them,
 * {@code running = (1 - momentum) * running + momentum * batch}, the variance of the batch taken with {@code count - 1};
 * an evaluation pass uses the running ones ({@link NormaliseByOp}), which is one multiplication and addition for each
 * element. They are {@link #buffers}, so files of weights hold them and no optimiser touches them. A convolution before
 * it needs no bias.
 *
 * <p><b>Shapes</b>: x and y {@code [batch, ..., channels]}, weight, bias and statistics {@code [channels]}. As training
 * changes the statistics, only one pass may train at a time.
 *
 * <pre>{@code
 * Sequential.builder()
 *         .add("conv", Conv2d.builder(3, 32, 3).padding(1).bias(false).build(random))
 *         .add("bn", new BatchNorm(32))
 *         .add("relu", new ReLU())
 * }</pre>
 */
public final class BatchNorm implements Layer {
    private final Parameter weight;
    private final Parameter bias;
    private final Parameter mean;
    private final Parameter variance;
    private final double momentum;
    private final NormaliseOp training;
    private final NormaliseOp again;
    private final NormaliseByOp evaluation;

    /**
     * Makes a layer with epsilon 1e-5 and momentum 0.1.
     *
     * @throws IllegalArgumentException if there is no channel
     */
    public BatchNorm(int channels) {
        this(channels, Norms.EPSILON, 0.1);
    }

    /**
     * Makes a layer.
     *
     * @param epsilon what is added to the variance
     * @param momentum how far the running statistics move towards those of a batch, 0 to 1
     * @throws IllegalArgumentException if there is no channel, epsilon is negative or momentum out of its range
     */
    public BatchNorm(int channels, double epsilon, double momentum) {
        Norms.requireChannels("batchNorm", channels);
        if (!(momentum >= 0 && momentum <= 1)) {
            throw new IllegalArgumentException("batchNorm: the momentum is " + momentum + ", needs 0 to 1");
        }
        this.momentum = momentum;
        weight = new Parameter("weight", Tensor.zeros(channels).fill(1f));
        bias = new Parameter("bias", Tensor.zeros(channels));
        mean = new Parameter("running_mean", Tensor.zeros(channels));
        variance = new Parameter("running_var", Tensor.zeros(channels).fill(1f));
        training = NormaliseOp.batch(epsilon, this::gather);
        again = NormaliseOp.batch(epsilon, (m, v, count) -> {});
        evaluation = new NormaliseByOp(mean.value(), variance.value(), epsilon);
    }

    private void gather(Tensor batchMean, Tensor batchVariance, int count) {
        double unbiased = count > 1 ? count / (count - 1.0) : 1;
        move(mean.value(), batchMean, 1);
        move(variance.value(), batchVariance, unbiased);
    }

    private void move(Tensor running, Tensor batch, double factor) {
        for (int c = 0; c < running.elements(); c++) {
            double value = (1 - momentum) * running.array()[running.offset() + c]
                    + momentum * factor * batch.array()[batch.offset() + c];
            running.array()[running.offset() + c] = (float) value;
        }
    }

    /** Returns the factors {@code [channels]}, which begin at 1, named {@code weight}. */
    public Parameter weight() {
        return weight;
    }

    /** Returns the summands {@code [channels]}, which begin at 0, named {@code bias}. */
    public Parameter bias() {
        return bias;
    }

    /** Returns the running mean {@code [channels]}, which begins at 0, named {@code running_mean}. */
    public Parameter mean() {
        return mean;
    }

    /** Returns the running variance {@code [channels]}, which begins at 1, named {@code running_var}. */
    public Parameter variance() {
        return variance;
    }

    @Override
    public Variable forward(Variable x, Pass pass) {
        Variable w = pass.tape().leaf(weight);
        Variable b = pass.tape().leaf(bias);
        if (!pass.isTraining()) {
            return pass.tape().apply(evaluation, x, w, b);
        }
        return pass.tape().apply(pass.gathersStatistics() ? training : again, x, w, b);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight, bias);
    }

    @Override
    public List<Parameter> buffers() {
        return List.of(mean, variance);
    }

    @Override
    public Shape outputShape(Shape input) {
        return evaluation.outputShape(List.of(input, weight.shape(), bias.shape()));
    }

    @Override
    public long flops(Shape input) {
        return 2L * outputShape(input).elements();
    }

    /** Returns the settings, as in {@code BatchNorm 32}. */
    @Override
    public String toString() {
        return "BatchNorm " + weight.value().elements();
    }
}
