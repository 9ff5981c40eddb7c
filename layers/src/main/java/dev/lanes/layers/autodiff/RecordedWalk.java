package dev.lanes.layers.autodiff;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Carries gradients backwards as {@link Walk} does, but as variables: what it computes is recorded behind what it
 * differentiates, and can be differentiated again. Goes only where a gradient is asked for.
 */
final class RecordedWalk {
    private final Tape tape;
    private final List<Node> nodes;
    private final Map<Node, Variable> gradients = new IdentityHashMap<>();
    private final Set<Node> needed = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param nodes those of the tape so far */
    RecordedWalk(Tape tape, List<Node> nodes) {
        this.tape = tape;
        this.nodes = nodes;
    }

    List<Variable> run(Node last, Variable seed, List<Node> by) {
        needed.addAll(by);
        for (Node node : nodes) {
            if (node.isOutput() && dependsOnNeeded(node.evaluation())) {
                needed.add(node);
            }
        }
        gradients.put(last, seed);
        for (Node node : nodes.reversed()) {
            Variable dOut = gradients.get(node);
            if (dOut != null && node.isOutput() && needed.contains(node)) {
                step(node, dOut);
            }
        }
        return by.stream().map(this::gradientBy).toList();
    }

    private boolean dependsOnNeeded(Evaluation evaluation) {
        for (int i = 0; i < evaluation.inputs(); i++) {
            if (needed.contains(evaluation.inputNode(i))) {
                return true;
            }
        }
        return false;
    }

    private void step(Node node, Variable dOut) {
        Evaluation evaluation = node.evaluation();
        Application application = new Application(tape, node);
        for (int i = 0; i < evaluation.inputs(); i++) {
            Node input = evaluation.inputNode(i);
            if (needed.contains(input) && input.isDifferentiable()) {
                Variable gradient = evaluation.op().gradient(application, i, dOut);
                ShapeMismatchException.require(evaluation.op().name(), "gradient", gradient.shape(), input.shape());
                gradients.merge(input, gradient, (a, b) -> tape.apply(SUM, a, b));
            }
        }
    }

    private Variable gradientBy(Node node) {
        Variable found = gradients.get(node);
        return found != null ? found : tape.constant(Tensor.zeros(node.shape()));
    }

    /** {@code y = a + b}: what two uses of a value contribute. */
    private static final Op SUM = new Sum();

    private static final class Sum implements Op {
        @Override
        public String name() {
            return "sum of gradients";
        }

        @Override
        public Shape outputShape(List<Shape> inputs) {
            return inputs.getFirst();
        }

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
            if (in.has(0) && in.has(1)) {
                e.engine().elementwise().add(in.get(0), in.get(1), dOut);
            } else {
                dOut.copyFrom(in.get(in.has(0) ? 0 : 1));
            }
        }

        /** Linear: there is no second derivative. */
        @Override
        public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {}

        @Override
        public Variable gradient(Application a, int input, Variable dOut) {
            return dOut;
        }
    }
}
