package dev.lanes.layers.autodiff;

import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * One op that a tape has written down, and the tensors that it was applied to. A tensor stands for a value: where one step
 * reads what another computed, both have the same object.
 *
 * @param op the op
 * @param inputs what it was applied to
 * @param output what it computed
 */
public record Step(Op op, List<Tensor> inputs, Tensor output) {
    /** Keeps its own list of the inputs. */
    public Step {
        inputs = List.copyOf(inputs);
    }

    /** Returns what a tape has written down since its last reset, in order; the tensors are good until the next. */
    public static List<Step> of(Tape tape) {
        return tape.recorded().stream()
                .filter(Node::isOutput)
                .map(node -> node.evaluation().step())
                .toList();
    }
}
