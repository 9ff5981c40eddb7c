package dev.lanes.layers.inference;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;

/**
 * A value of a plan: a constant, what a call computes, or either under another shape. Two values are the same only if
 * they are the same object.
 */
final class Value {
    private final Shape shape;
    private final Tensor constant;
    private final Value source;

    private Value(Shape shape, Tensor constant, Value source) {
        this.shape = shape;
        this.constant = constant;
        this.source = source;
    }

    /** Returns a copy of a tensor that no longer changes. */
    static Value constant(Tensor tensor) {
        return new Value(tensor.shape(), tensor.copy(), null);
    }

    /** Returns what is there only when the plan runs. */
    static Value computed(Shape shape) {
        return new Value(shape, null, null);
    }

    /** Returns this value under another shape. */
    Value as(Shape other) {
        return new Value(other, constant, source());
    }

    Shape shape() {
        return shape;
    }

    boolean isConstant() {
        return constant != null;
    }

    /** Returns the tensor of a constant. */
    Tensor constant() {
        return constant.shape().equals(shape) ? constant : constant.reshape(shape);
    }

    /** Returns the value whose memory this is; itself, if it is no other one's. */
    Value source() {
        return source == null ? this : source;
    }
}
