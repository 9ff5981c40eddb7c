package dev.lanes.layers.nn;

import dev.lanes.layers.ops.AdaptiveMaxPool2dOp;
import dev.lanes.numerics.Shape;

/**
 * The maxima over {@code outH x outW} parts of an image of whatever size; see {@link AdaptiveMaxPool2dOp}. <b>Shapes</b>:
 * x {@code [batch, inH, inW, channels]}, y {@code [batch, outH, outW, channels]}.
 */
public final class AdaptiveMaxPool2d extends OpLayer {
    private final AdaptiveMaxPool2dOp op;

    /** Makes a layer; throws {@link IllegalArgumentException} if an extent is below 1. */
    public AdaptiveMaxPool2d(int outH, int outW) {
        this(new AdaptiveMaxPool2dOp(outH, outW));
    }

    private AdaptiveMaxPool2d(AdaptiveMaxPool2dOp op) {
        super(op);
        this.op = op;
    }

    /** {@inheritDoc} One comparison a pixel, where parts do not overlap. */
    @Override
    public long flops(Shape input) {
        outputShape(input);
        return input.elements();
    }

    /** Returns the parts, as in {@code AdaptiveMaxPool2d 6x6}. */
    @Override
    public String toString() {
        return "A" + op.toString().substring(1);
    }
}
