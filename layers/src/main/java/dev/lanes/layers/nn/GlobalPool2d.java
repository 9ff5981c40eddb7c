package dev.lanes.layers.nn;

import dev.lanes.layers.ops.GlobalPool2dOp;
import dev.lanes.numerics.Shape;

/**
 * The average or maximum of each channel over the whole image, of whatever size; see {@link GlobalPool2dOp}.
 * <b>Shapes</b>: x {@code [batch, height, width, channels]}, y {@code [batch, channels]}.
 */
public final class GlobalPool2d extends OpLayer {
    private final GlobalPool2dOp op;

    private GlobalPool2d(GlobalPool2dOp op) {
        super(op);
        this.op = op;
    }

    /** Returns the layer of the average. */
    public static GlobalPool2d average() {
        return new GlobalPool2d(GlobalPool2dOp.AVERAGE);
    }

    /** Returns the layer of the maximum. */
    public static GlobalPool2d max() {
        return new GlobalPool2d(GlobalPool2dOp.MAX);
    }

    @Override
    public long flops(Shape input) {
        outputShape(input);
        return input.elements();
    }

    /** Returns which it is, as in {@code GlobalAvgPool2d}. */
    @Override
    public String toString() {
        return "G" + op.toString().substring(1);
    }
}
