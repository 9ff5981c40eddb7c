package dev.lanes.layers.optimisers;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * Gradient descent, stochastic where the gradients are those of a batch, with momentum if wanted. For a weight w with
 * gradient g:
 *
 * <pre>{@code
 * d = g + weightDecay * w
 * v = momentum * v + d          (v begins at 0)
 * w = w - learningRate * v      or, after Nesterov,  w = w - learningRate * (d + momentum * v)
 * }</pre>
 *
 * <p>Weight decay is thus that of a penalty {@code weightDecay / 2 * |w|^2} added to the loss, and passes through the
 * momentum; it applies to all parameters given, biases too, unless a group says otherwise. A step allocates nothing.
 *
 * <pre>{@code
 * Optimiser sgd = Sgd.builder(net.parameters(), engine).learningRate(0.05).momentum(0.9).build();
 * sgd.step(tape.backward(loss));
 * }</pre>
 */
public final class Sgd extends GradientOptimiser {
    private final float momentum;
    private final boolean nesterov;
    private final List<Tensor> velocities;

    private Sgd(Builder builder) {
        super(builder);
        momentum = (float) builder.momentum;
        nesterov = builder.nesterov;
        velocities = momentum == 0 ? List.of() : remember("velocity");
    }

    /** Returns a builder: learning rate 0.01, no momentum, no weight decay. */
    public static Builder builder(List<Parameter> parameters, Engine engine) {
        return new Builder(parameters, engine);
    }

    @Override
    void update(int i, Tensor gradient, Tensor weights, float scale, float bound, double decay, double rate) {
        Tensor velocity = momentum == 0 ? null : velocities.get(i);
        updates.momentum(scale, bound, (float) decay, momentum, nesterov, (float) rate, gradient, velocity, weights);
    }

    /** Chooses the settings of an {@link Sgd}. */
    public static final class Builder extends OptimiserBuilder<Builder> {
        private double momentum;
        private boolean nesterov;

        private Builder(List<Parameter> parameters, Engine engine) {
            super("sgd", parameters, engine, 0.01);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets which part of the velocity is kept from step to step; 0 for none, often 0.9.
         *
         * @throws IllegalArgumentException if it is not at least 0 and below 1
         */
        public Builder momentum(double part) {
            momentum = part("momentum", part);
            return this;
        }

        /** Sets whether to look ahead by the momentum, after Nesterov. */
        public Builder nesterov(boolean wanted) {
            nesterov = wanted;
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
