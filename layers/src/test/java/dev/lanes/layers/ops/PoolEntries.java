package dev.lanes.layers.ops;

import dev.lanes.layers.ops.OpCatalogue.Entry;
import dev.lanes.layers.ops.OpCatalogue.Inputs;
import dev.lanes.layers.ops.OpCatalogue.Kink;
import dev.lanes.layers.ops.OpCatalogue.Misfit;
import dev.lanes.layers.ops.OpCatalogue.Sample;
import dev.lanes.layers.testing.Doubles;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import java.util.List;
import java.util.stream.Stream;

/** The poolings but the maximum over windows. */
final class PoolEntries {
    private final Inputs inputs;

    private PoolEntries(Inputs inputs) {
        this.inputs = inputs;
    }

    static List<Entry> of(Inputs inputs) {
        PoolEntries make = new PoolEntries(inputs);
        return List.of(make.average(), make.global(), make.adaptiveMax());
    }

    private Entry average() {
        List<Sample> samples = Stream.of(
                        "b2 6x4x3 k2x2 s2 p0 d1",
                        "b1 7x9x2 k3x3 s2 p1 d1",
                        "b1 4x4x17 k4x4 s1 p0 d1",
                        "b2 8x8x1 k2x3 s1x2 p0,1,1,0 d2")
                .map(Pool2dGeometry::parse)
                .flatMap(g -> Stream.of(average(g, true), average(g, false)))
                .toList();
        return new Entry(
                AvgPool2dOp.class,
                samples,
                List.of(),
                List.of(Misfit.of(
                        new AvgPool2dOp(Window2d.of(5, 5), true),
                        "avgPool2d: input [1, 4, 4, 1] is 4x4, window k5x5 s1 p0 d1 needs at least 5x5",
                        Shape.of(1, 4, 4, 1))));
    }

    private Sample average(Pool2dGeometry g, boolean countPadding) {
        Window2d w = g.window();
        return new Sample(
                g.toString(),
                new AvgPool2dOp(w, countPadding),
                inputs.uniform(g.inputShape()),
                w.kH() * w.kW() + 4,
                in -> Doubles.generate(g.outputShape(), at -> {
                    double sum = 0;
                    int inside = 0;
                    for (int kh = 0; kh < w.kH(); kh++) {
                        for (int kw = 0; kw < w.kW(); kw++) {
                            int ih = at[1] * w.strideH() + kh * w.dilationH() - w.padTop();
                            int iw = at[2] * w.strideW() + kw * w.dilationW() - w.padLeft();
                            if (ih >= 0 && ih < g.inH() && iw >= 0 && iw < g.inW()) {
                                sum += in[0].at(at[0], ih, iw, at[3]);
                                inside++;
                            }
                        }
                    }
                    return sum / (countPadding ? w.kH() * w.kW() : inside);
                }));
    }

    private Entry global() {
        return new Entry(
                GlobalPool2dOp.class,
                List.of(
                        new Sample(
                                "of images", GlobalPool2dOp.AVERAGE, inputs.uniform(2, 3, 4, 5), 14, PoolEntries::mean),
                        new Sample(
                                "of a pixel", GlobalPool2dOp.AVERAGE, inputs.uniform(1, 1, 1, 2), 4, PoolEntries::mean),
                        new Sample("of images", GlobalPool2dOp.MAX, inputs.apart(2, 3, 4, 5), 1, PoolEntries::max)),
                List.of(new Kink(
                        GlobalPool2dOp.MAX,
                        Tensor.of(Shape.of(1, 2, 2, 1), 1, 5, 5, 5),
                        Tensor.of(Shape.of(1, 1), 3),
                        Tensor.of(Shape.of(1, 2, 2, 1), 0, 3, 0, 0))),
                List.of(Misfit.of(
                        GlobalPool2dOp.MAX,
                        "globalMaxPool2d: input is [4, 4], needs [batch, height, width, channels]",
                        Shape.of(4, 4))));
    }

    private Entry adaptiveMax() {
        AdaptiveMaxPool2dOp op = new AdaptiveMaxPool2dOp(2, 3);
        return new Entry(
                AdaptiveMaxPool2dOp.class,
                List.of(
                        new Sample("of 5x7", op, scattered(2, 5, 7, 3), 1, PoolEntries::partMax),
                        new Sample("of 1x2", op, scattered(1, 1, 2, 1), 6, PoolEntries::partMax)),
                List.of(new Kink(
                        new AdaptiveMaxPool2dOp(1, 1),
                        Tensor.of(Shape.of(1, 2, 2, 1), 1, 5, 5, 5),
                        Tensor.of(Shape.of(1, 1, 1, 1), 3),
                        Tensor.of(Shape.of(1, 2, 2, 1), 0, 3, 0, 0))),
                List.of(Misfit.of(
                        op,
                        "adaptiveMaxPool2d: input is [4, 4], needs [batch, height, width, channels]",
                        Shape.of(4, 4))));
    }

    /** Returns distinct values a quarter apart, none of them 0, neighbours far from one another. */
    private static List<Tensor> scattered(int... dims) {
        Shape shape = Shape.of(dims);
        int n = shape.elements();
        return List.of(Tensor.generate(shape, i -> 0.25 * (i * 37 % n - n / 2) + 0.125)); // 37 is no divisor of n
    }

    /** Of 2x3 parts, each of which has every pixel that lies in it in part. */
    private static Doubles partMax(Doubles... in) {
        return Doubles.generate(Shape.of(in[0].dim(0), 2, 3, in[0].dim(3)), at -> {
            double largest = Double.NEGATIVE_INFINITY;
            for (int h = 0; h < in[0].dim(1); h++) {
                for (int w = 0; w < in[0].dim(2); w++) {
                    boolean inside = 2 * (h + 1) > at[1] * in[0].dim(1)
                            && 2 * h < (at[1] + 1) * in[0].dim(1)
                            && 3 * (w + 1) > at[2] * in[0].dim(2)
                            && 3 * w < (at[2] + 1) * in[0].dim(2);
                    largest = inside ? Math.max(largest, in[0].at(at[0], h, w, at[3])) : largest;
                }
            }
            return largest;
        });
    }

    private static Doubles mean(Doubles... in) {
        return Doubles.generate(Shape.of(in[0].dim(0), in[0].dim(3)), at -> {
            double sum = 0;
            for (int h = 0; h < in[0].dim(1); h++) {
                for (int w = 0; w < in[0].dim(2); w++) {
                    sum += in[0].at(at[0], h, w, at[1]);
                }
            }
            return sum / (in[0].dim(1) * in[0].dim(2));
        });
    }

    private static Doubles max(Doubles... in) {
        return Doubles.generate(Shape.of(in[0].dim(0), in[0].dim(3)), at -> {
            double largest = Double.NEGATIVE_INFINITY;
            for (int h = 0; h < in[0].dim(1); h++) {
                for (int w = 0; w < in[0].dim(2); w++) {
                    largest = Math.max(largest, in[0].at(at[0], h, w, at[1]));
                }
            }
            return largest;
        });
    }
}
