package dev.lanes.bench.problems;

import dev.lanes.numerics.Engine;
import java.util.ArrayList;
import java.util.List;

/**
 * A step of a network on images of 28x28: {@code train} (forward, cross-entropy, backward, gradient descent) or {@code
 * infer}. Weights, images and labels are given, so that every library computes the same.
 *
 * <p>What is checked are the scores of {@value #CHECKED} images; when training, after {@value #CHECKED_STEPS} steps on
 * them.
 */
public final class NetworkProblem implements Problem {
    /** Classes of the answer. */
    public static final int CLASSES = 10;
    /** The learning rate of gradient descent, without momentum. */
    public static final double LEARNING_RATE = 0.001;
    /** Images of the check. */
    public static final int CHECKED = 4;
    /** Training steps of the check. */
    public static final int CHECKED_STEPS = 3;

    private static final int SIDE = 28;

    private final String network;
    private final boolean train;
    private final int batch;
    private final List<Step> steps;
    private double[] expected;

    /** A layer. */
    public sealed interface Step {}

    /** A convolution with a square window and stride 1. */
    public record Conv(int inC, int outC, int kernel, int padding) implements Step {}

    /** The maximum over 2x2. */
    public record Pool() implements Step {}

    /** {@code max(x, 0)}. */
    public record Relu() implements Step {}

    /** Images to rows; the sizes matter where the axes are in another order. */
    public record Flat(int height, int width, int channels) implements Step {}

    /** A fully connected layer. */
    public record Full(int in, int out) implements Step {}

    /** Of a network's name and a step as in {@code train b64}. */
    NetworkProblem(String network, String step) {
        this.network = network;
        String[] words = step.split(" b");
        train = words[0].equals("train");
        batch = Integer.parseInt(words[1]);
        steps = steps(network);
    }

    private static List<Step> steps(String network) {
        return switch (network) {
            case "mlp-784-512-10" ->
                List.of(new Flat(SIDE, SIDE, 1), new Full(784, 512), new Relu(), new Full(512, CLASSES));
            case "lenet-5" ->
                List.of(
                        new Conv(1, 6, 5, 2),
                        new Relu(),
                        new Pool(),
                        new Conv(6, 16, 5, 0),
                        new Relu(),
                        new Pool(),
                        new Flat(5, 5, 16),
                        new Full(400, 120),
                        new Relu(),
                        new Full(120, 84),
                        new Relu(),
                        new Full(84, CLASSES));
            case "lenet-20-50-500" ->
                List.of(
                        new Conv(1, 20, 5, 0),
                        new Pool(),
                        new Conv(20, 50, 5, 0),
                        new Pool(),
                        new Flat(4, 4, 50),
                        new Full(800, 500),
                        new Relu(),
                        new Full(500, CLASSES));
            case "cnn-32-64-128" ->
                List.of(
                        new Conv(1, 32, 3, 1),
                        new Relu(),
                        new Pool(),
                        new Conv(32, 64, 3, 1),
                        new Relu(),
                        new Pool(),
                        new Flat(7, 7, 64),
                        new Full(3136, 128),
                        new Relu(),
                        new Full(128, CLASSES));
            default -> throw new IllegalArgumentException("no network " + network);
        };
    }

    @Override
    public String kernel() {
        return network;
    }

    @Override
    public String shape() {
        return (train ? "train b" : "infer b") + batch;
    }

    /** Returns the layers. */
    public List<Step> steps() {
        return steps;
    }

    /** Tells whether a step trains. */
    public boolean train() {
        return train;
    }

    /** Returns the images of a step. */
    public int batch() {
        return batch;
    }

    /** Returns images, {@code [count, 28, 28, 1]}. */
    public float[] images(int count) {
        return Numbers.floats(1, count * SIDE * SIDE);
    }

    /** Returns the class of each image. */
    public int[] labels(int count) {
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (7 * i + 3) % CLASSES;
        }
        return labels;
    }

    /** Returns the weights of a layer: HWIO, or {@code [in, out]}. */
    public float[] weights(int index) {
        return switch (steps.get(index)) {
            case Conv c -> scaled(index, c.kernel * c.kernel * c.inC * c.outC, c.kernel * c.kernel * c.inC);
            case Full f -> scaled(index, f.in * f.out, f.in);
            default -> new float[0];
        };
    }

    /** Returns the biases of a layer. */
    public float[] biases(int index) {
        return switch (steps.get(index)) {
            case Conv c -> scaled(100 + index, c.outC, 100);
            case Full f -> scaled(100 + index, f.out, 100);
            default -> new float[0];
        };
    }

    private static float[] scaled(int seed, int length, int fanIn) {
        float[] values = Numbers.floats(seed + 10, length);
        float scale = (float) Math.sqrt(6.0 / fanIn);
        for (int i = 0; i < length; i++) {
            values[i] *= scale;
        }
        return values;
    }

    /** {@inheritDoc} Of the layers; training takes three times as many, but no gradient by the images. */
    @Override
    public double flops() {
        double all = 0;
        double first = 0;
        int side = SIDE;
        for (Step step : steps) {
            double flops = 0;
            switch (step) {
                case Conv c -> {
                    side = side + 2 * c.padding - c.kernel + 1;
                    flops = 2.0 * side * side * c.kernel * c.kernel * c.inC * c.outC;
                }
                case Pool _ -> side /= 2;
                case Full f -> flops = 2.0 * f.in * f.out;
                default -> {}
            }
            first = all == 0 ? flops : first;
            all += flops;
        }
        return batch * (train ? 3 * all - first : all);
    }

    /** {@inheritDoc} Not known for networks. */
    @Override
    public double bytes() {
        return 0;
    }

    /**
     * Of many kernels some are entered seldom and compiled late; less than one operation in a thousand may still be interpreted,
     * which costs a few hundredths of the time.
     */
    @Override
    public long compiledAllocation() {
        return Problem.super.compiledAllocation() + (long) (flops() / 500);
    }

    @Override
    public int answers() {
        return CHECKED * CLASSES;
    }

    @Override
    public double expected(int index) {
        if (expected == null) {
            try (Engine engine =
                    Engine.builder().backend("reference").threads(1).build()) {
                expected = checked(engine);
            }
        }
        return expected[index];
    }

    /** Returns the scores that are checked, computed by lanes on an engine. */
    public double[] checked(Engine engine) {
        LanesNetwork lanes = new LanesNetwork(this, engine, CHECKED);
        for (int i = 0; train && i < CHECKED_STEPS; i++) {
            lanes.train();
        }
        float[] scores = lanes.infer().toArray();
        List<Double> all = new ArrayList<>();
        for (float score : scores) {
            all.add((double) score);
        }
        return all.stream().mapToDouble(d -> d).toArray();
    }

    @Override
    public double tolerance() {
        return 1e-4;
    }

    @Override
    public int reductionLength() {
        return 1;
    }
}
