package dev.lanes.layers.autodiff;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Tensor;

/**
 * One application of an {@link Op} as variables of its tape, for {@link Op#gradient}: what the op was applied to and what
 * came out. Good until the tape is reset.
 */
public final class Application {
    private final Tape tape;
    private final Node node;

    Application(Tape tape, Node node) {
        this.tape = tape;
        this.node = node;
    }

    /** Returns the number of inputs. */
    public int inputs() {
        return node.evaluation().inputs();
    }

    /** Returns an input. */
    public Variable input(int i) {
        return tape.variableOf(node.evaluation().inputNode(i));
    }

    /** Returns the output. */
    public Variable output() {
        return tape.variableOf(node);
    }

    /** Returns the engine to compute with. */
    public Engine engine() {
        return tape.engine();
    }

    /** Applies an op on the same tape. */
    public Variable apply(Op op, Variable... inputs) {
        return tape.apply(op, inputs);
    }

    /** Returns a variable for a value that does not depend on the inputs. The tensor is not copied. */
    public Variable constant(Tensor value) {
        return tape.constant(value);
    }

    /**
     * Records {@link Op#vjp} itself as one step, and returns the gradient by an input. What is recorded can be
     * differentiated once more, because its derivatives are the op's jvp and hvp.
     */
    public Variable vjp(int input, Variable dOut) {
        Variable[] all = new Variable[inputs() + 1];
        for (int i = 0; i < inputs(); i++) {
            all[i] = input(i);
        }
        all[inputs()] = dOut;
        return tape.apply(new VjpStep(node.evaluation(), input), all);
    }
}
