package dev.lanes.layers.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Checks derivatives against one another in a random direction: the cost does not grow with the number of inputs, and a
 * wrong entry of a Jacobian shows in almost every direction. {@link DefinitionChecks} compares with what is right.
 */
public final class DerivativeChecks {
    /** Half the distance of two neighbouring floats around 1: the relative error of one rounding. */
    private static final double ROUNDING = 0x1p-24;

    /** Something to differentiate: ops applied to leaves. */
    @FunctionalInterface
    public interface Function {
        /** Applies the ops. */
        Variable apply(Tape tape, Variable[] leaves);
    }

    private final Engine engine;
    private final long seed;
    private final RandomGenerator random;

    /** Makes checks whose directions follow from a seed, which every failure names. */
    public DerivativeChecks(Engine engine, long seed) {
        this.engine = engine;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** Returns a tensor of values between -1 and 1. */
    public Tensor uniform(Shape shape) {
        return Tensor.generate(shape, i -> random.nextDouble(-1, 1));
    }

    /**
     * Returns a tensor of distinct multiples of 0.25, none of them 0, in random order: a change of less than 0.125 each
     * neither crosses the kink of a ReLU nor changes which value is the largest.
     */
    public Tensor apart(Shape shape) {
        Tensor t = Tensor.generate(shape, i -> 0.25 * (i % 2 == 0 ? i / 2 + 1 : -(i / 2 + 1)));
        for (int i = t.elements() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            float swapped = t.array()[t.offset() + i];
            t.array()[t.offset() + i] = t.array()[t.offset() + j];
            t.array()[t.offset() + j] = swapped;
        }
        return t;
    }

    /**
     * Checks {@code <u, Jv> = <J'u, v>} for random u and v.
     *
     * <p>Each side is a sum of products of values that float32 arithmetic got wrong by at most {@code terms} roundings
     * relative to their norm, so the two differ by at most {@code 2 terms 2^-24 (|u||Jv| + |J'u||v|)}.
     *
     * @param terms the longest sum of products in the function, added up over its ops
     */
    public void adjoint(Function function, int terms, List<Tensor> inputs) {
        Tape tape = Tape.recording(engine);
        Variable[] leaves = inputs.stream().map(tape::leaf).toArray(Variable[]::new);
        Variable y = function.apply(tape, leaves);
        Map<Variable, Tensor> directions = directions(leaves);
        Tensor jv = tape.forward(directions).of(y);
        // Some of Jv in u makes the products large beside their rounding, so that a wrong entry cannot hide in it.
        double scale = largest(jv);
        Tensor u = Tensor.generate(y.shape(), i -> random.nextDouble(-1, 1) + jv.array()[jv.offset() + i] / scale);
        Gradients gradients = tape.backward(y, u);
        double right = 0;
        double bound = norm(u) * norm(jv);
        for (Variable leaf : leaves) {
            Tensor g = gradients.of(leaf);
            right += dot(g, directions.get(leaf));
            bound += norm(g) * norm(directions.get(leaf));
        }
        double left = dot(u, jv);
        double tolerance = 2 * terms * ROUNDING * bound;
        assertTrue(Math.abs(left) > 1000 * tolerance, () -> "seed " + seed + ": the products are too small to tell");
        double difference = Math.abs(left - right);
        double leftSide = left;
        double rightSide = right;
        assertTrue(
                difference <= tolerance,
                () -> "seed " + seed + ": <u, Jv> = " + leftSide + ", <J'u, v> = " + rightSide + ", differ by "
                        + difference + ", allowed " + tolerance);
    }

    private Map<Variable, Tensor> directions(Variable[] leaves) {
        Map<Variable, Tensor> directions = new HashMap<>();
        for (Variable leaf : leaves) {
            directions.put(leaf, Tensor.generate(leaf.shape(), i -> random.nextDouble(-1, 1)));
        }
        return directions;
    }

    /** Returns the sum of products of two tensors of the same shape, in double. */
    public static double dot(Tensor a, Tensor b) {
        double sum = 0;
        for (int i = 0; i < a.elements(); i++) {
            sum += (double) a.array()[a.offset() + i] * b.array()[b.offset() + i];
        }
        return sum;
    }

    private static double norm(Tensor a) {
        return Math.sqrt(dot(a, a));
    }

    private static double largest(Tensor a) {
        double largest = 0;
        for (int i = 0; i < a.elements(); i++) {
            largest = Math.max(largest, Math.abs(a.array()[a.offset() + i]));
        }
        return largest;
    }
}
