package dev.lanes.layers.learners;

import dev.lanes.layers.data.Shuffle;
import dev.lanes.layers.metrics.Metrics;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.Arrays;

/**
 * The linear classifier with softmax (multinomial logistic regression), taught by mini-batch gradient descent with the
 * gradient written out:
 *
 * <pre>{@code
 * p  = softmax(x W + b)
 * L  = mean of -log p[label] + decay / 2 |W|^2
 * dW = x' (p - onehot) / batch + decay W,    db = sum over the batch of (p - onehot) / batch
 * }</pre>
 *
 * <p>The loss is convex, so there is nothing to be lucky about: weights begin at zero.
 *
 * <pre>{@code
 * LinearSoftmax model = LinearSoftmax.builder(engine).learningRate(0.5).epochs(20).train(Examples.of(split.train()));
 * model.accuracy(Examples.of(split.test().open("accuracy")));
 * }</pre>
 */
public final class LinearSoftmax implements Classifier {
    private static final long FOR_ORDER = 22;

    private final Engine engine;
    private final Tensor weights;
    private final Tensor bias;
    private final double[] losses;

    private LinearSoftmax(Builder settings, Examples examples) {
        engine = settings.engine;
        weights = Tensor.zeros(examples.features(), examples.classes());
        bias = Tensor.zeros(examples.classes());
        losses = new double[settings.epochs];
        int[] order = new int[examples.size()];
        Arrays.setAll(order, i -> i);
        SeededRandom random = SeededRandom.of(settings.seed, FOR_ORDER);
        for (int epoch = 0; epoch < losses.length; epoch++) {
            Shuffle.shuffle(order, random);
            losses[epoch] = epoch(examples, order, settings);
        }
    }

    /** Returns a builder: learning rate 0.1, batches of 64, 10 epochs, no decay, seed 0. */
    public static Builder builder(Engine engine) {
        return new Builder(engine);
    }

    private double epoch(Examples examples, int[] order, Builder settings) {
        int features = examples.features();
        int classes = examples.classes();
        double loss = 0;
        for (int from = 0; from < order.length; from += settings.batch) {
            int n = Math.min(settings.batch, order.length - from);
            Tensor x = Tensor.zeros(n, features);
            for (int i = 0; i < n; i++) {
                x.slice(i, i + 1).copyFrom(examples.row(order[from + i]));
            }
            Tensor scores = scores(x);
            Tensor p = Tensor.zeros(scores.shape());
            float[] logSumExp = new float[n];
            engine.rows().softmax(scores, p, logSumExp);
            for (int i = 0; i < n; i++) {
                int at = i * classes + examples.label(order[from + i]);
                loss += logSumExp[i] - scores.array()[scores.offset() + at];
                p.array()[p.offset() + at] -= 1f; // p - onehot
            }
            float step = (float) (-settings.learningRate / n);
            float keep = (float) (1 - settings.learningRate * settings.decay);
            engine.matrix().gemm(true, false, step, x, p, keep, weights);
            Tensor db = Tensor.zeros(classes);
            engine.rows().sum(p, db);
            engine.elementwise().axpby(step, db, 1f, bias);
        }
        return loss / order.length;
    }

    private Tensor scores(Tensor x) {
        Tensor scores = Tensor.zeros(x.shape().dim(0), weights.shape().dim(1));
        engine.matrix().linear(x, weights, bias, scores);
        return scores;
    }

    /** Returns the probability of each class for each row: x {@code [n, features]}, result {@code [n, classes]}. */
    public Tensor probabilities(Tensor x) {
        return engine.softmax(
                scores(Rows.require("linearSoftmax", x, weights.shape().dim(0))));
    }

    @Override
    public int[] predict(Tensor x) {
        Tensor scores = scores(Rows.require("linearSoftmax", x, weights.shape().dim(0)));
        int[] classes = new int[x.shape().dim(0)];
        Arrays.setAll(classes, row -> Metrics.argmax(scores, row));
        return classes;
    }

    /** Returns a copy of the weights {@code [features, classes]}. */
    public Tensor weights() {
        return weights.copy();
    }

    /** Returns a copy of the bias {@code [classes]}. */
    public Tensor bias() {
        return bias.copy();
    }

    /** Returns the mean cross-entropy of each epoch, before each batch was learnt from, decay not counted. */
    public double[] losses() {
        return losses.clone();
    }

    /** Returns the sizes, as in {@code LinearSoftmax 784 -> 10}. */
    @Override
    public String toString() {
        Shape shape = weights.shape();
        return "LinearSoftmax " + shape.dim(0) + " -> " + shape.dim(1);
    }

    /** Chooses the settings of the training; not thread-safe. */
    public static final class Builder {
        private final Engine engine;
        private double learningRate = 0.1;
        private double decay;
        private int batch = 64;
        private int epochs = 10;
        private long seed;

        private Builder(Engine engine) {
            this.engine = engine;
        }

        /** Sets the learning rate, above 0. */
        public Builder learningRate(double rate) {
            require(rate > 0 && rate < Double.POSITIVE_INFINITY, "learning rate", rate, "above 0");
            learningRate = rate;
            return this;
        }

        /** Sets how strongly weights are drawn to zero, 0 or more. */
        public Builder decay(double strength) {
            require(strength >= 0 && strength < Double.POSITIVE_INFINITY, "decay", strength, "0 or more");
            decay = strength;
            return this;
        }

        /** Sets how many examples make a step, at least 1. */
        public Builder batch(int examples) {
            require(examples >= 1, "batch", examples, "at least 1");
            batch = examples;
            return this;
        }

        /** Sets how often every example is seen, at least once. */
        public Builder epochs(int count) {
            require(count >= 1, "epochs", count, "at least 1");
            epochs = count;
            return this;
        }

        /** Sets what the order of the examples follows from. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * Teaches a model.
         *
         * @throws IllegalArgumentException if there are no examples
         */
        public LinearSoftmax train(Examples examples) {
            require(examples.size() >= 1, "number of examples", examples.size(), "at least 1");
            return new LinearSoftmax(this, examples);
        }

        private static void require(boolean holds, String what, Number value, String needed) {
            if (!holds) {
                throw new IllegalArgumentException("linearSoftmax: the " + what + " is " + value + ", needs " + needed);
            }
        }
    }
}
