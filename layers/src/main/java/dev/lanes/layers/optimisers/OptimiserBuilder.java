package dev.lanes.layers.optimisers;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.numerics.Engine;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The settings that all optimisers share: learning rate, weight decay, groups of parameters that differ in them, and the
 * clipping of gradients.
 *
 * <pre>{@code
 * Optimiser adam = AdamW.builder(net.parameters(), engine)
 *         .learningRate(1e-3)
 *         .weightDecay(0.01)
 *         .decayMatricesOnly()                                   // no decay of biases and normalisation
 *         .group(p -> p.name().startsWith("backbone."), 0.1, 1)  // a tenth of the learning rate
 *         .clipNorm(1)
 *         .build();
 * }</pre>
 *
 * @param <B> the builder itself
 */
public abstract sealed class OptimiserBuilder<B extends OptimiserBuilder<B>>
        permits Sgd.Builder, Adam.Builder, AdamW.Builder, RmsProp.Builder, Adagrad.Builder {
    final String name;
    final List<Parameter> parameters;
    final Engine engine;
    final double[] rateFactors;
    final double[] decayFactors;
    double learningRate;
    double weightDecay;
    double clipNorm = Double.POSITIVE_INFINITY;
    double clipValue = Double.POSITIVE_INFINITY;

    OptimiserBuilder(String name, List<Parameter> parameters, Engine engine, double learningRate) {
        this.name = name;
        this.parameters = List.copyOf(parameters);
        this.engine = Objects.requireNonNull(engine, "engine");
        this.learningRate = learningRate;
        long names = parameters.stream().map(Parameter::name).distinct().count();
        if (names != parameters.size()) {
            throw new IllegalArgumentException(
                    name + ": " + parameters.size() + " parameters have only " + names + " different names");
        }
        rateFactors = new double[parameters.size()];
        decayFactors = new double[parameters.size()];
        Arrays.fill(rateFactors, 1);
        Arrays.fill(decayFactors, 1);
    }

    abstract B self();

    /**
     * Sets the learning rate.
     *
     * @throws IllegalArgumentException if it is negative or not a number
     */
    public final B learningRate(double rate) {
        learningRate = notNegative("learning rate", rate);
        return self();
    }

    /**
     * Sets the weight decay.
     *
     * @throws IllegalArgumentException if it is negative or not a number
     */
    public final B weightDecay(double factor) {
        weightDecay = notNegative("weight decay", factor);
        return self();
    }

    /**
     * Gives some parameters a learning rate and a weight decay of their own, as factors of those of the others; 0 for the
     * rate freezes them. A later group overrides an earlier one where both have a parameter.
     *
     * @throws IllegalArgumentException if a factor is negative or not a number, or no parameter is in the group
     */
    public final B group(Predicate<Parameter> members, double learningRateFactor, double weightDecayFactor) {
        notNegative("factor of the learning rate", learningRateFactor);
        notNegative("factor of the weight decay", weightDecayFactor);
        boolean any = false;
        for (int i = 0; i < rateFactors.length; i++) {
            if (members.test(parameters.get(i))) {
                rateFactors[i] = learningRateFactor;
                decayFactors[i] = weightDecayFactor;
                any = true;
            }
        }
        if (!any) {
            throw new IllegalArgumentException(
                    name + ": none of the " + parameters.size() + " parameters is in the group");
        }
        return self();
    }

    /** Leaves parameters of fewer than two axes, biases and the scales and shifts of normalisation, without decay. */
    public final B decayMatricesOnly() {
        for (int i = 0; i < decayFactors.length; i++) {
            decayFactors[i] = parameters.get(i).shape().rank() < 2 ? 0 : decayFactors[i];
        }
        return self();
    }

    /**
     * Scales all gradients down together where their norm, the root of the sum of all squares, is above a bound.
     *
     * @throws IllegalArgumentException if the bound is not above 0
     */
    public final B clipNorm(double most) {
        clipNorm = positive("bound of the norm", most);
        return self();
    }

    /**
     * Cuts each element of each gradient to {@code -most} to {@code most}; after clipping by norm, if that is asked for.
     *
     * @throws IllegalArgumentException if the bound is not above 0
     */
    public final B clipValue(double most) {
        clipValue = positive("bound of the gradient", most);
        return self();
    }

    final double notNegative(String what, double value) {
        return notNegative(name, what, value);
    }

    static double notNegative(String name, String what, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + ": the " + what + " is " + value + ", needs 0 or more");
        }
        return value;
    }

    final double positive(String what, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(name + ": the " + what + " is " + value + ", needs to be above 0");
        }
        return value;
    }

    /** Throws unless a value is at least 0 and below 1. */
    final double part(String what, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(
                    name + ": the " + what + " is " + value + ", needs 0 <= " + what + " < 1");
        }
        return value;
    }
}
