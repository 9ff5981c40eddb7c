package dev.lanes.layers.nn;

import dev.lanes.layers.ops.Resample2dOp;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.geometry.AxisTaps.Border;

/**
 * Pixels around the image: zeros, the image in a mirror, or its edge repeated; see {@link Resample2dOp}. <b>Shapes</b>: x
 * {@code [batch, inH, inW, channels]}, y {@code [batch, top + inH + bottom, left + inW + right, channels]}.
 */
public final class Pad2d extends OpLayer {
    private final String text;

    /**
     * Makes a layer with the same padding on all sides.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Pad2d(int all, Border border) {
        this(all, all, all, all, border);
    }

    /**
     * Makes a layer.
     *
     * @throws IllegalArgumentException if a padding is negative
     */
    public Pad2d(int top, int bottom, int left, int right, Border border) {
        super(Resample2dOp.pad(top, bottom, left, right, border));
        text = border + " " + top + "," + bottom + "," + left + "," + right;
    }

    @Override
    public long flops(Shape input) {
        return 0;
    }

    /** Returns the settings, as in {@code Pad2d REFLECT 1,1,2,2}. */
    @Override
    public String toString() {
        return "Pad2d " + text;
    }
}
