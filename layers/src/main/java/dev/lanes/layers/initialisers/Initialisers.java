package dev.lanes.layers.initialisers;

import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/**
 * The usual initialisers.
 *
 * <p>The <em>fan-in</em> of weights is the number of products that one output sums, the <em>fan-out</em> the number of
 * outputs that one input reaches: {@code in} and {@code out} of a fully connected layer {@code [in, out]}, {@code kH kW
 * inC / groups} and {@code kH kW outC} of a convolution {@code [kH, kW, inC / groups, outC]}.
 *
 * <pre>{@code
 * Tensor w = Tensor.zeros(3, 3, 16, 32);
 * Initialisers.heNormal().initialise(w, new SeededRandom(42));   // variance 2 / 144
 * }</pre>
 */
public final class Initialisers {
    private Initialisers() {}

    /**
     * Normal with variance {@code 2 / fanIn} (He), which keeps the size of activations through layers of ReLU. With a
     * {@link SeededRandom} the values are the same on every JDK.
     */
    public static Initialiser heNormal() {
        return (weights, random) -> normal(weights, Math.sqrt(2.0 / fanIn(weights.shape())), random);
    }

    /** Uniform from {@code -a} to {@code a} with {@code a = sqrt(6 / fanIn)} (He): the variance of {@link #heNormal}. */
    public static Initialiser heUniform() {
        return (weights, random) -> uniform(weights, Math.sqrt(6.0 / fanIn(weights.shape())), random);
    }

    /**
     * Normal with variance {@code 2 / (fanIn + fanOut)} (Xavier, also called Glorot), which balances forwards and
     * backwards for layers of tanh or none. With a {@link SeededRandom} the values are the same on every JDK.
     */
    public static Initialiser xavierNormal() {
        return (weights, random) -> normal(weights, Math.sqrt(2.0 / fans(weights.shape())), random);
    }

    /**
     * Uniform from {@code -a} to {@code a} with {@code a = sqrt(6 / (fanIn + fanOut))} (Xavier, also called Glorot): the
     * variance of {@link #xavierNormal}.
     */
    public static Initialiser xavierUniform() {
        return (weights, random) -> uniform(weights, Math.sqrt(6.0 / fans(weights.shape())), random);
    }

    /** Zeros, as for biases. */
    public static Initialiser zeros() {
        return constant(0f);
    }

    /** One value for all. */
    public static Initialiser constant(float value) {
        return (weights, random) -> weights.fill(value);
    }

    private static long fanIn(Shape shape) {
        requireFans(shape);
        return Math.max(1, (long) window(shape) * shape.dim(-2));
    }

    private static long fans(Shape shape) {
        requireFans(shape);
        return Math.max(1, (long) window(shape) * shape.dim(-2) + (long) window(shape) * shape.dim(-1));
    }

    private static int window(Shape shape) {
        int window = 1;
        for (int axis = 0; axis < shape.rank() - 2; axis++) {
            window *= shape.dim(axis);
        }
        return window;
    }

    private static void requireFans(Shape shape) {
        if (shape.rank() < 2) {
            throw new ShapeMismatchException(
                    "initialise",
                    "weights are " + shape + ", needs [in, out] or [kH, kW, inC / groups, outC]; for a bias use zeros");
        }
    }

    private static void normal(Tensor weights, double deviation, RandomGenerator random) {
        fill(weights, () -> deviation * random.nextGaussian());
    }

    private static void uniform(Tensor weights, double limit, RandomGenerator random) {
        fill(weights, () -> limit * (2 * random.nextDouble() - 1));
    }

    private static void fill(Tensor weights, DoubleSupplier value) {
        for (int i = 0; i < weights.elements(); i++) {
            weights.array()[weights.offset() + i] = (float) value.getAsDouble();
        }
    }
}
