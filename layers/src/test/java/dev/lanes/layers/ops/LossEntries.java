package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Op;
import dev.lanes.layers.ops.OpCatalogue.Entry;
import dev.lanes.layers.ops.OpCatalogue.Inputs;
import dev.lanes.layers.ops.OpCatalogue.Misfit;
import dev.lanes.layers.ops.OpCatalogue.Sample;
import dev.lanes.layers.testing.Doubles;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** The losses. */
final class LossEntries {
    private static final Shape SHAPE = Shape.of(3, 5);
    private final Inputs inputs;

    private LossEntries(Inputs inputs) {
        this.inputs = inputs;
    }

    static List<Entry> of(Inputs inputs) {
        LossEntries make = new LossEntries(inputs);
        return List.of(make.pairs(), make.likelihood(), make.weighted());
    }

    private Entry pairs() {
        Op quadratic = PairLossOp.perExample(PairFunctions.QUADRATIC);
        Op huber = PairLossOp.perElement(PairFunctions.huber(1));
        Op absolute = PairLossOp.perElement(PairFunctions.ABSOLUTE);
        return new Entry(
                PairLossOp.class,
                List.of(
                        sample(quadratic, inputs.uniform(SHAPE, SHAPE), 3, (a, b) -> (a - b) * (a - b) / 2),
                        sample(absolute, farFromKinks(), 15, (a, b) -> Math.abs(a - b)),
                        sample(huber, farFromKinks(), 15, (a, b) -> {
                            double d = Math.abs(a - b);
                            return d < 1 ? d * d / 2 : d - 0.5;
                        }),
                        sample(
                                PairLossOp.perElement(PairFunctions.BINARY_CROSS_ENTROPY),
                                parts(),
                                15,
                                (a, b) -> -b * Math.log(a) - (1 - b) * Math.log(1 - a)),
                        sample(
                                PairLossOp.perElement(PairFunctions.BINARY_CROSS_ENTROPY_OF_LOGITS),
                                inputs.uniform(SHAPE, SHAPE),
                                15,
                                (a, b) -> Math.log(1 + Math.exp(a)) - a * b),
                        sample(
                                PairLossOp.perExample(PairFunctions.CROSS_ENTROPY),
                                parts(),
                                3,
                                (a, b) -> -b * Math.log(a)),
                        sample(
                                PairLossOp.perExample(PairFunctions.KULLBACK_LEIBLER),
                                parts(),
                                3,
                                (a, b) -> b * Math.log(b / a))),
                List.of(),
                List.of(Misfit.of(quadratic, "quadratic: target is [3], needs [2]", Shape.of(2), Shape.of(3))));
    }

    /** Returns a sample of a function averaged over 15 elements or 3 examples. */
    private static Sample sample(Op op, List<Tensor> in, int count, DoubleBinaryOperator f) {
        return new Sample("of " + SHAPE, op, in, 40, x -> {
            double sum = 0;
            for (int i = 0; i < x[0].values().length; i++) {
                sum += f.applyAsDouble(x[0].values()[i], x[1].values()[i]);
            }
            return Doubles.scalar(sum / count);
        });
    }

    /** Returns two inputs whose differences are at least 0.05 from multiples of a quarter. */
    private List<Tensor> farFromKinks() {
        Tensor a = inputs.apart(3, 5).getFirst();
        Tensor b = inputs.uniform(3, 5).getFirst();
        return List.of(a, Tensor.generate(SHAPE, i -> 0.1 + 0.05 * b.array()[b.offset() + i]));
    }

    /** Returns two inputs from 0.25 to 0.75: nearer to 0, differences of the definition are not exact enough. */
    private List<Tensor> parts() {
        return inputs.uniform(SHAPE, SHAPE).stream()
                .map(t -> Tensor.generate(SHAPE, i -> 0.5 + 0.25 * t.array()[t.offset() + i]))
                .toList();
    }

    private Entry likelihood() {
        int[] labels = {3, 0, 9, 1, 2};
        Op op = new NegativeLogLikelihoodOp(labels, weighting());
        Op plain = new NegativeLogLikelihoodOp(labels, LabelWeighting.NONE);
        return new Entry(
                NegativeLogLikelihoodOp.class,
                List.of(
                        new Sample("weighted", op, inputs.uniform(5, 4), 20, in -> Doubles.scalar(expected(in[0]))),
                        new Sample("plain", plain, inputs.uniform(5, 10), 5, in -> {
                            double sum = 0;
                            for (int r = 0; r < 5; r++) {
                                sum -= in[0].at(r, labels[r]);
                            }
                            return Doubles.scalar(sum / 5);
                        })),
                List.of(),
                List.of(Misfit.of(
                        op, "negativeLogLikelihood: there are 5 labels for 2 rows of [2, 4]", Shape.of(2, 4))));
    }

    private Entry weighted() {
        int[] labels = {3, 0, 9, 1, 2};
        Op op = new SoftmaxCrossEntropyOp(labels, weighting());
        return new Entry(
                SoftmaxCrossEntropyOp.class,
                List.of(new Sample("smoothed and weighted", op, inputs.uniform(5, 4), 60, in -> {
                    Doubles logs = Doubles.generate(in[0].shape(), at -> {
                        double sum = 0;
                        for (int c = 0; c < 4; c++) {
                            sum += Math.exp(in[0].at(at[0], c));
                        }
                        return in[0].at(at) - Math.log(sum);
                    });
                    return Doubles.scalar(expected(logs));
                })),
                List.of(),
                List.of(Misfit.of(
                        op, "softmaxCrossEntropy: there are 5 labels for 2 rows of scores [2, 4]", Shape.of(2, 4))));
    }

    private static LabelWeighting weighting() {
        return LabelWeighting.NONE
                .smoothing(0.2)
                .classWeights(1, 0.5f, 0.25f, 2)
                .ignoring(9);
    }

    /** The loss of log-probabilities as {@link LabelWeighting} defines it, written out. */
    private static double expected(Doubles logs) {
        int[] labels = {3, 0, 9, 1, 2};
        double[] weights = {1, 0.5, 0.25, 2};
        double sum = 0;
        double total = 0;
        for (int r = 0; r < logs.dim(0); r++) {
            if (labels[r] != 9) {
                total += weights[labels[r]];
                sum -= 0.8 * weights[labels[r]] * logs.at(r, labels[r]);
                for (int c = 0; c < 4; c++) {
                    sum -= 0.2 / 4 * weights[c] * logs.at(r, c);
                }
            }
        }
        return sum / total;
    }
}
