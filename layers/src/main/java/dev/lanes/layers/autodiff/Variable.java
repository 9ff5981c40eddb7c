package dev.lanes.layers.autodiff;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;

/**
 * A value on a {@link Tape}: a constant, a leaf that gradients are wanted for, or the output of an op.
 *
 * <p>It is good for the pass in which it was made. After {@link Tape#reset} its tensor is used again for the next pass,
 * so using it throws; copy the tensor if its values must live on. Leaves of parameters stay good for ever.
 */
public final class Variable {
    /** The pass of a variable that outlives all of them. */
    static final int EVERY_PASS = -1;

    private final Tape tape;
    private final Node node;
    private final int pass;

    Variable(Tape tape, Node node, int pass) {
        this.tape = tape;
        this.node = node;
        this.pass = pass;
    }

    /**
     * Returns the value itself, not a copy; it must not be written to before the tape is reset.
     *
     * @throws IllegalStateException if the tape has been reset
     */
    public Tensor value() {
        return tape.nodeOf(this, "value").value();
    }

    /**
     * Returns the shape of the value.
     *
     * @throws IllegalStateException if the tape has been reset
     */
    public Shape shape() {
        return value().shape();
    }

    /** Tells whether the value depends on a leaf, so that a gradient reaches it; false for constants. */
    public boolean isDifferentiable() {
        return tape.nodeOf(this, "isDifferentiable").isDifferentiable();
    }

    Tape tape() {
        return tape;
    }

    Node node() {
        return node;
    }

    int pass() {
        return pass;
    }

    /** Returns what the variable is and its shape, as in {@code relu [64, 10]}. */
    @Override
    public String toString() {
        return tape.isCurrent(this) ? node.describe() : "variable of a pass that is over";
    }
}
