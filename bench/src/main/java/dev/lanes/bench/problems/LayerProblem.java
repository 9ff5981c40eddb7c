package dev.lanes.bench.problems;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.nn.Conv2d;
import dev.lanes.layers.nn.Layer;
import dev.lanes.layers.nn.Linear;
import dev.lanes.layers.nn.MaxPool2d;
import dev.lanes.layers.nn.Pass;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import java.util.function.Supplier;

/**
 * One layer with everything around it: {@code Conv2d.forward}, or {@code Conv2d.step} for forward and the gradients by
 * input and weights; so too {@code Linear} and {@code MaxPool2d}.
 *
 * <p>What is checked is the output, or in a step the gradient by the input for a given gradient of the output.
 */
public final class LayerProblem implements Problem {
    private static final double U = 0x1p-24;

    private final String kernel;
    private final String shape;
    private final Conv2dGeometry conv;
    private final GemmGeometry full;
    private final Pool2dGeometry pool;
    private float[] expected;

    LayerProblem(String kernel, String shape) {
        this.kernel = kernel;
        this.shape = shape;
        conv = kernel.startsWith("Conv2d.") ? Conv2dGeometry.parse(shape) : null;
        full = kernel.startsWith("Linear.") ? GemmGeometry.parse(shape) : null;
        pool = kernel.startsWith("MaxPool2d.") ? Pool2dGeometry.parse(shape) : null;
    }

    @Override
    public String kernel() {
        return kernel;
    }

    @Override
    public boolean makesTensors() {
        return true;
    }

    @Override
    public String shape() {
        return shape;
    }

    /** Returns the convolution; null for other layers. */
    public Conv2dGeometry conv() {
        return conv;
    }

    /** Returns the product of a fully connected layer; null for other layers. */
    public GemmGeometry full() {
        return full;
    }

    /** Returns the pooling; null for other layers. */
    public Pool2dGeometry pool() {
        return pool;
    }

    /** Tells whether the gradients are wanted too. */
    public boolean step() {
        return kernel.endsWith(".step");
    }

    /** Returns the shape of the input, NHWC. */
    public Shape inputShape() {
        return conv != null ? conv.inputShape() : full != null ? Shape.of(full.m(), full.k()) : pool.inputShape();
    }

    /** Returns the shape of the output, NHWC. */
    public Shape outputShape() {
        return conv != null ? conv.outputShape() : full != null ? Shape.of(full.m(), full.n()) : pool.outputShape();
    }

    /** Returns the input. */
    public float[] input() {
        return Numbers.floats(1, inputShape().elements());
    }

    /** Returns the gradient of the output. */
    public float[] seed() {
        return Numbers.floats(2, outputShape().elements());
    }

    /** Returns the weights, HWIO or {@code [in, out]}; empty where there are none. */
    public float[] weights() {
        return conv != null
                ? Numbers.floats(3, conv.weightShape().elements())
                : full != null ? Numbers.floats(3, full.k() * full.n()) : new float[0];
    }

    /** Returns the biases; empty where there are none. */
    public float[] biases() {
        return conv != null
                ? Numbers.floats(4, conv.outC())
                : full != null ? Numbers.floats(4, full.n()) : new float[0];
    }

    /** Returns what lanes does: each call computes once and returns what is checked. */
    public Supplier<Tensor> lanes(Engine engine) {
        SeededRandom random = new SeededRandom(1);
        Layer layer = conv != null
                ? Conv2d.builder(conv.inC(), conv.outC(), conv.window())
                        .groups(conv.groups())
                        .build(random)
                : full != null ? Linear.builder(full.k(), full.n()).build(random) : new MaxPool2d(pool.window());
        float[][] values = {weights(), biases()};
        int i = 0;
        for (Parameter parameter : layer.parameters()) {
            System.arraycopy(
                    values[i], 0, parameter.value().array(), parameter.value().offset(), values[i++].length);
        }
        Tensor x = Tensor.of(inputShape(), input());
        if (!step()) {
            Pass pass = Pass.evaluation(Tape.none(engine));
            return () -> layer.forward(pass.tape().constant(x), pass).value();
        }
        Tensor dy = Tensor.of(outputShape(), seed());
        Pass pass = Pass.training(Tape.recording(engine), random);
        return () -> {
            pass.tape().reset();
            Variable in = pass.tape().leaf(x);
            Variable y = layer.forward(in, pass);
            return pass.tape().backward(y, dy).of(in);
        };
    }

    @Override
    public double flops() {
        double forward = conv != null ? conv.flops() : full != null ? full.flops() : pool.flops();
        return step() ? pool != null ? 2 * forward : 3 * forward : forward;
    }

    @Override
    public double bytes() {
        return 4.0
                * (step() ? 2 : 1)
                * (inputShape().elements() + (double) outputShape().elements() + weights().length);
    }

    /** A forward pass by itself makes the tensor of its result, a step finds all of them on its tape. */
    @Override
    public long compiledAllocation() {
        return Problem.super.compiledAllocation() + 4L * outputShape().elements();
    }

    @Override
    public int answers() {
        return (step() ? inputShape() : outputShape()).elements();
    }

    @Override
    public double expected(int index) {
        if (expected == null) {
            try (Engine engine =
                    Engine.builder().backend("reference").threads(1).build()) {
                expected = lanes(engine).get().toArray();
            }
        }
        return expected[index];
    }

    @Override
    public double tolerance() {
        double k = conv != null
                ? Math.max(conv.reductionLength(), 9.0 * conv.outC())
                : full != null ? Math.max(full.k(), full.n()) : 1;
        return (k + 4) * k * U;
    }

    @Override
    public int reductionLength() {
        return 1;
    }
}
