package dev.lanes.layers.optimisers;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * RMSProp (Hinton, 2012): the gradient divided by the root of a running mean of its squares. For a weight w with gradient
 * g:
 *
 * <pre>{@code
 * d = g + weightDecay * w
 * s = squareKept * s + (1 - squareKept) * d^2       (s begins at 0)
 * w = w - learningRate * d / (sqrt(s) + epsilon)
 * }</pre>
 *
 * <p>A step allocates nothing.
 *
 * <pre>{@code
 * Optimiser rmsProp = RmsProp.builder(net.parameters(), engine).learningRate(1e-3).build();
 * rmsProp.step(tape.backward(loss));
 * }</pre>
 */
public final class RmsProp extends GradientOptimiser {
    private final double squareKept;
    private final double epsilon;
    private final List<Tensor> squares;

    private RmsProp(Builder builder) {
        super(builder);
        squareKept = builder.squareKept;
        epsilon = builder.epsilon;
        squares = remember("square");
    }

    /** Returns a builder: learning rate 0.01, squareKept 0.99, epsilon 1e-8, no weight decay. */
    public static Builder builder(List<Parameter> parameters, Engine engine) {
        return new Builder(parameters, engine);
    }

    @Override
    void update(int i, Tensor gradient, Tensor weights, float scale, float bound, double decay, double rate) {
        updates.adaptive(
                scale,
                bound,
                (float) decay,
                0f,
                (float) squareKept,
                (float) (1 - squareKept),
                1f,
                (float) epsilon,
                1f,
                (float) rate,
                gradient,
                null,
                squares.get(i),
                weights);
    }

    /** Chooses the settings of an {@link RmsProp}. */
    public static final class Builder extends OptimiserBuilder<Builder> {
        private double squareKept = 0.99;
        private double epsilon = 1e-8;

        private Builder(List<Parameter> parameters, Engine engine) {
            super("rmsprop", parameters, engine, 0.01);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets which part of the mean of squares is kept from step to step.
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
        public RmsProp build() {
            return new RmsProp(this);
        }
    }
}
