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

    /** Normal with variance {@code 1 / fanIn} (LeCun), as for SELU and for layers without ReLU. */
    public static Initialiser lecunNormal() {
        return (weights, random) -> normal(weights, Math.sqrt(1.0 / fanIn(weights.shape())), random);
    }

    /** Uniform from {@code -a} to {@code a} with {@code a = sqrt(3 / fanIn)} (LeCun): the variance of {@link #lecunNormal}. */
    public static Initialiser lecunUniform() {
        return (weights, random) -> uniform(weights, Math.sqrt(3.0 / fanIn(weights.shape())), random);
    }

    /**
     * Normal with the given mean and standard deviation.
     *
     * @throws IllegalArgumentException if the deviation is negative or not a number
     */
    public static Initialiser normal(double mean, double deviation) {
        if (!(deviation >= 0)) {
            throw new IllegalArgumentException("initialise: the deviation is " + deviation + ", needs 0 or more");
        }
        return (weights, random) -> fill(weights, () -> mean + deviation * random.nextGaussian());
    }

    /**
     * Uniform from {@code low} up to {@code high}.
     *
     * @throws IllegalArgumentException if they are not in this order
     */
    public static Initialiser uniform(double low, double high) {
        if (!(low <= high)) {
            throw new IllegalArgumentException(
                    "initialise: uniform from " + low + " to " + high + " is the wrong order");
        }
        return (weights, random) -> fill(weights, () -> low + (high - low) * random.nextDouble());
    }

    /**
     * Orthogonal (Saxe, McClelland and Ganguli, 2014): as a matrix of {@code kH kW inC / groups} rows and {@code outC}
     * columns, the shorter of rows and columns are orthogonal to one another and of length {@code gain}, drawn evenly from
     * all such. The gain is 1 for a linear layer, {@code sqrt(2)} before ReLU.
     */
    public static Initialiser orthogonal(double gain) {
        return (weights, random) -> Orthogonal.fill(weights, gain, random);
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

    static void requireFans(Shape shape) {
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
