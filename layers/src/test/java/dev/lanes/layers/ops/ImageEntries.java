package dev.lanes.layers.ops;

import dev.lanes.layers.ops.OpCatalogue.Entry;
import dev.lanes.layers.ops.OpCatalogue.Inputs;
import dev.lanes.layers.ops.OpCatalogue.Misfit;
import dev.lanes.layers.ops.OpCatalogue.Sample;
import dev.lanes.layers.ops.Resample2dOp.Extent;
import dev.lanes.layers.testing.Doubles;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.geometry.AxisTaps.Border;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import java.util.List;

/** What changes the size of images, joins, cuts and normalises across channels. */
final class ImageEntries {
    private final Inputs inputs;

    private ImageEntries(Inputs inputs) {
        this.inputs = inputs;
    }

    static List<Entry> of(Inputs inputs) {
        ImageEntries make = new ImageEntries(inputs);
        return List.of(
                make.lrn(),
                make.resample(),
                make.concat(),
                make.slice(),
                make.convTranspose(),
                make.softmax(),
                make.maxUnpool());
    }

    private Entry lrn() {
        return new Entry(
                LrnOp.class,
                List.of(
                        lrn(Shape.of(2, 2, 1, 7), 5, 2, 0.75, 2),
                        lrn(Shape.of(3, 19), 4, 1, 0.5, 1),
                        lrn(Shape.of(2, 3), 3, 3, 1, 1),
                        lrn(Shape.of(2, 4), 2, 1, 0.6, 1.5)),
                List.of(),
                List.of(Misfit.of(
                        new LrnOp(5, 1, 0.75, 1), "lrn: input is [4], needs [batch, ..., channels]", Shape.of(4))));
    }

    private Sample lrn(Shape shape, int size, double alpha, double beta, double k) {
        LrnOp op = new LrnOp(size, alpha, beta, k);
        return new Sample("of " + shape, op, inputs.uniform(shape), 4 * size + 24, in -> {
            int channels = shape.dim(-1);
            return Doubles.generate(shape, at -> {
                double sum = 0;
                int[] other = at.clone();
                int c = at[at.length - 1];
                for (int j = c - (size - 1) / 2; j <= c + size / 2; j++) {
                    if (j >= 0 && j < channels) {
                        other[at.length - 1] = j;
                        sum += in[0].at(other) * in[0].at(other);
                    }
                }
                return in[0].at(at) / Math.pow(k + alpha / size * sum, beta);
            });
        });
    }

    /** A value of an image line as a function of a place along it. */
    private interface Line {
        double at(int place);
    }

    /** What an output is of a line of {@code in} pixels. */
    private interface Rule {
        double of(Line x, int in, int out, int o);
    }

    private Entry resample() {
        Extent twice = Extent.times(2);
        Extent five = Extent.fixed(5);
        Resample2dOp reflect = Resample2dOp.pad(1, 2, 2, 0, Border.REFLECT);
        return new Entry(
                Resample2dOp.class,
                List.of(
                        resample(Resample2dOp.nearest(twice, five), 6, 5, (x, in, out, o) -> x.at(o * in / out)),
                        resample(
                                Resample2dOp.bilinear(twice, five, false),
                                6,
                                5,
                                (x, in, out, o) -> linear(x, in, Math.max(0, (o + 0.5) * in / out - 0.5))),
                        resample(
                                Resample2dOp.bilinear(twice, five, true),
                                6,
                                5,
                                (x, in, out, o) -> linear(x, in, o * (in - 1.0) / (out - 1))),
                        resample(
                                Resample2dOp.bicubic(twice, five, false),
                                6,
                                5,
                                (x, in, out, o) -> cubic(x, in, (o + 0.5) * in / out - 0.5)),
                        resample(
                                Resample2dOp.bicubic(twice, five, true),
                                6,
                                5,
                                (x, in, out, o) -> cubic(x, in, o * (in - 1.0) / (out - 1))),
                        resample(Resample2dOp.average(2, 3), 2, 3, (x, in, out, o) -> average(x, in, out, o)),
                        resample(reflect, 6, 6, (x, in, out, o) -> x.at(mirrored(in, o - (out - in == 2 ? 2 : 1)))),
                        resample(
                                Resample2dOp.pad(1, 2, 0, 2, Border.REPLICATE),
                                6,
                                6,
                                (x, in, out, o) -> x.at(Math.min(Math.max(o - (out - in == 2 ? 0 : 1), 0), in - 1))),
                        resample(Resample2dOp.pad(1, 2, 2, 0, Border.ZERO), 6, 6, (x, in, out, o) -> {
                            int at = o - (out - in == 2 ? 2 : 1);
                            return at < 0 || at >= in ? 0 : x.at(at);
                        })),
                List.of(),
                List.of(Misfit.of(
                        reflect,
                        "pad2d: input [1, 4, 2, 1]: reflect 2+2+0: padding by reflection must be below the extent",
                        Shape.of(1, 4, 2, 1))));
    }

    private static int mirrored(int in, int at) {
        int right = Math.abs(at);
        return right < in ? right : 2 * (in - 1) - right;
    }

    private static double linear(Line x, int in, double place) {
        int low = (int) Math.floor(place);
        double part = place - low;
        return (1 - part) * x.at(Math.min(low, in - 1)) + part * x.at(Math.min(low + 1, in - 1));
    }

    /** The cubic convolution of Keys (1981), written as its four weights are usually given. */
    private static double cubic(Line x, int in, double place) {
        double a = -0.75;
        int low = (int) Math.floor(place);
        double t = place - low;
        double[] weights = {
            a * t * t * t - 2 * a * t * t + a * t,
            (a + 2) * t * t * t - (a + 3) * t * t + 1,
            -(a + 2) * t * t * t + (2 * a + 3) * t * t - a * t,
            -a * t * t * t + a * t * t
        };
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += weights[i] * x.at(Math.min(Math.max(low - 1 + i, 0), in - 1));
        }
        return sum;
    }

    private static double average(Line x, int in, int out, int o) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < in; i++) {
            if (i + 1 > (double) o * in / out && i < (o + 1.0) * in / out) {
                sum += x.at(i);
                count++;
            }
        }
        return sum / count;
    }

    private Sample resample(Resample2dOp op, int outH, int outW, Rule rule) {
        Shape shape = Shape.of(2, 3, 4, 3);
        return new Sample(
                "of 3x4",
                op,
                inputs.uniform(shape),
                32,
                in -> Doubles.generate(
                        Shape.of(2, outH, outW, 3),
                        at -> rule.of(
                                h -> rule.of(w -> in[0].at(at[0], h, w, at[3]), 4, outW, at[2]), 3, outH, at[1])));
    }

    private Entry concat() {
        return new Entry(
                ConcatOp.class,
                List.of(
                        new Sample(
                                "of channels",
                                ConcatOp.CHANNELS,
                                inputs.uniform(Shape.of(2, 2, 3), Shape.of(2, 2, 1), Shape.of(2, 2, 4)),
                                1,
                                in -> Doubles.generate(Shape.of(2, 2, 8), at -> {
                                    int c = at[2];
                                    return c < 3
                                            ? in[0].at(at[0], at[1], c)
                                            : c < 4 ? in[1].at(at[0], at[1], c - 3) : in[2].at(at[0], at[1], c - 4);
                                })),
                        new Sample(
                                "of rows",
                                new ConcatOp(0),
                                inputs.uniform(Shape.of(2, 5), Shape.of(3, 5)),
                                1,
                                in -> Doubles.generate(
                                        Shape.of(5, 5), at -> at[0] < 2 ? in[0].at(at) : in[1].at(at[0] - 2, at[1]))),
                        new Sample("of one", ConcatOp.CHANNELS, inputs.uniform(2, 3), 1, in -> in[0])),
                List.of(),
                List.of(
                        Misfit.of(
                                ConcatOp.CHANNELS,
                                "concat: input 1 is [3, 3], needs [2, 3] but for axis 1",
                                Shape.of(2, 3),
                                Shape.of(3, 3)),
                        Misfit.of(new ConcatOp(2), "concat: input is [2, 3], has no axis 2", Shape.of(2, 3)),
                        Misfit.of(ConcatOp.CHANNELS, "concat: there are 0 inputs, needs at least 1")));
    }

    private Entry slice() {
        SliceOp middle = new SliceOp(-1, 1, 4);
        return new Entry(
                SliceOp.class,
                List.of(
                        new Sample(
                                "of channels",
                                middle,
                                inputs.uniform(2, 3, 5),
                                1,
                                in -> Doubles.generate(Shape.of(2, 3, 3), at -> in[0].at(at[0], at[1], at[2] + 1))),
                        new Sample(
                                "of rows",
                                new SliceOp(0, 2, 3),
                                inputs.uniform(4, 2),
                                1,
                                in -> Doubles.generate(Shape.of(1, 2), at -> in[0].at(2, at[1])))),
                List.of(),
                List.of(Misfit.of(middle, "slice: input [2, 3] has 3 along axis 1, needs at least 4", Shape.of(2, 3))));
    }

    private Entry convTranspose() {
        ConvTranspose2dOp plain = new ConvTranspose2dOp(Window2d.of(3, 3), 1, 0, 0);
        return new Entry(
                ConvTranspose2dOp.class,
                List.of(
                        convTranspose(plain, 3, 3, 2, 3, 0, true),
                        convTranspose(
                                new ConvTranspose2dOp(
                                        Window2d.of(3, 3).stride(2).padding(1), 1, 1, 1),
                                3,
                                4,
                                3,
                                2,
                                1,
                                true),
                        convTranspose(
                                new ConvTranspose2dOp(
                                        Window2d.of(2, 3).stride(3, 2).dilation(2, 1), 2, 0, 0),
                                2,
                                3,
                                4,
                                6,
                                0,
                                false),
                        convTranspose(
                                new ConvTranspose2dOp(
                                        Window2d.of(3, 2).stride(2).padding(0, 1, 1, 0), 1, 0, 0),
                                3,
                                3,
                                17,
                                1,
                                0,
                                false)),
                List.of(),
                List.of(
                        Misfit.of(
                                plain,
                                "convTranspose2d: input has 3 channels, weights need 2, a multiple of the groups; "
                                        + "x=[1, 4, 4, 3] w=[3, 3, 5, 2] groups=1",
                                Shape.of(1, 4, 4, 3),
                                Shape.of(3, 3, 5, 2)),
                        Misfit.of(
                                plain,
                                "convTranspose2d: bias is [4], needs [5]",
                                Shape.of(1, 4, 4, 2),
                                Shape.of(3, 3, 5, 2),
                                Shape.of(4))));
    }

    private Sample convTranspose(
            ConvTranspose2dOp op, int inH, int inW, int inC, int outC, int extra, boolean withBias) {
        Window2d w = op.window();
        int outH = (inH - 1) * w.strideH() - w.padTop() - w.padBottom() + w.extentH() + extra;
        int outW = (inW - 1) * w.strideW() - w.padLeft() - w.padRight() + w.extentW() + extra;
        Shape x = Shape.of(2, inH, inW, inC);
        Shape weights = Shape.of(w.kH(), w.kW(), outC / op.groups(), inC);
        int terms = Math.max(w.kH() * w.kW() * inC, 2 * outH * outW) + 1;
        return new Sample(
                "to " + outH + "x" + outW,
                op,
                withBias ? inputs.uniform(x, weights, Shape.of(outC)) : inputs.uniform(x, weights),
                terms,
                in -> Doubles.generate(Shape.of(2, outH, outW, outC), at -> {
                    double sum = in.length == 3 ? in[2].at(at[3]) : 0;
                    int each = outC / op.groups();
                    for (int h = 0; h < inH; h++) {
                        for (int v = 0; v < inW; v++) {
                            for (int kh = 0; kh < w.kH(); kh++) {
                                for (int kw = 0; kw < w.kW(); kw++) {
                                    boolean here = h * w.strideH() + kh * w.dilationH() - w.padTop() == at[1]
                                            && v * w.strideW() + kw * w.dilationW() - w.padLeft() == at[2];
                                    int first = at[3] / each * (inC / op.groups());
                                    for (int c = first; here && c < first + inC / op.groups(); c++) {
                                        sum += in[0].at(at[0], h, v, c) * in[1].at(kh, kw, at[3] % each, c);
                                    }
                                }
                            }
                        }
                    }
                    return sum;
                }));
    }

    private Entry softmax() {
        SoftmaxOp last = SoftmaxOp.softmax(-1);
        return new Entry(
                SoftmaxOp.class,
                List.of(
                        softmax(last, 2, false, Shape.of(2, 3, 5)),
                        softmax(SoftmaxOp.softmax(1), 1, false, Shape.of(2, 4, 3)),
                        softmax(SoftmaxOp.logSoftmax(-1), 1, true, Shape.of(4, 19)),
                        softmax(SoftmaxOp.logSoftmax(0), 0, true, Shape.of(3, 2))),
                List.of(),
                List.of(Misfit.of(SoftmaxOp.softmax(2), "softmax: input is [2, 3], has no axis 2", Shape.of(2, 3))));
    }

    private Sample softmax(SoftmaxOp op, int axis, boolean isLog, Shape shape) {
        return new Sample(
                "of " + shape,
                op,
                inputs.uniform(shape),
                60,
                in -> Doubles.generate(shape, at -> {
                    double sum = 0;
                    int[] other = at.clone();
                    for (int i = 0; i < shape.dim(axis); i++) {
                        other[axis] = i;
                        sum += Math.exp(in[0].at(other));
                    }
                    return isLog ? in[0].at(at) - Math.log(sum) : Math.exp(in[0].at(at)) / sum;
                }));
    }

    private Entry maxUnpool() {
        Pool2dGeometry g = Pool2dGeometry.parse("b1 4x5x2 k2x2 s2 p0 d1");
        int[] switches = {0, 3, 1, 2, 2, 1, 3, 0};
        MaxUnpool2dOp op = new MaxUnpool2dOp(g, switches);
        return new Entry(
                MaxUnpool2dOp.class,
                List.of(new Sample(
                        "of windows side by side",
                        op,
                        inputs.uniform(1, 2, 2, 2),
                        1,
                        in -> Doubles.generate(g.inputShape(), at -> {
                            int oh = at[1] / 2;
                            int ow = at[2] / 2;
                            int tap = at[1] % 2 * 2 + at[2] % 2;
                            return ow < 2 && switches[(oh * 2 + ow) * 2 + at[3]] == tap
                                    ? in[0].at(0, oh, ow, at[3])
                                    : 0;
                        }))),
                List.of(),
                List.of(Misfit.of(
                        op,
                        "maxUnpool2d: input is [1, 2, 2, 3], needs [1, 2, 2, 2]; b1 4x5x2 k2x2 s2 p0 d1",
                        Shape.of(1, 2, 2, 3))));
    }
}
