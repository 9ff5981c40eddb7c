package dev.lanes.layers.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.layers.autodiff.HessianVector;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.differentiation.FiniteDifferences;
import dev.lanes.layers.ops.LinearOp;
import dev.lanes.layers.ops.ReshapeOp;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Checks an op against its definition in double: the value, and the derivatives against central differences of the
 * definition, which are right to about ten digits, so that nothing but the roundings of the op itself is allowed for.
 *
 * <p>With J the Jacobian by differences, {@code Jv} of an op in float32 is a sum of products, wrong by at most {@code
 * terms} roundings of {@code |J||v|}; {@code J'u} likewise. The largest entry of that bound is granted to all of them.
 */
public final class DefinitionChecks {
    private static final double ROUNDING = 0x1p-24;
    /** What central differences are wrong by, relative to the largest entry. */
    private static final double DIFFERENCE = 1e-9;
    /** Step of the differences of gradients; a kink must be farther than this away. */
    private static final double OUTER_STEP = 0x1p-10;

    private final Engine engine;
    private final long seed;
    private final Op op;
    private final List<Tensor> inputs;
    private final int terms;
    private final Doubles.Definition definition;
    private final List<Shape> shapes;
    private final double[] x;

    /**
     * @param terms the longest sum of products in the op, and a few for each function such as exp
     */
    public DefinitionChecks(
            Engine engine, long seed, Op op, List<Tensor> inputs, int terms, Doubles.Definition definition) {
        this.engine = engine;
        this.seed = seed;
        this.op = op;
        this.inputs = inputs;
        this.terms = terms;
        this.definition = definition;
        this.shapes = inputs.stream().map(Tensor::shape).toList();
        this.x = Doubles.join(inputs.stream().map(Doubles::of).toList());
    }

    /** Checks the shape and the values of the output. */
    public void value() {
        Tensor y = onTape().y.value();
        Doubles expected = definition.of(Doubles.split(x, shapes));
        assertEquals(expected.shape(), y.shape());
        compare("y", expected.values(), Doubles.of(y).values(), largest(expected.values()));
    }

    /** Checks the jvp, along all inputs and along each alone, and the vjp against the Jacobian. */
    public void derivatives() {
        OnTape t = onTape();
        double[][] j = FiniteDifferences.central().jacobian(this::evaluate, x);
        for (Map<Variable, Tensor> v : t.directions()) {
            compareProduct("Jv", j, flat(t, v), Doubles.of(t.tape.forward(v).of(t.y)));
        }
        Tensor u = random(t.y.shape(), 0);
        Gradients gradients = t.tape.backward(t.y, u);
        double[] back = Doubles.join(Arrays.stream(t.leaves)
                .map(leaf -> Doubles.of(gradients.of(leaf)))
                .toList());
        compareProduct("J'u", transpose(j, x.length), Doubles.of(u).values(), new Doubles(Shape.of(back.length), back));
    }

    private void compareProduct(String what, double[][] matrix, double[] v, Doubles actual) {
        double[] expected = new double[matrix.length];
        double size = 0;
        for (int r = 0; r < matrix.length; r++) {
            double sizes = 0;
            for (int c = 0; c < v.length; c++) {
                expected[r] += matrix[r][c] * v[c];
                sizes += Math.abs(matrix[r][c] * v[c]);
            }
            size = Math.max(size, sizes);
        }
        compare(what, expected, actual.values(), size);
    }

    private static double[][] transpose(double[][] matrix, int columns) {
        double[][] transposed = new double[columns][matrix.length];
        for (int r = 0; r < matrix.length; r++) {
            for (int c = 0; c < columns; c++) {
                transposed[c][r] = matrix[r][c];
            }
        }
        return transposed;
    }

    /**
     * Checks the Hessian of {@code <y, y>} times a direction against differences of its gradient {@code 2 J'y}: it has
     * both parts, how y changes and how J does.
     */
    public void secondDerivatives() {
        OnTape t = onTape();
        Variable square = square(t.tape, t.y);
        for (Map<Variable, Tensor> v : t.directions()) {
            HessianVector product = t.tape.hessianVector(square, v);
            double[] actual = Doubles.join(Arrays.stream(t.leaves)
                    .map(leaf -> Doubles.of(product.of(leaf)))
                    .toList());
            double[] flat = flat(t, v);
            double[] near = changeOfGradient(flat, OUTER_STEP);
            double[] far = changeOfGradient(flat, 2 * OUTER_STEP);
            double[] expected = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                expected[i] = (4 * near[i] - far[i]) / 3; // what is left out grows with the fourth power of the step
            }
            double size = largest(expected);
            // Sums of sums, and what the differences of differences are wrong by.
            within("Hv", expected, actual, (8 * terms * ROUNDING + 1e-5) * size, size);
        }
    }

    private double[] changeOfGradient(double[] direction, double h) {
        double[] above = gradientOfSquare(moved(direction, h));
        double[] below = gradientOfSquare(moved(direction, -h));
        double[] change = new double[x.length];
        for (int i = 0; i < change.length; i++) {
            change[i] = (above[i] - below[i]) / (2 * h);
        }
        return change;
    }

    private double[] gradientOfSquare(double[] at) {
        double[] y = evaluate(at);
        double[][] j = FiniteDifferences.central().jacobian(this::evaluate, at);
        double[] gradient = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            for (int o = 0; o < y.length; o++) {
                gradient[i] += 2 * j[o][i] * y[o];
            }
        }
        return gradient;
    }

    private double[] evaluate(double[] at) {
        return definition.of(Doubles.split(at, shapes)).values();
    }

    private double[] moved(double[] direction, double h) {
        double[] moved = x.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += h * direction[i];
        }
        return moved;
    }

    private void compare(String what, double[] expected, double[] actual, double size) {
        within(what, expected, actual, (terms * ROUNDING + DIFFERENCE) * size, size);
    }

    private void within(String what, double[] expected, double[] actual, double tolerance, double size) {
        assertEquals(expected.length, actual.length, what);
        assertTrue(size > 1e-3, () -> op + ": " + what + " is too small to tell: " + size);
        for (int i = 0; i < expected.length; i++) {
            int at = i;
            assertTrue(
                    Math.abs(expected[i] - actual[i]) <= tolerance,
                    () -> op + ", seed " + seed + ": entry " + at + " of " + what + " is " + actual[at]
                            + ", by the definition " + expected[at] + ", allowed " + tolerance);
        }
    }

    private double[] flat(OnTape t, Map<Variable, Tensor> v) {
        return Doubles.join(Arrays.stream(t.leaves)
                .map(leaf -> Doubles.of(v.getOrDefault(leaf, Tensor.zeros(leaf.shape()))))
                .toList());
    }

    private Tensor random(Shape shape, long number) {
        SplittableRandom random = new SplittableRandom(seed + number);
        return Tensor.generate(shape, i -> random.nextDouble(-1, 1));
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }

    /** Returns {@code <y, y>}, which uses y twice. */
    public static Variable square(Tape tape, Variable y) {
        int n = y.shape().elements();
        return tape.apply(
                LinearOp.LINEAR,
                tape.apply(ReshapeOp.to(Shape.of(1, n)), y),
                tape.apply(ReshapeOp.to(Shape.of(n, 1)), y));
    }

    private OnTape onTape() {
        Tape tape = Tape.recording(engine);
        Variable[] leaves = inputs.stream().map(tape::leaf).toArray(Variable[]::new);
        return new OnTape(tape, leaves, tape.apply(op, leaves));
    }

    /** The op, applied to leaves. */
    private final class OnTape {
        final Tape tape;
        final Variable[] leaves;
        final Variable y;

        OnTape(Tape tape, Variable[] leaves, Variable y) {
            this.tape = tape;
            this.leaves = leaves;
            this.y = y;
        }

        /** Returns a random direction along all leaves, then one along each. */
        List<Map<Variable, Tensor>> directions() {
            List<Map<Variable, Tensor>> all = new ArrayList<>(List.of(new HashMap<>()));
            for (int i = 0; i < leaves.length; i++) {
                Tensor v = random(leaves[i].shape(), i + 1);
                all.getFirst().put(leaves[i], v);
                all.add(Map.of(leaves[i], v));
            }
            return all;
        }
    }
}
