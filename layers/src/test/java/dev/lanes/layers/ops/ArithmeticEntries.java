package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Op;
import dev.lanes.layers.ops.OpCatalogue.Entry;
import dev.lanes.layers.ops.OpCatalogue.Inputs;
import dev.lanes.layers.ops.OpCatalogue.Misfit;
import dev.lanes.layers.ops.OpCatalogue.Sample;
import dev.lanes.layers.testing.Doubles;
import dev.lanes.numerics.Shape;
import java.util.Arrays;
import java.util.List;

/** Sums and products, of which the gradients of other ops are made. */
final class ArithmeticEntries {
    private final Inputs inputs;

    private ArithmeticEntries(Inputs inputs) {
        this.inputs = inputs;
    }

    static List<Entry> of(Inputs inputs) {
        ArithmeticEntries make = new ArithmeticEntries(inputs);
        return List.of(make.multiply(), make.scale(), make.sum(), make.fill(), make.matmul());
    }

    private Entry multiply() {
        return new Entry(
                MultiplyOp.class,
                List.of(new Sample(
                        "of matrices",
                        MultiplyOp.MULTIPLY,
                        inputs.uniform(Shape.of(3, 17), Shape.of(3, 17)),
                        2,
                        in -> Doubles.generate(in[0].shape(), at -> in[0].at(at) * in[1].at(at)))),
                List.of(),
                List.of(Misfit.of(
                        MultiplyOp.MULTIPLY, "multiply: second operand is [3], needs [2]", Shape.of(2), Shape.of(3))));
    }

    private Entry scale() {
        Op op = new ScaleOp(-0.3f);
        return new Entry(
                ScaleOp.class,
                List.of(new Sample(
                        "of a matrix", op, inputs.uniform(3, 17), 1, Doubles.Definition.map(x -> -0.3f * x))),
                List.of(),
                List.of(Misfit.of(op, "scale: there are 0 inputs, needs 1")));
    }

    private Entry sum() {
        Op op = SumOp.SUM;
        Doubles.Definition definition =
                in -> Doubles.scalar(Arrays.stream(in[0].values()).sum());
        return new Entry(
                SumOp.class,
                List.of(
                        new Sample("of a matrix", op, inputs.uniform(3, 17), 2, definition),
                        new Sample("of a scalar", op, inputs.uniform(Shape.of()), 1, definition)),
                List.of(),
                List.of(Misfit.of(op, "sum: there are 2 inputs, needs 1", Shape.of(1), Shape.of(1))));
    }

    private Entry fill() {
        Op op = new FillOp(Shape.of(2, 9));
        return new Entry(
                FillOp.class,
                List.of(new Sample(
                        "from a scalar",
                        op,
                        inputs.uniform(Shape.of()),
                        2,
                        in -> Doubles.generate(Shape.of(2, 9), at -> in[0].values()[0]))),
                List.of(),
                List.of(Misfit.of(op, "fill: input is [2], needs a single value", Shape.of(2))));
    }

    private Entry matmul() {
        return new Entry(
                MatmulOp.class,
                List.of(matmul(false, false), matmul(true, false), matmul(false, true), matmul(true, true)),
                List.of(),
                List.of(Misfit.of(
                        new MatmulOp(false, true),
                        "matmul: a [2, 3] has 3 columns, b [3, 4] transposed has 4 rows",
                        Shape.of(2, 3),
                        Shape.of(3, 4))));
    }

    private Sample matmul(boolean transA, boolean transB) {
        int m = 5;
        int n = 4;
        int k = 19;
        return new Sample(
                "of 5 x 19 and 19 x 4",
                new MatmulOp(transA, transB),
                inputs.uniform(transA ? Shape.of(k, m) : Shape.of(m, k), transB ? Shape.of(n, k) : Shape.of(k, n)),
                k,
                in -> Doubles.generate(Shape.of(m, n), at -> {
                    double sum = 0;
                    for (int i = 0; i < k; i++) {
                        sum += (transA ? in[0].at(i, at[0]) : in[0].at(at[0], i))
                                * (transB ? in[1].at(at[1], i) : in[1].at(i, at[1]));
                    }
                    return sum;
                }));
    }
}
