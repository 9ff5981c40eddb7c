package dev.lanes.layers.optimisers;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * Adagrad (Duchi, Hazan and Singer, 2011): the gradient divided by the root of the sum of its squares so far, so that
 * what is seldom learnt from learns faster. For a weight w with gradient g:
 *
 * <pre>{@code
 * d = g + weightDecay * w
 * s = s + d^2                                       (s begins at 0)
 * w = w - learningRate * d / (sqrt(s) + epsilon)
 * }</pre>
 *
 * <p>A step allocates nothing.
 *
 * <pre>{@code
 * Optimiser adagrad = Adagrad.builder(net.parameters(), engine).learningRate(0.01).build();
 * adagrad.step(tape.backward(loss));
 * }</pre>
 */
public final class Adagrad extends GradientOptimiser {
    private final double epsilon;
    private final List<Tensor> squares;

    private Adagrad(Builder builder) {
        super(builder);
        epsilon = builder.epsilon;
        squares = remember("square");
    }

    /** Returns a builder: learning rate 0.01, epsilon 1e-10, no weight decay. */
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
                1f,
                1f,
                1f,
                (float) epsilon,
                1f,
                (float) rate,
                gradient,
                null,
                squares.get(i),
                weights);
    }

    /** Chooses the settings of an {@link Adagrad}. */
    public static final class Builder extends OptimiserBuilder<Builder> {
        private double epsilon = 1e-10;

        private Builder(List<Parameter> parameters, Engine engine) {
            super("adagrad", parameters, engine, 0.01);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets what is added to the root of the sum of squares, so that nothing is divided by 0.
         *
         * @throws IllegalArgumentException if it is not above 0
         */
        public Builder epsilon(double value) {
            epsilon = positive("epsilon", value);
            return this;
        }

        /** Returns the optimiser. */
        public Adagrad build() {
            return new Adagrad(this);
        }
    }
}
