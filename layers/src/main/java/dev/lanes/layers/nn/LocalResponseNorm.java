package dev.lanes.layers.nn;

import dev.lanes.layers.ops.LrnOp;
import dev.lanes.numerics.Shape;

/**
 * Local response normalisation across neighbouring channels; see {@link LrnOp}. <b>Shapes</b>: x and y {@code [batch, ...,
 * channels]}.
 *
 * <pre>{@code
 * LocalResponseNorm.alexNet();                    // k 2, alpha 1e-4 for each of 5 channels, beta 0.75
 * }</pre>
 */
public final class LocalResponseNorm extends OpLayer {
    private final LrnOp op;
    private final int size;

    /**
     * Makes a layer.
     *
     * @param size how many channels stand in a sum
     * @param alpha what the mean of their squares is multiplied by
     * @throws IllegalArgumentException if the size is below 1, alpha or beta negative, or k not above 0
     */
    public LocalResponseNorm(int size, double alpha, double beta, double k) {
        this(new LrnOp(size, alpha, beta, k), size);
    }

    private LocalResponseNorm(LrnOp op, int size) {
        super(op);
        this.op = op;
        this.size = size;
    }

    /** Returns the layer of Krizhevsky et al. (2012), whose alpha of 1e-4 multiplies the sum of squares, not their mean. */
    public static LocalResponseNorm alexNet() {
        return new LocalResponseNorm(5, 5e-4, 0.75, 2);
    }

    /** {@inheritDoc} Two for each square of the sum, and four around it. */
    @Override
    public long flops(Shape input) {
        return (2L * size + 4) * outputShape(input).elements();
    }

    /** Returns the parameters, as in {@code LocalResponseNorm n5 alpha 5.0E-4 beta 0.75 k 2.0}. */
    @Override
    public String toString() {
        return "LocalResponseNorm" + op.toString().substring("lrn".length());
    }
}
