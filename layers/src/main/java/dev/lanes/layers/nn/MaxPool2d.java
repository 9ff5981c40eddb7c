package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.ops.MaxPool2dOp;
import dev.lanes.layers.ops.Switches;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.geometry.Window2d;
import java.util.List;

/**
 * The maximum of each window, channel by channel; see {@link MaxPool2dOp}. <b>Shapes</b>: x {@code [batch, inH, inW,
 * channels]}, y {@code [batch, outH, outW, channels]}.
 */
public final class MaxPool2d implements Layer {
    private final MaxPool2dOp op;

    private MaxPool2d(MaxPool2dOp op) {
        this.op = op;
    }

    /** Makes a layer with any window. */
    public MaxPool2d(Window2d window) {
        this(new MaxPool2dOp(window));
    }

    /**
     * Makes a layer of windows side by side: {@code size x size}, moved by {@code size}.
     *
     * @throws IllegalArgumentException if the size is below 1
     */
    public MaxPool2d(int size) {
        this(Window2d.of(size, size).stride(size));
    }

    /** Returns a layer with the padding that makes {@code out = ceil(in / stride)}. */
    public static MaxPool2d same(Window2d window) {
        return new MaxPool2d(new MaxPool2dOp(window, true));
    }

    /** Returns size, stride, padding and dilation of the window on an input of the given shape. */
    public Window2d window(Shape input) {
        return op.geometry(List.of(input)).window();
    }

    /** Returns this layer with a place where each pass leaves which pixels won, for {@link MaxUnpool2d}. */
    public MaxPool2d into(Switches switches) {
        return new MaxPool2d(op.into(switches));
    }

    @Override
    public Variable forward(Variable x, Pass pass) {
        return pass.tape().apply(op, x);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Shape outputShape(Shape input) {
        return op.outputShape(List.of(input));
    }

    @Override
    public long flops(Shape input) {
        return op.geometry(List.of(input)).flops();
    }

    /** Returns the window, as in {@code MaxPool2d k2x2 s2 p0 d1}. */
    @Override
    public String toString() {
        return "M" + op.toString().substring(1);
    }
}
