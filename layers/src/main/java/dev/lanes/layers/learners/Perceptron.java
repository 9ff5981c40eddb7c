package dev.lanes.layers.learners;

import dev.lanes.layers.data.Shuffle;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.Arrays;

/**
 * Rosenblatt's perceptron (1958): neurons that fire where a weighted sum is above zero, and learn from mistakes alone.
 *
 * <pre>{@code
 * o = 1 if <w, x> + b > 0, else 0
 * w = w + rate (t - o) x,    b = b + rate (t - o)       for each example with target t
 * }</pre>
 *
 * <p>Two classes need one neuron, which fires for class 1; more classes have a neuron each, which fires for its own, and
 * the largest sum names the class. Where a plane separates the classes, the rule finds one after finitely many mistakes;
 * where none does (XOR), it never rests.
 *
 * <pre>{@code
 * Perceptron or = Perceptron.train(examples, 1, 100, 42, engine);
 * or.mistakes();          // in each epoch, as in [2, 1, 0]
 * or.predict(x);          // [0, 1, 1, 1]
 * }</pre>
 */
public final class Perceptron implements Classifier {
    private static final long FOR_ORDER = 21;

    private final Engine engine;
    private final Tensor weights;
    private final float[] bias;
    private int[] mistakes = new int[0];

    private Perceptron(int features, int neurons, Engine engine) {
        this.engine = engine;
        this.weights = Tensor.zeros(neurons, features);
        this.bias = new float[neurons];
    }

    /**
     * Learns, from weights of zero, until an epoch passes without a mistake or the epochs are over.
     *
     * @param rate how far a mistake moves the weights
     * @param epochs the most there may be
     * @param seed gives the order of the examples, a new one in each epoch
     * @throws IllegalArgumentException if there are no examples, the rate is not above 0, or the epochs below 1
     */
    public static Perceptron train(Examples examples, double rate, int epochs, long seed, Engine engine) {
        if (examples.size() == 0 || !(rate > 0 && rate < Double.POSITIVE_INFINITY) || epochs < 1) {
            throw new IllegalArgumentException("perceptron: " + examples.size() + " examples, rate " + rate + ", "
                    + epochs + " epochs; needs at least 1 example, a rate above 0 and at least 1 epoch");
        }
        Perceptron perceptron =
                new Perceptron(examples.features(), examples.classes() <= 2 ? 1 : examples.classes(), engine);
        int[] counts = new int[epochs];
        int[] order = new int[examples.size()];
        Arrays.setAll(order, i -> i);
        SeededRandom random = SeededRandom.of(seed, FOR_ORDER);
        int epoch = 0;
        do {
            Shuffle.shuffle(order, random);
            counts[epoch] = perceptron.epoch(examples, order, (float) rate);
        } while (counts[epoch++] > 0 && epoch < epochs);
        perceptron.mistakes = Arrays.copyOf(counts, epoch);
        return perceptron;
    }

    /** Shows every example once and returns how many made a neuron err. */
    private int epoch(Examples examples, int[] order, float rate) {
        Tensor sums = Tensor.zeros(1, bias.length);
        int wrong = 0;
        for (int i : order) {
            Tensor x = examples.row(i);
            engine.matrix().gemm(false, true, 1f, x, weights, 0f, sums);
            boolean erred = false;
            for (int k = 0; k < bias.length; k++) {
                int target = examples.label(i) == (bias.length == 1 ? 1 : k) ? 1 : 0;
                int fired = sums.array()[sums.offset() + k] + bias[k] > 0 ? 1 : 0;
                if (target != fired) {
                    engine.elementwise().axpby(rate * (target - fired), x, 1f, weights.slice(k, k + 1));
                    bias[k] += rate * (target - fired);
                    erred = true;
                }
            }
            wrong += erred ? 1 : 0;
        }
        return wrong;
    }

    @Override
    public int[] predict(Tensor x) {
        Rows.require("perceptron", x, weights.shape().dim(1));
        int n = x.shape().dim(0);
        int neurons = bias.length;
        Tensor sums = Tensor.zeros(n, neurons);
        engine.matrix().gemm(false, true, 1f, x, weights, 0f, sums);
        engine.rows().addRow(sums, Tensor.wrap(bias, 0, Shape.of(neurons)), sums);
        int[] classes = new int[n];
        for (int r = 0; r < n; r++) {
            classes[r] = neurons == 1
                    ? (sums.array()[sums.offset() + r] > 0 ? 1 : 0)
                    : highest(sums.array(), sums.offset() + r * neurons, neurons);
        }
        return classes;
    }

    private static int highest(float[] sums, int from, int count) {
        int best = 0;
        for (int k = 1; k < count; k++) {
            best = sums[from + k] > sums[from + best] ? k : best;
        }
        return best;
    }

    /** Returns a copy of the weights {@code [neurons, features]}. */
    public Tensor weights() {
        return weights.copy();
    }

    /** Returns a copy of the biases, one a neuron. */
    public float[] bias() {
        return bias.clone();
    }

    /** Returns how many examples were mistaken in each epoch; the last is 0 if the classes were separated. */
    public int[] mistakes() {
        return mistakes.clone();
    }

    /** Tells whether the last epoch passed without a mistake, so that a plane separates the classes. */
    public boolean converged() {
        return mistakes[mistakes.length - 1] == 0;
    }
}
