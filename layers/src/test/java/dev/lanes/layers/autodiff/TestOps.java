package dev.lanes.layers.autodiff;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.List;

/** Ops that a user might write, each using the seam in another way. */
final class TestOps {
    /** {@code y = a + b}, passing the gradient on without a copy. */
    static final Op ADD = new Binary() {
        @Override
        public void forward(Evaluation e) {
            e.engine().elementwise().add(e.input(0), e.input(1), e.output());
        }

        @Override
        public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
            for (int i = 0; i < 2; i++) {
                if (into.wants(i)) {
                    into.pass(i, dOut);
                }
            }
        }

        @Override
        public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
            dOut.fill(0f);
            for (int i = 0; i < 2; i++) {
                if (in.has(i)) {
                    e.engine().elementwise().add(dOut, in.get(i), dOut);
                }
            }
        }
    };

    /** {@code y = a * b}, asking for the target of the second input first. */
    static final Op MULTIPLY = new Binary() {
        @Override
        public void forward(Evaluation e) {
            e.engine().elementwise().multiply(e.input(0), e.input(1), e.output());
        }

        @Override
        public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
            for (int i = 1; i >= 0; i--) {
                if (into.wants(i)) {
                    e.engine().elementwise().multiply(e.input(1 - i), dOut, into.target(i));
                }
            }
        }

        @Override
        public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
            dOut.fill(0f);
            for (int i = 0; i < 2; i++) {
                if (in.has(i)) {
                    Tensor term = e.scratch(dOut.shape());
                    e.engine().elementwise().multiply(in.get(i), e.input(1 - i), term);
                    e.engine().elementwise().add(dOut, term, dOut);
                }
            }
        }
    };

    private abstract static class Binary implements Op {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public Shape outputShape(List<Shape> inputs) {
            ShapeMismatchException.require(name(), "second operand", inputs.get(1), inputs.get(0));
            return inputs.getFirst();
        }
    }

    private TestOps() {}
}
