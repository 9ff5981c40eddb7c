package dev.lanes.bench.problems;

import dev.lanes.numerics.UnaryFunction;
import dev.lanes.numerics.geometry.RowsGeometry;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** A function of single elements that costs more than a comparison: {@code exp}, {@code tanh} and the like. */
public final class FunctionProblem implements Problem {
    private static final double TOLERANCE = 1e-5; // oneDNN's polynomials are coarser than ours

    /** What is measured. */
    public enum Function {
        EXP(UnaryFunction.EXP, Math::exp),
        TANH(UnaryFunction.TANH, Math::tanh),
        SIGMOID(UnaryFunction.SIGMOID, x -> 1 / (1 + Math.exp(-x))),
        GELU(UnaryFunction.GELU, x -> x / 2 * (1 + erf(x * Math.sqrt(0.5)))),
        SILU(UnaryFunction.SILU, x -> x / (1 + Math.exp(-x))),
        HARDSWISH(UnaryFunction.HARD_SWISH, x -> x * Math.clamp((x + 3) / 6, 0, 1));

        private final UnaryFunction ours;
        private final DoubleUnaryOperator definition;

        Function(UnaryFunction ours, DoubleUnaryOperator definition) {
            this.ours = ours;
            this.definition = definition;
        }

        /** Returns the function as lanes knows it. */
        public UnaryFunction ours() {
            return ours;
        }

        /** Its Taylor series, which converges fast where the operands are: between -1 and 1. */
        private static double erf(double x) {
            double term = x;
            double sum = x;
            for (int n = 1; n < 20; n++) {
                term *= -x * x / n;
                sum += term / (2 * n + 1);
            }
            return 2 / Math.sqrt(Math.PI) * sum;
        }
    }

    private final Function function;
    private final RowsGeometry g;
    private final float[] x;

    FunctionProblem(String kernel, String shape) {
        function = Function.valueOf(kernel.toUpperCase(Locale.ROOT));
        g = RowsGeometry.parse(shape);
        x = Numbers.floats(1, g.elements());
    }

    @Override
    public String kernel() {
        return function.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String shape() {
        return g.toString();
    }

    /** Returns the function. */
    public Function function() {
        return function;
    }

    /** Returns the sizes. */
    public RowsGeometry geometry() {
        return g;
    }

    /** Returns the operand; not to be changed. */
    public float[] x() {
        return x;
    }

    /** {@inheritDoc} One an element, whatever a library's polynomial takes. */
    @Override
    public double flops() {
        return g.elements();
    }

    @Override
    public double bytes() {
        return 8.0 * g.elements();
    }

    @Override
    public int answers() {
        return g.elements();
    }

    @Override
    public double expected(int index) {
        return function.definition.applyAsDouble(x[index]);
    }

    @Override
    public double tolerance() {
        return TOLERANCE;
    }

    @Override
    public int reductionLength() {
        return 10;
    }
}
