package dev.lanes.layers.autodiff;

import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.Arrays;

/**
 * Carries gradients backwards through one op after the other: takes what the op's vjp gives for its inputs and adds it
 * to what has arrived there already. The order of the additions is that of the tape and of the inputs.
 */
final class Walk implements Cotangents {
    /** How an input was given its gradient. */
    private enum Given {
        /** Written straight into what becomes the input's gradient. */
        FIRST,
        /** Written into scratch, to be added. */
        SCRATCH,
        /** A tensor that exists anyway. */
        PASSED
    }

    private final Tape tape;
    private final Buffers buffers;
    private Evaluation evaluation;
    private Tensor[] gradients = new Tensor[4];
    private Given[] given = new Given[4];

    Walk(Tape tape) {
        this.tape = tape;
        this.buffers = tape.buffers();
    }

    /** Passes the gradient of an op's output on to its inputs. */
    void step(Node node) {
        evaluation = node.evaluation();
        int inputs = evaluation.inputs();
        if (given.length < inputs) {
            gradients = new Tensor[inputs];
            given = new Given[inputs];
        }
        Arrays.fill(given, null);
        Tensor dOut = node.gradient();
        evaluation.runVjp(dOut, this);
        boolean moved = collect(node, inputs);
        if (node.isLent() && !moved) {
            buffers.give(dOut);
        }
    }

    /** Adds up what was given; returns whether the array of the output's gradient now belongs to an input. */
    private boolean collect(Node node, int inputs) {
        int lastPassed = -1;
        for (int i = 0; i < inputs; i++) {
            if (given[i] == Given.FIRST) {
                evaluation.inputNode(i).accept(gradients[i]);
            } else if (given[i] == Given.PASSED) {
                lastPassed = i;
            }
        }
        boolean moved = false;
        for (int i = 0; i < inputs; i++) {
            if (given[i] == Given.SCRATCH || given[i] == Given.PASSED) {
                moved |= add(evaluation.inputNode(i), gradients[i], i == lastPassed ? node : null);
                if (given[i] == Given.SCRATCH) {
                    buffers.give(gradients[i]);
                }
            }
        }
        return moved;
    }

    /**
     * Adds a gradient to what an input has.
     *
     * @param finished the node that needs its gradient no more and may leave its array to the input; null for none
     * @return whether the array was taken over
     */
    private boolean add(Node input, Tensor gradient, Node finished) {
        Tensor sum = input.gradient();
        if (sum != null) {
            tape.engine().elementwise().add(sum, gradient, sum);
            return false;
        }
        if (finished != null
                && finished.isLent()
                && finished.gradient().array() == gradient.array()
                && !input.isKept()) {
            input.takeOver(gradient);
            return true;
        }
        input.accept(input.newGradient(buffers).copyFrom(gradient));
        return false;
    }

    @Override
    public boolean wants(int input) {
        return evaluation.inputNode(input).isDifferentiable();
    }

    @Override
    public Tensor target(int input) {
        requireWanted(input);
        Node node = evaluation.inputNode(input);
        boolean first = isFirst(node);
        given[input] = first ? Given.FIRST : Given.SCRATCH;
        gradients[input] = first ? node.newGradient(buffers) : buffers.take(node.shape(), null);
        return gradients[input];
    }

    @Override
    public void pass(int input, Tensor gradient) {
        requireWanted(input);
        ShapeMismatchException.require(
                evaluation.op().name(),
                "gradient",
                gradient.shape(),
                evaluation.inputNode(input).shape());
        given[input] = Given.PASSED;
        gradients[input] = gradient;
    }

    private void requireWanted(int input) {
        if (!wants(input) || given[input] != null) {
            throw new IllegalStateException(evaluation.op().name() + ": input " + input
                    + (wants(input) ? " was given a gradient already" : " wants no gradient"));
        }
    }

    /** Tells whether nothing has arrived at a node, nor is about to from another input of the same op. */
    private boolean isFirst(Node node) {
        for (int i = 0; i < evaluation.inputs(); i++) {
            if (given[i] != null && evaluation.inputNode(i) == node) {
                return false;
            }
        }
        return node.gradient() == null;
    }
}
