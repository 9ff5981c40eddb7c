package dev.lanes.layers.autodiff;

import dev.lanes.numerics.Tensor;
import java.util.Map;

/**
 * What {@link Tape#hessianVector} found: a map from leaves to how the gradients by them change, with zeros where they do
 * not. Good until the tape is reset; the tensors are new ones and live on.
 */
public final class HessianVector {
    private final Tape tape;
    private final int pass;
    private final Map<Node, Tensor> changes;

    HessianVector(Tape tape, int pass, Map<Node, Tensor> changes) {
        this.tape = tape;
        this.pass = pass;
        this.changes = changes;
    }

    /**
     * Returns how the gradient by a variable changes, of its shape.
     *
     * @throws IllegalStateException if the tape has been reset, or the variable is of another tape
     */
    public Tensor of(Variable variable) {
        if (!tape.isPass(pass)) {
            throw new IllegalStateException("hessianVector: the tape has been reset; use its products before that");
        }
        Node node = tape.nodeOf(variable, "hessianVector");
        return changes.computeIfAbsent(node, n -> Tensor.zeros(n.shape()));
    }

    /**
     * Returns how the gradient by a parameter changes, of its shape; zeros if it took no part in the pass.
     *
     * @throws IllegalStateException if the tape has been reset
     */
    public Tensor of(Parameter parameter) {
        return of(tape.leaf(parameter));
    }
}
