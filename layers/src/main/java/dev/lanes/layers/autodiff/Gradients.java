package dev.lanes.layers.autodiff;

import dev.lanes.numerics.Tensor;

/**
 * What {@link Tape#backward} found: a map from leaves to gradients. There are no gradients anywhere else, so there is
 * nothing to set to zero between steps.
 *
 * <p>What the output does not depend on has a gradient of zeros; {@link #contains} tells the two apart. Good until the
 * tape walks backwards again or is reset; the tensors are then used again, so copy what must live on. Belongs to the
 * thread of its tape.
 */
public final class Gradients {
    private final Tape tape;
    private final int walk;

    Gradients(Tape tape, int walk) {
        this.tape = tape;
        this.walk = walk;
    }

    /**
     * Returns the gradient by a leaf, or by a value that {@link Tape#keep} was asked to keep; of the variable's shape.
     *
     * @throws IllegalStateException if these gradients or the variable are out of date, or its gradient was not kept
     */
    public Tensor of(Variable variable) {
        Node node = current(variable);
        if (!node.isKept() || !node.isDifferentiable()) {
            throw new IllegalStateException("gradients: there is none by " + node.describe() + "; "
                    + (node.isDifferentiable()
                            ? "call keep(variable) before backward"
                            : "make it a leaf instead of a constant"));
        }
        return node.gradient() != null ? node.gradient() : node.ownGradient().fill(0f);
    }

    /**
     * Returns the gradient by a parameter, of its shape; zeros if it took no part in the pass.
     *
     * @throws IllegalStateException if these gradients are out of date
     */
    public Tensor of(Parameter parameter) {
        return of(tape.leaf(parameter));
    }

    /**
     * Tells whether the output depends on a variable.
     *
     * @throws IllegalStateException if these gradients or the variable are out of date
     */
    public boolean contains(Variable variable) {
        return current(variable).gradient() != null;
    }

    /**
     * Tells whether the output depends on a parameter.
     *
     * @throws IllegalStateException if these gradients are out of date
     */
    public boolean contains(Parameter parameter) {
        Variable leaf = tape.leafOrNull(parameter);
        return leaf != null && contains(leaf);
    }

    private Node current(Variable variable) {
        if (!tape.isLatestWalk(walk)) {
            throw new IllegalStateException(
                    "gradients: the tape has walked backwards again, was reset or asked to keep more; use them before");
        }
        return tape.nodeOf(variable, "gradients");
    }
}
