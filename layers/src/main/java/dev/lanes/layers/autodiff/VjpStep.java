package dev.lanes.layers.autodiff;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * The vjp of another op as an op, {@code g = J(x)'u} by one input, of that op's inputs x and the gradient u.
 *
 * <p>{@code <w, g>} is how {@code <u, f>} changes along w, so its gradient by x is the Hessian of {@code <u, f>} times w,
 * which is hvp, and its gradient by u is {@code J w}, which is jvp: every op that has these can be differentiated twice.
 */
final class VjpStep implements Op {
    private final Evaluation evaluation;
    private final int input;

    VjpStep(Evaluation evaluation, int input) {
        this.evaluation = evaluation;
        this.input = input;
    }

    @Override
    public String name() {
        return evaluation.op().name() + ".vjp";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return inputs.get(input);
    }

    @Override
    public void forward(Evaluation e) {
        carry(gradientOf(e), e.output());
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        evaluation.runHvp(along(dOut), gradientOf(e), into);
        if (into.wants(e.inputs() - 1)) {
            evaluation.runJvp(along(dOut), into.target(e.inputs() - 1));
        }
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        int last = e.inputs() - 1;
        if (in.has(last)) {
            carry(in.get(last), dOut);
        } else {
            dOut.fill(0f);
        }
        boolean moves = false;
        for (int i = 0; i < last; i++) {
            moves |= in.has(i);
        }
        if (moves) {
            Tensor change = e.scratch(dOut.shape());
            Only only = new Only(change);
            evaluation.runHvp(in, gradientOf(e), only);
            if (only.given) {
                e.engine().elementwise().add(dOut, change, dOut);
            }
        }
    }

    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {
        throw new UnsupportedOperationException(evaluation.op().name()
                + " can be differentiated twice, not three times; implement gradient in its Op with ops that can");
    }

    private static Tensor gradientOf(Evaluation e) {
        return e.input(e.inputs() - 1);
    }

    /** Computes {@code J'u}. */
    private void carry(Tensor u, Tensor to) {
        Only only = new Only(to);
        evaluation.runVjp(u, only);
        if (!only.given) {
            to.fill(0f);
        }
    }

    private InputTangents along(Tensor w) {
        return new InputTangents() {
            @Override
            public boolean has(int i) {
                return i == input;
            }

            @Override
            public Tensor get(int i) {
                if (i != input) {
                    throw new IllegalStateException(evaluation.op().name() + ": input " + i + " does not change");
                }
                return w;
            }
        };
    }

    /** Takes the gradient by the one input. */
    private final class Only implements Cotangents {
        private final Tensor to;
        private boolean given;

        Only(Tensor to) {
            this.to = to;
        }

        @Override
        public boolean wants(int i) {
            return i == input;
        }

        @Override
        public Tensor target(int i) {
            if (i != input || given) {
                throw new IllegalStateException(evaluation.op().name() + ": input " + i
                        + (i == input ? " was given a gradient already" : " wants no gradient"));
            }
            given = true;
            return to;
        }

        @Override
        public void pass(int i, Tensor gradient) {
            ShapeMismatchException.require(evaluation.op().name(), "gradient", gradient.shape(), to.shape());
            target(i).copyFrom(gradient);
        }
    }
}
