package dev.lanes.layers.autodiff;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;

/**
 * One entry of a tape: a value, what it was computed from if it was, and the gradient that has arrived at it. A tape
 * that is reset writes the entries of the next pass over those of the last and so finds their buffers again.
 */
final class Node {
    private final Evaluation evaluation;
    private Tensor value;
    private boolean isOutput;
    private boolean differentiable;
    private boolean kept;

    /** The sum of what has arrived in the current walk, or null before the first. */
    private Tensor gradient;

    /** Whether the gradient stands in a lent array, which is given back when it has been passed on. */
    private boolean lent;

    private Tensor own;
    private Tensor lastLent;

    Node(Tape tape) {
        this.evaluation = new Evaluation(tape);
    }

    Node asConstant(Tensor newValue) {
        return become(newValue, false, false, false);
    }

    Node asLeaf(Tensor newValue) {
        return become(newValue, false, true, true);
    }

    Node asOutput(Op op, Variable[] inputs) {
        boolean depends = evaluation.run(op, inputs);
        return become(evaluation.output(), true, depends, false);
    }

    private Node become(Tensor newValue, boolean output, boolean dependsOnLeaf, boolean keep) {
        value = newValue;
        isOutput = output;
        differentiable = dependsOnLeaf;
        kept = keep;
        gradient = null;
        return this;
    }

    Tensor value() {
        return value;
    }

    Shape shape() {
        return value.shape();
    }

    boolean isOutput() {
        return isOutput;
    }

    boolean isDifferentiable() {
        return differentiable;
    }

    /** Tells whether the gradient outlives the walk. */
    boolean isKept() {
        return kept;
    }

    void keep() {
        kept = true;
    }

    Evaluation evaluation() {
        return evaluation;
    }

    Tensor gradient() {
        return gradient;
    }

    void clearGradient() {
        gradient = null;
        lent = false;
    }

    /** Returns the tensor that belongs to this node alone, for a gradient that outlives the walk. */
    Tensor ownGradient() {
        own = Buffers.fit(own, shape());
        return own;
    }

    /** Returns where the first contribution may be written; {@link #accept} makes it the gradient. */
    Tensor newGradient(Buffers buffers) {
        if (kept) {
            return ownGradient();
        }
        lastLent = buffers.take(shape(), lastLent);
        return lastLent;
    }

    /** Makes a tensor from {@link #newGradient} the gradient. */
    void accept(Tensor first) {
        gradient = first;
        lent = !kept;
    }

    /** Makes the lent array of another node's gradient this node's; the other must not give it back. */
    void takeOver(Tensor lentByOther) {
        gradient = lentByOther;
        lent = true;
    }

    /** Makes a tensor that somebody else owns the gradient. */
    void borrow(Tensor foreign) {
        gradient = foreign;
        lent = false;
    }

    boolean isLent() {
        return lent;
    }

    String describe() {
        String kind = isOutput ? evaluation.op().name() : differentiable ? "leaf" : "constant";
        return kind + " " + shape();
    }
}
