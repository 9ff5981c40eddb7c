package dev.lanes.layers.ops;

import dev.lanes.layers.ops.OpCatalogue.Entry;
import dev.lanes.layers.ops.OpCatalogue.Inputs;
import dev.lanes.layers.ops.OpCatalogue.Kink;
import dev.lanes.layers.ops.OpCatalogue.Misfit;
import dev.lanes.layers.ops.OpCatalogue.Sample;
import dev.lanes.layers.testing.Doubles;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.UnaryFunction;
import dev.lanes.numerics.kernels.DropoutKernel;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** The functions of single elements: activations, with and without parameters, and dropout. */
final class ActivationEntries {
    private static final int TERMS = 16;

    private final Inputs inputs;

    private ActivationEntries(Inputs inputs) {
        this.inputs = inputs;
    }

    static List<Entry> of(Inputs inputs) {
        ActivationEntries make = new ActivationEntries(inputs);
        return List.of(make.activation(), make.prelu(), make.dropout());
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** The power series, which converges fast near 0. */
    private static double erf(double x) {
        double sum = 0;
        double term = x;
        for (int n = 0; n < 60; n++) {
            sum += term / (2 * n + 1);
            term *= -x * x / (n + 1);
        }
        return sum * 2 / Math.sqrt(Math.PI);
    }

    private static double elu(double x, double alpha) {
        return x > 0 ? x : alpha * Math.expm1(x);
    }

    private static double hardSigmoid(double x) {
        return Math.min(Math.max((x + 3) / 6, 0), 1);
    }

    private Entry activation() {
        double alpha = 1.6732632423543772848170429916717;
        double lambda = 1.0507009873554804934193349852946;
        return new Entry(
                ActivationOp.class,
                List.of(
                        smooth(UnaryFunction.EXP, Math::exp),
                        smooth(UnaryFunction.TANH, Math::tanh),
                        smooth(UnaryFunction.SIGMOID, ActivationEntries::sigmoid),
                        smooth(UnaryFunction.ERF, ActivationEntries::erf),
                        smooth(UnaryFunction.GELU, x -> x / 2 * (1 + erf(x / Math.sqrt(2)))),
                        smooth(UnaryFunction.SILU, x -> x * sigmoid(x)),
                        smooth(UnaryFunction.SOFTPLUS, x -> Math.log1p(Math.exp(x))),
                        kinked(UnaryFunction.RELU, x -> Math.max(x, 0)),
                        kinked(UnaryFunction.leakyRelu(0.125f), x -> x > 0 ? x : 0.125 * x),
                        kinked(UnaryFunction.elu(0.5f), x -> elu(x, 0.5)),
                        kinked(UnaryFunction.SELU, x -> lambda * elu(x, alpha)),
                        kinked(UnaryFunction.clamp(-1.1f, 2.1f), x -> Math.min(Math.max(x, -1.1f), 2.1f)),
                        moved(UnaryFunction.HARD_SIGMOID, ActivationEntries::hardSigmoid),
                        moved(UnaryFunction.HARD_SWISH, x -> x * hardSigmoid(x)),
                        positive(UnaryFunction.LOG, Math::log)),
                List.of(
                        new Kink(
                                new ActivationOp(UnaryFunction.STEP),
                                Tensor.of(Shape.of(3), 0, -0.5f, 1),
                                Tensor.of(Shape.of(3), 5, 6, 7),
                                Tensor.zeros(3)),
                        new Kink(
                                new ActivationOp(UnaryFunction.leakyRelu(0.5f)),
                                Tensor.of(Shape.of(3), 0, -0f, 1),
                                Tensor.of(Shape.of(3), 4, 6, 7),
                                Tensor.of(Shape.of(3), 2, 3, 7))),
                List.of(Misfit.of(
                        new ActivationOp(UnaryFunction.GELU),
                        "gelu: there are 2 inputs, needs 1",
                        Shape.of(1),
                        Shape.of(1))));
    }

    private Sample smooth(UnaryFunction f, DoubleUnaryOperator definition) {
        return new Sample(
                "a vector and a tail",
                new ActivationOp(f),
                inputs.uniform(3, 17),
                TERMS,
                Doubles.Definition.map(definition));
    }

    private Sample kinked(UnaryFunction f, DoubleUnaryOperator definition) {
        return new Sample(
                "away from 0", new ActivationOp(f), inputs.apart(3, 7), TERMS, Doubles.Definition.map(definition));
    }

    /** Away from 3 and -3, which are kinks. */
    private Sample moved(UnaryFunction f, DoubleUnaryOperator definition) {
        Tensor x = inputs.apart(2, 19).getFirst();
        Tensor moved = Tensor.generate(x.shape(), i -> x.array()[x.offset() + i] + 0.1);
        return new Sample(
                "away from 3", new ActivationOp(f), List.of(moved), TERMS, Doubles.Definition.map(definition));
    }

    private Sample positive(UnaryFunction f, DoubleUnaryOperator definition) {
        Tensor x = inputs.uniform(2, 19).getFirst();
        Tensor positive = Tensor.generate(x.shape(), i -> x.array()[x.offset() + i] + 1.5);
        return new Sample(
                "of positive values",
                new ActivationOp(f),
                List.of(positive),
                TERMS,
                Doubles.Definition.map(definition));
    }

    private Entry prelu() {
        Doubles.Definition definition = in -> Doubles.generate(in[0].shape(), at -> {
            double x = in[0].at(at);
            return x > 0 ? x : in[1].at(at[at.length - 1]) * x;
        });
        return new Entry(
                PReluOp.class,
                List.of(
                        new Sample(
                                "of images",
                                PReluOp.PRELU,
                                List.of(
                                        inputs.apart(2, 2, 3, 3).getFirst(),
                                        inputs.uniform(3).getFirst()),
                                12,
                                definition),
                        new Sample(
                                "of one channel",
                                PReluOp.PRELU,
                                List.of(
                                        inputs.apart(5, 1).getFirst(),
                                        inputs.uniform(1).getFirst()),
                                6,
                                definition)),
                List.of(),
                List.of(Misfit.of(
                        PReluOp.PRELU, "prelu: input is [2, 4], needs [..., 3]", Shape.of(2, 4), Shape.of(3))));
    }

    private Entry dropout() {
        long seed = 0x0123_4567_89ab_cdefL;
        DropoutOp half = new DropoutOp(0.5, seed);
        return new Entry(
                DropoutOp.class,
                List.of(
                        new Sample(
                                "of half",
                                half,
                                inputs.uniform(3, 17),
                                1,
                                in -> new Doubles(in[0].shape(), dropped(in[0].values(), seed))),
                        new Sample("of nothing", new DropoutOp(0, 7), inputs.uniform(5), 1, in -> in[0])),
                List.of(),
                List.of(Misfit.of(half, "dropout: there are 0 inputs, needs 1")));
    }

    private static double[] dropped(double[] x, long seed) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = DropoutKernel.hash(seed, i) < 0 ? 2 * x[i] : 0;
        }
        return y;
    }
}
