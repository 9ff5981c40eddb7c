package dev.lanes.layers.autodiff;

import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * What {@link Tape#forward} found: a map from values to how they change. What does not depend on a leaf that changes has
 * a tangent of zeros. Good until the tape is reset; the tensors are new ones and live on.
 */
public final class Tangents {
    private final Tape tape;
    private final int pass;
    private final Map<Node, Tensor> tangents = new IdentityHashMap<>();

    Tangents(Tape tape, int pass) {
        this.tape = tape;
        this.pass = pass;
    }

    /**
     * Returns the tangent of a variable, of its shape.
     *
     * @throws IllegalStateException if the tape has been reset, or the variable is of another tape
     */
    public Tensor of(Variable variable) {
        if (!tape.isPass(pass)) {
            throw new IllegalStateException("tangents: the tape has been reset; use them before that");
        }
        Node node = tape.nodeOf(variable, "tangents");
        return tangents.computeIfAbsent(node, n -> Tensor.zeros(n.shape()));
    }

    void start(Variable leaf, Tensor direction) {
        Node node = tape.nodeOf(leaf, "forward");
        if (node.isOutput() || !node.isDifferentiable()) {
            throw new IllegalArgumentException("forward: a direction is given for " + node.describe()
                    + ", which is not a leaf; only leaves change by themselves");
        }
        ShapeMismatchException.require("forward", "the direction", direction.shape(), node.shape());
        tangents.put(node, direction);
    }

    void step(Node node) {
        if (!node.isOutput()) {
            return;
        }
        Inputs inputs = inputsOf(node);
        if (inputs.any()) {
            Tensor dOut = Tensor.zeros(node.shape());
            assert Buffers.poison(dOut);
            node.evaluation().runJvp(inputs, dOut);
            tangents.put(node, dOut);
        }
    }

    /** Returns the tangents of the inputs of an op. */
    Inputs inputsOf(Node node) {
        return new Inputs(node.evaluation());
    }

    /** The tangents of the inputs of one op. */
    final class Inputs implements InputTangents {
        private final Evaluation evaluation;

        Inputs(Evaluation evaluation) {
            this.evaluation = evaluation;
        }

        boolean any() {
            for (int i = 0; i < evaluation.inputs(); i++) {
                if (has(i)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean has(int input) {
            return tangents.containsKey(evaluation.inputNode(input));
        }

        @Override
        public Tensor get(int input) {
            Tensor tangent = tangents.get(evaluation.inputNode(input));
            if (tangent == null) {
                throw new IllegalStateException(evaluation.op().name() + ": input " + input + " does not change");
            }
            return tangent;
        }
    }
}
