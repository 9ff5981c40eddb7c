package dev.lanes.layers.optimisers;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * Adam (Kingma and Ba, 2015): steps of about the learning rate in every direction, whatever the size of the gradients.
 * For a weight w with gradient g, at step t from 1:
 *
 * <pre>{@code
 * d = g + weightDecay * w
 * m = meanKept * m + (1 - meanKept) * d             (m and s begin at 0)
 * s = squareKept * s + (1 - squareKept) * d^2
 * w = w - learningRate * m / (1 - meanKept^t) / (sqrt(s / (1 - squareKept^t)) + epsilon)
 * }</pre>
 *
 * <p>Weight decay, as a penalty on the loss, is divided by the size of the gradients like these; {@link AdamW} has a
 * decay that is not, and is the better choice where there is any. A step allocates nothing.
 *
 * <pre>{@code
 * Optimiser adam = Adam.builder(net.parameters(), engine).learningRate(1e-3).build();
 * adam.step(tape.backward(loss));
 * }</pre>
 */
public final class Adam extends GradientOptimiser {
    private final AdamMoments moments;

    private Adam(Builder builder) {
        super(builder);
        moments = new AdamMoments(this, builder.meanKept, builder.squareKept, builder.epsilon);
    }

    /**
     * Returns a builder: learning rate 0.001, meanKept 0.9, squareKept 0.999, epsilon 1e-8, no weight decay.
     */
    public static Builder builder(List<Parameter> parameters, Engine engine) {
        return new Builder(parameters, engine);
    }

    @Override
    void begin() {
        moments.begin();
    }

    @Override
    void update(int i, Tensor gradient, Tensor weights, float scale, float bound, double decay, double rate) {
        moments.update(i, gradient, weights, scale, bound, decay, 1, rate);
    }

    /** Chooses the settings of an {@link Adam}. */
    public static final class Builder extends OptimiserBuilder<Builder> {
        private double meanKept = 0.9;
        private double squareKept = 0.999;
        private double epsilon = 1e-8;

        private Builder(List<Parameter> parameters, Engine engine) {
            super("adam", parameters, engine, 0.001);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets which part of the mean of gradients is kept from step to step, beta 1 of the paper.
         *
         * @throws IllegalArgumentException if it is not at least 0 and below 1
         */
        public Builder meanKept(double part) {
            meanKept = part("meanKept", part);
            return this;
        }

        /**
         * Sets which part of the mean of squares is kept from step to step, beta 2 of the paper.
         *
         * @throws IllegalArgumentException if it is not at least 0 and below 1
         */
        public Builder squareKept(double part) {
            squareKept = part("squareKept", part);
            return this;
        }

        /**
         * Sets what is added to the root of the mean of squares, so that nothing is divided by 0.
         *
         * @throws IllegalArgumentException if it is not above 0
         */
        public Builder epsilon(double value) {
            epsilon = positive("epsilon", value);
            return this;
        }

        /** Returns the optimiser. */
        public Adam build() {
            return new Adam(this);
        }
    }
}
