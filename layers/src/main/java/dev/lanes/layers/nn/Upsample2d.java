package dev.lanes.layers.nn;

import dev.lanes.layers.ops.Resample2dOp;
import dev.lanes.layers.ops.Resample2dOp.Extent;
import dev.lanes.numerics.Shape;
import java.util.List;

/**
 * Images of another size by repeating or interpolating pixels; see {@link Resample2dOp}. <b>Shapes</b>: x {@code [batch,
 * inH, inW, channels]}, y {@code [batch, outH, outW, channels]}.
 *
 * <pre>{@code
 * Upsample2d.nearest(2);                                            // twice as high and wide
 * Upsample2d.bilinear(Extent.fixed(224), Extent.fixed(224), false);    // 224 x 224
 * }</pre>
 */
public final class Upsample2d extends OpLayer {
    private final Resample2dOp op;

    private Upsample2d(Resample2dOp op) {
        super(op);
        this.op = op;
    }

    /** Returns the layer that makes {@code factor x factor} pixels of each; throws if the factor is below 1. */
    public static Upsample2d nearest(int factor) {
        return new Upsample2d(Resample2dOp.nearest(Extent.times(factor), Extent.times(factor)));
    }

    /** Returns the layer that repeats, or leaves out, pixels. */
    public static Upsample2d nearest(Extent height, Extent width) {
        return new Upsample2d(Resample2dOp.nearest(height, width));
    }

    /** Returns the layer that interpolates between two pixels along each axis. */
    public static Upsample2d bilinear(Extent height, Extent width, boolean alignCorners) {
        return new Upsample2d(Resample2dOp.bilinear(height, width, alignCorners));
    }

    /** Returns the layer that interpolates between four pixels along each axis. */
    public static Upsample2d bicubic(Extent height, Extent width, boolean alignCorners) {
        return new Upsample2d(Resample2dOp.bicubic(height, width, alignCorners));
    }

    @Override
    public long flops(Shape input) {
        return op.geometry(List.of(input)).flops();
    }

    /** Returns the method, as in {@code Upsample2d bilinear}. */
    @Override
    public String toString() {
        return "Upsample2d " + op;
    }
}
