package dev.lanes.layers.nn;

import dev.lanes.layers.ops.AvgPool2dOp;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.geometry.Window2d;
import java.util.List;

/**
 * The average of each window; see {@link AvgPool2dOp}. <b>Shapes</b>: x {@code [batch, inH, inW, channels]}, y {@code
 * [batch, outH, outW, channels]}.
 */
public final class AvgPool2d extends OpLayer {
    private final AvgPool2dOp op;

    private AvgPool2d(AvgPool2dOp op) {
        super(op);
        this.op = op;
    }

    /**
     * Makes a layer with any window.
     *
     * @param countPadding whether pixels of the padding count, as zeros; else each window is divided by the number of its
     *     pixels inside the image
     */
    public AvgPool2d(Window2d window, boolean countPadding) {
        this(new AvgPool2dOp(window, countPadding));
    }

    /**
     * Makes a layer of windows side by side: {@code size x size}, moved by {@code size}.
     *
     * @throws IllegalArgumentException if the size is below 1
     */
    public AvgPool2d(int size) {
        this(Window2d.of(size, size).stride(size), true);
    }

    /** Returns a layer with the padding that makes {@code out = ceil(in / stride)}, which does not count. */
    public static AvgPool2d same(Window2d window) {
        return new AvgPool2d(new AvgPool2dOp(window, false, true));
    }

    /** Returns size, stride, padding and dilation of the window on an input of the given shape. */
    public Window2d window(Shape input) {
        return op.geometry(List.of(input)).window();
    }

    @Override
    public long flops(Shape input) {
        return op.geometry(List.of(input)).flops();
    }

    /** Returns the window, as in {@code AvgPool2d k2x2 s2 p0 d1 padding counts}. */
    @Override
    public String toString() {
        return "A" + op.toString().substring(1);
    }
}
