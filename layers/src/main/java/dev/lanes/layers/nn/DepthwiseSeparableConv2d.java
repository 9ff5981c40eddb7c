package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.numerics.Shape;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A convolution taken apart into a window for each channel and a matrix for each pixel (Howard et al., MobileNets, 2017):
 * {@code y = pointwise(depthwise(x))}, with {@code kernel^2 + outC} multiplications for each input value instead of {@code
 * kernel^2 * outC}.
 *
 * <p>There is nothing between the two; where normalisation and an activation belong there, add the two convolutions to a
 * {@link Sequential} by {@link Conv2d#depthwise} and {@link Conv2d#pointwise}. <b>Shapes</b>: x {@code [batch, inH, inW,
 * inC]}, {@code depthwise.weight [kernel, kernel, 1, inC]}, {@code pointwise.weight [1, 1, inC, outC]}, {@code
 * pointwise.bias [outC]}, y {@code [batch, outH, outW, outC]}.
 *
 * <pre>{@code
 * new DepthwiseSeparableConv2d(32, 64, 3, 1, random).outputShape(Shape.of(1, 28, 28, 32));   // [1, 28, 28, 64]
 * }</pre>
 */
public final class DepthwiseSeparableConv2d implements Layer {
    private final Conv2d depthwise;
    private final Conv2d pointwise;
    private final Sequential both;

    /**
     * Makes a layer with the padding that makes {@code out = ceil(in / stride)}.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public DepthwiseSeparableConv2d(int inC, int outC, int kernel, int stride, RandomGenerator random) {
        depthwise = Conv2d.depthwise(inC, 1, kernel)
                .stride(stride)
                .same()
                .bias(false)
                .build(random);
        pointwise = Conv2d.pointwise(inC, outC).build(random);
        both = Sequential.builder()
                .add("depthwise", depthwise)
                .add("pointwise", pointwise)
                .build();
    }

    /** Returns the convolution of each channel by itself. */
    public Conv2d depthwise() {
        return depthwise;
    }

    /** Returns the convolution across channels. */
    public Conv2d pointwise() {
        return pointwise;
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

    /** Returns the settings, as in {@code DepthwiseSeparableConv2d 32 -> 64 k3x3 s1 same d1}. */
    @Override
    public String toString() {
        String window = depthwise.toString();
        return "DepthwiseSeparableConv2d " + pointwise.weight().shape().dim(2) + " -> "
                + pointwise.weight().shape().dim(3) + window.substring(window.indexOf(" k"), window.indexOf(" g"));
    }
}
