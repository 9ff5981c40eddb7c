package dev.lanes.layers.ops;

import dev.lanes.layers.ops.OpCatalogue.Entry;
import dev.lanes.layers.ops.OpCatalogue.Inputs;
import dev.lanes.layers.ops.OpCatalogue.Misfit;
import dev.lanes.layers.ops.OpCatalogue.Sample;
import dev.lanes.layers.testing.Doubles;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.List;
import java.util.function.Predicate;

/** The normalisations, and the sum that goes with them in residual blocks. */
final class NormEntries {
    private static final double EPSILON = 1e-3;

    private final Inputs inputs;

    private NormEntries(Inputs inputs) {
        this.inputs = inputs;
    }

    static List<Entry> of(Inputs inputs) {
        NormEntries make = new NormEntries(inputs);
        return List.of(make.normalise(), make.normaliseBy(), make.add());
    }

    /** Tells which elements share statistics with one at an index. */
    private interface Together {
        boolean with(int[] one, int[] other);
    }

    private Entry normalise() {
        NormaliseOp batch = NormaliseOp.batch(EPSILON, (mean, variance, count) -> {});
        NormaliseOp instance = NormaliseOp.instance(EPSILON);
        NormaliseOp three = NormaliseOp.group(3, EPSILON);
        NormaliseOp one = NormaliseOp.layer(1, EPSILON);
        NormaliseOp two = NormaliseOp.layer(2, EPSILON);
        Together channel = (a, b) -> a[a.length - 1] == b[b.length - 1];
        Together image = (a, b) -> a[0] == b[0];
        return new Entry(
                NormaliseOp.class,
                List.of(
                        sample("of images", batch, Shape.of(2, 3, 2, 5), 1, channel),
                        sample("of rows", batch, Shape.of(7, 17), 1, channel),
                        sample(
                                "of images",
                                instance,
                                Shape.of(2, 2, 3, 3),
                                1,
                                (a, b) -> image.with(a, b) && channel.with(a, b)),
                        sample(
                                "of images",
                                three,
                                Shape.of(2, 2, 2, 6),
                                1,
                                (a, b) -> image.with(a, b) && a[3] / 2 == b[3] / 2),
                        sample("of rows", three, Shape.of(3, 9), 1, (a, b) -> image.with(a, b) && a[1] / 3 == b[1] / 3),
                        sample("of rows", one, Shape.of(3, 19), 1, image),
                        sample("of a sequence", one, Shape.of(2, 3, 6), 1, (a, b) -> image.with(a, b) && a[1] == b[1]),
                        sample("of planes", two, Shape.of(3, 4, 5), 2, image)),
                List.of(),
                List.of(
                        Misfit.of(
                                batch, "batchNorm: scale is [4], needs [5]", Shape.of(2, 5), Shape.of(4), Shape.of(5)),
                        Misfit.of(
                                batch,
                                "batchNorm: input is [5], needs [batch, ..., channels]",
                                Shape.of(5),
                                Shape.of(5),
                                Shape.of(5)),
                        Misfit.of(
                                batch,
                                "batchNorm: input is [0, 5], there is nothing to take statistics of",
                                Shape.of(0, 5),
                                Shape.of(5),
                                Shape.of(5)),
                        Misfit.of(
                                three,
                                "groupNorm: input [2, 5] has 5 channels, needs a multiple of 3",
                                Shape.of(2, 5),
                                Shape.of(5),
                                Shape.of(5)),
                        Misfit.of(
                                two,
                                "layerNorm: shift is [5], needs [4, 5]",
                                Shape.of(3, 4, 5),
                                Shape.of(4, 5),
                                Shape.of(5))));
    }

    private Sample sample(String label, NormaliseOp op, Shape shape, int axes, Together together) {
        int[] each = new int[axes];
        for (int i = 0; i < axes; i++) {
            each[i] = shape.dim(shape.rank() - axes + i);
        }
        List<Tensor> in = inputs.uniform(shape, Shape.of(each), Shape.of(each));
        return new Sample(label, op, in, 8 * shape.elements(), values -> normalised(shape, axes, together, values));
    }

    private static Doubles normalised(Shape shape, int axes, Together together, Doubles... in) {
        return Doubles.generate(shape, at -> {
            int[] here = at.clone();
            double mean = mean(shape, other -> together.with(here, other), in[0], 0);
            double variance = mean(shape, other -> together.with(here, other), in[0], mean);
            int[] last = java.util.Arrays.copyOfRange(here, here.length - axes, here.length);
            return (in[0].at(here) - mean) / Math.sqrt(variance + EPSILON) * in[1].at(last) + in[2].at(last);
        });
    }

    /** Returns the mean of the chosen elements, or of their squared distances from one that is not 0. */
    private static double mean(Shape shape, Predicate<int[]> chosen, Doubles x, double from) {
        double[] sum = new double[2];
        Doubles.generate(shape, at -> {
            if (chosen.test(at)) {
                double away = x.at(at) - from;
                sum[0] += from == 0 ? away : away * away;
                sum[1]++;
            }
            return 0;
        });
        return sum[0] / sum[1];
    }

    private Entry normaliseBy() {
        Tensor mean = Tensor.of(Shape.of(3), 0.5f, -0.25f, 0);
        Tensor variance = Tensor.of(Shape.of(3), 1, 0.25f, 4);
        NormaliseByOp op = new NormaliseByOp(mean, variance, EPSILON);
        Doubles.Definition definition = in -> Doubles.generate(in[0].shape(), at -> {
            int c = at[at.length - 1];
            double h = (in[0].at(at) - mean.get(c)) / Math.sqrt(variance.get(c) + EPSILON);
            return h * in[1].at(c) + in[2].at(c);
        });
        Shape channels = Shape.of(3);
        return new Entry(
                NormaliseByOp.class,
                List.of(
                        new Sample(
                                "of images",
                                op,
                                inputs.uniform(Shape.of(2, 3, 2, 3), channels, channels),
                                16,
                                definition),
                        new Sample("of rows", op, inputs.uniform(Shape.of(1, 3), channels, channels), 8, definition)),
                List.of(),
                List.of(Misfit.of(
                        op,
                        "normaliseBy: input is [2, 4], needs [batch, ..., 3]",
                        Shape.of(2, 4),
                        channels,
                        channels)));
    }

    private Entry add() {
        Shape shape = Shape.of(2, 3, 5);
        return new Entry(
                AddOp.class,
                List.of(new Sample(
                        "of two",
                        AddOp.ADD,
                        inputs.uniform(shape, shape),
                        1,
                        in -> Doubles.generate(shape, at -> in[0].at(at) + in[1].at(at)))),
                List.of(),
                List.of(Misfit.of(AddOp.ADD, "add: second operand is [3], needs [2, 3]", Shape.of(2, 3), Shape.of(3))));
    }
}
