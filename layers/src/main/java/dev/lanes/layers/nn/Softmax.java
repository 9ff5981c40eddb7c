package dev.lanes.layers.nn;

import dev.lanes.layers.ops.SoftmaxOp;
import dev.lanes.numerics.Shape;

/**
 * Softmax along the last axis, or its logarithm; see {@link SoftmaxOp}. A classifier that is trained with {@link
 * dev.lanes.layers.losses.SoftmaxCrossEntropy} ends without it. <b>Shapes</b>: x and y {@code [..., classes]}.
 */
public final class Softmax extends OpLayer {
    private final SoftmaxOp op;

    private Softmax(SoftmaxOp op) {
        super(op);
        this.op = op;
    }

    /** Makes the layer of the softmax. */
    public Softmax() {
        this(SoftmaxOp.softmax(-1));
    }

    /** Returns the layer of the logarithm. */
    public static Softmax log() {
        return new Softmax(SoftmaxOp.logSoftmax(-1));
    }

    /** {@inheritDoc} Maximum, difference, exponential, sum and division are five. */
    @Override
    public long flops(Shape input) {
        return 5L * outputShape(input).elements();
    }

    /** Returns which it is, as in {@code Softmax}. */
    @Override
    public String toString() {
        return op.name().equals("softmax") ? "Softmax" : "LogSoftmax";
    }
}
