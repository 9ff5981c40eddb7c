package dev.lanes.layers.autodiff;

import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Carries the tangents of gradients backwards. A gradient by an input is {@code J'u}, so it changes with u and with J:
 * the first is the op's vjp of how u changes, the second its hvp.
 */
final class TangentWalk implements Cotangents {
    private final Tape tape;
    private final Tangents tangents;
    private final Map<Node, Tensor> sums = new IdentityHashMap<>();
    private Evaluation evaluation;
    private Tensor[] given = {};

    TangentWalk(Tape tape, Tangents tangents) {
        this.tape = tape;
        this.tangents = tangents;
    }

    /** Passes on how the gradient of an op's output changes; the gradient itself must still be there. */
    void step(Node node) {
        evaluation = node.evaluation();
        Tensor change = sums.get(node);
        if (change != null) {
            begin();
            evaluation.runVjp(change, this);
            collect();
        }
        Tangents.Inputs inputs = tangents.inputsOf(node);
        if (node.gradient() != null && inputs.any()) {
            begin();
            evaluation.runHvp(inputs, node.gradient(), this);
            collect();
        }
    }

    private void begin() {
        given = new Tensor[evaluation.inputs()];
    }

    private void collect() {
        for (int i = 0; i < given.length; i++) {
            if (given[i] != null) {
                Node input = evaluation.inputNode(i);
                Tensor sum = sums.putIfAbsent(input, given[i]);
                if (sum != null) {
                    tape.engine().elementwise().add(sum, given[i], sum);
                }
            }
        }
    }

    /** Returns how the gradients by all values met on the way change. */
    Map<Node, Tensor> found() {
        return sums;
    }

    @Override
    public boolean wants(int input) {
        return evaluation.inputNode(input).isDifferentiable();
    }

    @Override
    public Tensor target(int input) {
        requireWanted(input);
        given[input] = Tensor.zeros(evaluation.inputNode(input).shape());
        assert Buffers.poison(given[input]);
        return given[input];
    }

    @Override
    public void pass(int input, Tensor gradient) {
        requireWanted(input);
        ShapeMismatchException.require(
                evaluation.op().name(),
                "gradient",
                gradient.shape(),
                evaluation.inputNode(input).shape());
        given[input] = gradient.copy();
    }

    private void requireWanted(int input) {
        if (!wants(input) || given[input] != null) {
            throw new IllegalStateException(evaluation.op().name() + ": input " + input
                    + (wants(input) ? " was given a gradient already" : " wants no gradient"));
        }
    }
}
