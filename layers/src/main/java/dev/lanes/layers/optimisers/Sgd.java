package dev.lanes.layers.optimisers;

import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.numerics.ElementwiseOps;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Stochastic gradient descent, with momentum if wanted. For a weight w with gradient g:
 *
 * <pre>{@code
 * d = g + weightDecay * w
 * v = momentum * v + d          (v begins at 0)
 * w = w - learningRate * v      or, after Nesterov,  w = w - learningRate * (d + momentum * v)
 * }</pre>
 *
 * <p>Weight decay is thus that of a penalty {@code weightDecay / 2 * |w|^2} added to the loss, and passes through the
 * momentum; it applies to all parameters given, biases too. A step allocates nothing.
 *
 * <pre>{@code
 * Optimiser sgd = Sgd.builder(net.parameters(), engine).learningRate(0.05).momentum(0.9).build();
 * sgd.step(tape.backward(loss));
 * }</pre>
 */
public final class Sgd implements Optimiser {
    private final List<Parameter> parameters;
    private final ElementwiseOps elementwise;
    private final float momentum;
    private final boolean nesterov;
    private final float weightDecay;
    private final List<Tensor> velocities;
    private double learningRate;

    private Sgd(Builder builder) {
        parameters = builder.parameters;
        elementwise = builder.engine.elementwise();
        momentum = (float) builder.momentum;
        nesterov = builder.nesterov;
        weightDecay = (float) builder.weightDecay;
        learningRate = builder.learningRate;
        velocities = momentum == 0
                ? List.of()
                : parameters.stream().map(p -> Tensor.zeros(p.shape())).toList();
    }

    /** Returns a builder: learning rate 0.01, no momentum, no weight decay. */
    public static Builder builder(List<Parameter> parameters, Engine engine) {
        return new Builder(parameters, engine);
    }

    @Override
    public void step(Gradients gradients) {
        requireAny(gradients);
        for (int i = 0; i < parameters.size(); i++) {
            Tensor w = parameters.get(i).value();
            Tensor g = gradients.of(parameters.get(i));
            if (momentum == 0) {
                descend(w, g);
            } else {
                Tensor v = velocities.get(i);
                elementwise.axpby(1f, g, momentum, v);
                if (weightDecay != 0) {
                    elementwise.axpby(weightDecay, w, 1f, v);
                }
                if (nesterov) {
                    descend(w, g);
                    elementwise.axpby((float) (-learningRate * momentum), v, 1f, w);
                } else {
                    elementwise.axpby((float) -learningRate, v, 1f, w);
                }
            }
        }
    }

    /** {@code w = w - learningRate * (g + weightDecay * w)}, the decay taken together with the old weight. */
    private void descend(Tensor w, Tensor g) {
        elementwise.axpby((float) -learningRate, g, (float) (1 - learningRate * weightDecay), w);
    }

    private void requireAny(Gradients gradients) {
        for (int i = 0; i < parameters.size(); i++) {
            if (gradients.contains(parameters.get(i))) {
                return;
            }
        }
        throw new IllegalStateException("sgd: the loss depends on none of the " + parameters.size()
                + " parameters; was it computed with the same network, on a tape that records?");
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public void learningRate(double rate) {
        learningRate = notNegative("learning rate", rate);
    }

    /** {@inheritDoc} With momentum it remembers {@code NAME.velocity} of each parameter's shape, without nothing. */
    @Override
    public SequencedMap<String, Tensor> state() {
        SequencedMap<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < velocities.size(); i++) {
            state.put(parameters.get(i).name() + ".velocity", velocities.get(i));
        }
        return Collections.unmodifiableSequencedMap(state);
    }

    private static double notNegative(String what, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("sgd: the " + what + " is " + value + ", needs 0 or more");
        }
        return value;
    }

    /** Chooses the settings of an {@link Sgd}. */
    public static final class Builder {
        private final List<Parameter> parameters;
        private final Engine engine;
        private double learningRate = 0.01;
        private double momentum;
        private boolean nesterov;
        private double weightDecay;

        private Builder(List<Parameter> parameters, Engine engine) {
            this.parameters = List.copyOf(parameters);
            this.engine = Objects.requireNonNull(engine, "engine");
            long names = parameters.stream().map(Parameter::name).distinct().count();
            if (names != parameters.size()) {
                throw new IllegalArgumentException(
                        "sgd: " + parameters.size() + " parameters have only " + names + " different names");
            }
        }

        /**
         * Sets the learning rate.
         *
         * @throws IllegalArgumentException if it is negative or not a number
         */
        public Builder learningRate(double rate) {
            learningRate = notNegative("learning rate", rate);
            return this;
        }

        /**
         * Sets which part of the velocity is kept from step to step; 0 for none, often 0.9.
         *
         * @throws IllegalArgumentException if it is not at least 0 and below 1
         */
        public Builder momentum(double part) {
            if (!(part >= 0 && part < 1)) {
                throw new IllegalArgumentException("sgd: the momentum is " + part + ", needs 0 <= momentum < 1");
            }
            momentum = part;
            return this;
        }

        /** Sets whether to look ahead by the momentum, after Nesterov. */
        public Builder nesterov(boolean wanted) {
            nesterov = wanted;
            return this;
        }

        /**
         * Sets the weight decay.
         *
         * @throws IllegalArgumentException if it is negative or not a number
         */
        public Builder weightDecay(double factor) {
            weightDecay = notNegative("weight decay", factor);
            return this;
        }

        /**
         * Returns the optimiser.
         *
         * @throws IllegalArgumentException if Nesterov is wanted without momentum
         */
        public Sgd build() {
            if (nesterov && momentum == 0) {
                throw new IllegalArgumentException("sgd: Nesterov needs a momentum above 0");
            }
            return new Sgd(this);
        }
    }
}
