package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Op;
import dev.lanes.layers.ops.OpCatalogue.Entry;
import dev.lanes.layers.ops.OpCatalogue.Inputs;
import dev.lanes.layers.ops.OpCatalogue.Kink;
import dev.lanes.layers.ops.OpCatalogue.Misfit;
import dev.lanes.layers.ops.OpCatalogue.Sample;
import dev.lanes.layers.testing.Doubles;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import java.util.List;
import java.util.stream.Stream;

/** The ops of a plain network. */
final class CoreEntries {
    private final Inputs inputs;

    private CoreEntries(Inputs inputs) {
        this.inputs = inputs;
    }

    static List<Entry> of(Inputs inputs) {
        CoreEntries make = new CoreEntries(inputs);
        return List.of(
                make.relu(),
                make.reshape(),
                make.linear(),
                make.conv2d(),
                make.maxPool2d(),
                make.softmaxCrossEntropy());
    }

    private Entry relu() {
        Op op = ReluOp.RELU;
        Doubles.Definition definition = Doubles.Definition.map(x -> x > 0 ? x : 0);
        return new Entry(
                ReluOp.class,
                List.of(
                        new Sample("a vector and a tail", op, inputs.apart(3, 17), 1, definition),
                        new Sample("one value", op, List.of(Tensor.of(Shape.of(1), 0.5f)), 1, definition)),
                List.of(new Kink(
                        op,
                        Tensor.of(Shape.of(3), 0, -0f, 1),
                        Tensor.of(Shape.of(3), 5, 6, 7),
                        Tensor.of(Shape.of(3), 0, 0, 7))),
                List.of(Misfit.of(op, "relu: there are 2 inputs, needs 1", Shape.of(1), Shape.of(1))));
    }

    private Entry reshape() {
        Op to = ReshapeOp.to(Shape.of(4, 6));
        Op flatten = ReshapeOp.FLATTEN;
        return new Entry(
                ReshapeOp.class,
                List.of(
                        new Sample(
                                "of images",
                                flatten,
                                inputs.uniform(2, 3, 2, 5),
                                1,
                                in -> in[0].reshape(Shape.of(2, 30))),
                        new Sample("to a matrix", to, inputs.uniform(2, 3, 4), 1, in -> in[0].reshape(Shape.of(4, 6))),
                        new Sample("of one value", flatten, inputs.uniform(1), 1, in -> in[0].reshape(Shape.of(1, 1)))),
                List.of(),
                List.of(Misfit.of(to, "reshape: input [5] has 5 elements, [4, 6] needs 24", Shape.of(5))));
    }

    private Entry linear() {
        return new Entry(
                LinearOp.class,
                List.of(
                        linear("with bias", 8, Shape.of(5, 7), Shape.of(7, 11), Shape.of(11)),
                        linear("without bias", 17, Shape.of(3, 17), Shape.of(17, 4)),
                        linear("one by one", 2, Shape.of(1, 1), Shape.of(1, 1), Shape.of(1))),
                List.of(),
                List.of(Misfit.of(
                        LinearOp.LINEAR,
                        "linear: input has 3 columns, weights need 5; x=[2, 3] w=[5, 4]",
                        Shape.of(2, 3),
                        Shape.of(5, 4))));
    }

    private Sample linear(String label, int terms, Shape... shapes) {
        return new Sample(
                label,
                LinearOp.LINEAR,
                inputs.uniform(shapes),
                terms,
                in -> Doubles.generate(Shape.of(in[0].dim(0), in[1].dim(1)), at -> {
                    double sum = in.length == 3 ? in[2].at(at[1]) : 0;
                    for (int k = 0; k < in[0].dim(1); k++) {
                        sum += in[0].at(at[0], k) * in[1].at(k, at[1]);
                    }
                    return sum;
                }));
    }

    private Entry conv2d() {
        return new Entry(
                Conv2dOp.class,
                Stream.of(
                                "b2 6x6x2 -> 4 k3x3 s1 p1 d1 g1",
                                "b2 6x7x4 -> 6 k2x3 s2 p0 d1 g2",
                                "b1 7x7x3 -> 3 k3x3 s1 p0 d2 g3",
                                "b1 5x5x17 -> 1 k1x1 s1 p0 d1 g1",
                                "b1 7x5x4 -> 6 k3x2 s2x1 p0,1,1,0 d1 g2",
                                "b3 6x6x4 -> 4 k3x3 s1 p2 d2 g4",
                                "b1 9x9x1 -> 2 k5x5 s3 p2 d1 g1")
                        .map(text -> conv2d(Conv2dGeometry.parse(text)))
                        .toList(),
                List.of(),
                List.of(Misfit.of(
                        new Conv2dOp(Window2d.of(3, 3).padding(1), 1),
                        "conv2d: input has 3 channels, weights need 2; x=[1, 4, 4, 3] w=[3, 3, 2, 4] groups=1",
                        Shape.of(1, 4, 4, 3),
                        Shape.of(3, 3, 2, 4))));
    }

    /** Every second one without a bias. */
    private Sample conv2d(Conv2dGeometry g) {
        Shape bias = Shape.of(g.outC());
        return new Sample(
                g.toString(),
                new Conv2dOp(g.window(), g.groups()),
                g.batch() == 1
                        ? inputs.uniform(g.inputShape(), g.weightShape(), bias)
                        : inputs.uniform(g.inputShape(), g.weightShape()),
                Math.max(g.reductionLength() + 1, g.batch() * g.outH() * g.outW()),
                in -> Doubles.generate(g.outputShape(), at -> conv2d(g, at, in)));
    }

    private static double conv2d(Conv2dGeometry g, int[] at, Doubles... in) {
        Window2d w = g.window();
        int group = at[3] / g.outCPerGroup();
        double sum = in.length == 3 ? in[2].at(at[3]) : 0;
        for (int kh = 0; kh < w.kH(); kh++) {
            for (int kw = 0; kw < w.kW(); kw++) {
                int ih = at[1] * w.strideH() + kh * w.dilationH() - w.padTop();
                int iw = at[2] * w.strideW() + kw * w.dilationW() - w.padLeft();
                if (ih >= 0 && ih < g.inH() && iw >= 0 && iw < g.inW()) {
                    for (int c = 0; c < g.inCPerGroup(); c++) {
                        sum += in[0].at(at[0], ih, iw, group * g.inCPerGroup() + c) * in[1].at(kh, kw, c, at[3]);
                    }
                }
            }
        }
        return sum;
    }

    private Entry maxPool2d() {
        Op halving = new MaxPool2dOp(Window2d.of(2, 2).stride(2));
        return new Entry(
                MaxPool2dOp.class,
                Stream.of(
                                "b2 6x4x3 k2x2 s2 p0 d1",
                                "b1 7x9x2 k3x3 s2 p1 d1",
                                "b1 4x4x17 k4x4 s1 p0 d1",
                                "b2 8x8x1 k2x3 s1x2 p0,1,1,0 d2")
                        .map(text -> maxPool2d(Pool2dGeometry.parse(text)))
                        .toList(),
                List.of(new Kink(
                        halving,
                        Tensor.of(Shape.of(1, 2, 2, 1), 1, 5, 5, 5),
                        Tensor.of(Shape.of(1, 1, 1, 1), 3),
                        Tensor.of(Shape.of(1, 2, 2, 1), 0, 3, 0, 0))),
                List.of(Misfit.of(
                        halving,
                        "maxPool2d: input is [4, 4], needs [batch, height, width, channels]",
                        Shape.of(4, 4))));
    }

    private Sample maxPool2d(Pool2dGeometry g) {
        Window2d w = g.window();
        return new Sample(
                g.toString(),
                new MaxPool2dOp(w),
                inputs.apart(g.batch(), g.inH(), g.inW(), g.channels()),
                w.kH() * w.kW(),
                in -> Doubles.generate(g.outputShape(), at -> {
                    double largest = Double.NEGATIVE_INFINITY;
                    for (int kh = 0; kh < w.kH(); kh++) {
                        for (int kw = 0; kw < w.kW(); kw++) {
                            int ih = at[1] * w.strideH() + kh * w.dilationH() - w.padTop();
                            int iw = at[2] * w.strideW() + kw * w.dilationW() - w.padLeft();
                            if (ih >= 0 && ih < g.inH() && iw >= 0 && iw < g.inW()) {
                                largest = Math.max(largest, in[0].at(at[0], ih, iw, at[3]));
                            }
                        }
                    }
                    return largest;
                }));
    }

    private Entry softmaxCrossEntropy() {
        Op five = new SoftmaxCrossEntropyOp(new int[] {3, 0, 9, 3, 7});
        return new Entry(
                SoftmaxCrossEntropyOp.class,
                List.of(
                        softmaxCrossEntropy("of a batch", 60, 10, 3, 0, 9, 3, 7),
                        softmaxCrossEntropy("of one row", 20, 2, 1)),
                List.of(),
                List.of(Misfit.of(
                        five, "softmaxCrossEntropy: there are 5 labels for 2 rows of scores [2, 4]", Shape.of(2, 4))));
    }

    private Sample softmaxCrossEntropy(String label, int terms, int classes, int... labels) {
        Op op = new SoftmaxCrossEntropyOp(labels);
        return new Sample(label, op, inputs.uniform(labels.length, classes), terms, in -> {
            double loss = 0;
            for (int r = 0; r < labels.length; r++) {
                double sum = 0;
                for (int c = 0; c < classes; c++) {
                    sum += Math.exp(in[0].at(r, c));
                }
                loss += Math.log(sum) - in[0].at(r, labels[r]);
            }
            return Doubles.scalar(loss / labels.length);
        });
    }
}
