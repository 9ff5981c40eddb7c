package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Window2d;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A convolution with a column and then one with a row: for one channel in and out that is the convolution with the outer
 * product of the two, as the Sobel filter {@code (1 2 1)' (1 0 -1)}, at {@code 2 * kernel} multiplications a pixel instead
 * of {@code kernel^2}.
 *
 * <p>The column keeps the channels' number, the row changes it. Stride 1, size kept. <b>Shapes</b>: x {@code [batch, inH,
 * inW, inC]}, {@code column.weight [kernel, 1, inC, inC]}, {@code row.weight [1, kernel, inC, outC]}, {@code row.bias
 * [outC]}, y {@code [batch, inH, inW, outC]}.
 */
public final class SpatiallySeparableConv2d implements Layer {
    private final Conv2d column;
    private final Conv2d row;
    private final Sequential both;

    /** Makes a layer; throws {@link IllegalArgumentException} if a number is below 1. */
    public SpatiallySeparableConv2d(int inC, int outC, int kernel, RandomGenerator random) {
        column = Conv2d.builder(inC, inC, Window2d.of(kernel, 1))
                .same()
                .bias(false)
                .build(random);
        row = Conv2d.builder(inC, outC, Window2d.of(1, kernel)).same().build(random);
        both = Sequential.builder().add("column", column).add("row", row).build();
    }

    /** Returns the convolution along the height. */
    public Conv2d column() {
        return column;
    }

    /** Returns the convolution along the width. */
    public Conv2d row() {
        return row;
    }

    /**
     * Returns the weights of the one convolution that does the same: {@code w[i, j, c, o] = sum over m of column[i, c, m]
     * * row[j, m, o]}.
     */
    public Tensor kernel() {
        Shape of = row.weight().shape();
        int k = of.dim(1);
        int inC = of.dim(2);
        int outC = of.dim(3);
        return Tensor.generate(Shape.of(k, k, inC, outC), at -> {
            int o = at % outC;
            int c = at / outC % inC;
            int j = at / outC / inC % k;
            int i = at / outC / inC / k;
            double sum = 0;
            for (int m = 0; m < inC; m++) {
                sum += (double) column.weight().value().get(i, 0, c, m)
                        * row.weight().value().get(0, j, m, o);
            }
            return sum;
        });
    }

    @Override
    public Variable forward(Variable x, Pass pass) {
        return both.forward(x, pass);
    }

    @Override
    public List<Parameter> parameters() {
        return both.parameters();
    }

    @Override
    public Shape outputShape(Shape input) {
        return both.outputShape(input);
    }

    @Override
    public long flops(Shape input) {
        return both.flops(input);
    }

    /** Returns the settings, as in {@code SpatiallySeparableConv2d 3 -> 8 k3}. */
    @Override
    public String toString() {
        Shape of = row.weight().shape();
        return "SpatiallySeparableConv2d " + of.dim(2) + " -> " + of.dim(3) + " k" + of.dim(1);
    }
}
