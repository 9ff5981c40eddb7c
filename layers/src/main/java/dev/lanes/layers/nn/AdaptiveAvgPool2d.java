package dev.lanes.layers.nn;

import dev.lanes.layers.ops.Resample2dOp;
import dev.lanes.numerics.Shape;
import java.util.List;

/**
 * The averages over {@code outH x outW} parts of an image of whatever size, from {@code floor(o * in / out)} to before
 * {@code ceil((o + 1) * in / out)} along each axis; see {@link Resample2dOp}. <b>Shapes</b>: x {@code [batch, inH, inW,
 * channels]}, y {@code [batch, outH, outW, channels]}.
 */
public final class AdaptiveAvgPool2d extends OpLayer {
    private final Resample2dOp op;
    private final String text;

    /** Makes a layer; throws {@link IllegalArgumentException} if an extent is below 1. */
    public AdaptiveAvgPool2d(int outH, int outW) {
        this(Resample2dOp.average(outH, outW), outH + "x" + outW);
    }

    private AdaptiveAvgPool2d(Resample2dOp op, String text) {
        super(op);
        this.op = op;
        this.text = text;
    }

    @Override
    public long flops(Shape input) {
        return op.geometry(List.of(input)).flops();
    }

    /** Returns the extents, as in {@code AdaptiveAvgPool2d 6x6}. */
    @Override
    public String toString() {
        return "AdaptiveAvgPool2d " + text;
    }
}
