package dev.lanes.layers.inference;

import dev.lanes.layers.autodiff.Op;
import dev.lanes.layers.autodiff.Step;
import dev.lanes.layers.ops.ActivationOp;
import dev.lanes.layers.ops.AddOp;
import dev.lanes.layers.ops.Conv2dOp;
import dev.lanes.layers.ops.LinearOp;
import dev.lanes.layers.ops.NormaliseByOp;
import dev.lanes.layers.ops.ReluOp;
import dev.lanes.layers.ops.ReshapeOp;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.UnaryFunction;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes calls of the steps that a tape has written down: a convolution or a fully connected layer takes in the sum, ReLU
 * or clamp behind it, and batch normalisation if that is wanted; a reshape is no call at all.
 */
final class Fusion {
    private final Engine engine;
    private final boolean foldNorms;
    private final Tensor last;
    private final Map<Tensor, Value> values = new IdentityHashMap<>();
    private final Map<Tensor, List<Step>> readers = new IdentityHashMap<>();
    private final Set<Step> done = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Stage> stages = new ArrayList<>();

    Fusion(Engine engine, boolean foldNorms, List<Step> steps, Tensor first, Tensor last) {
        this.engine = engine;
        this.foldNorms = foldNorms;
        this.last = last;
        values.put(first, Value.computed(first.shape()));
        for (Step step : steps) {
            for (Tensor input : step.inputs()) {
                readers.computeIfAbsent(input, x -> new ArrayList<>()).add(step);
            }
        }
        Set<Tensor> outputs = Collections.newSetFromMap(new IdentityHashMap<>());
        steps.forEach(step -> outputs.add(step.output()));
        for (Step step : steps) {
            for (Tensor input : step.inputs()) {
                if (!outputs.contains(input)) {
                    values.computeIfAbsent(input, Value::constant);
                }
            }
        }
        for (Step step : steps) {
            if (!done.contains(step)) {
                add(step);
            }
        }
    }

    /** Returns the calls in order. */
    List<Stage> stages() {
        return stages;
    }

    /** Returns the value of a tensor of the steps, or null if no call has computed it so far. */
    Value value(Tensor tensor) {
        return values.get(tensor);
    }

    private void add(Step step) {
        Op op = step.op();
        boolean fixed =
                step.inputs().stream().skip(1).allMatch(x -> values.get(x).isConstant());
        if (op instanceof ReshapeOp) {
            values.put(step.output(), input(step, 0).as(step.output().shape()));
        } else if (op instanceof Conv2dOp conv && fixed) {
            Conv2dGeometry g =
                    conv.geometry(step.inputs().stream().map(Tensor::shape).toList());
            Chain chain = new Chain(step);
            stages.add(new Stage.Convolution(
                    engine.conv2d().prepare(chain.weights, g), g, input(step, 0), chain.ending()));
        } else if (op instanceof LinearOp && fixed) {
            Chain chain = new Chain(step);
            stages.add(new Stage.Product(engine.matrix().packB(false, chain.weights), input(step, 0), chain.ending()));
        } else {
            List<Value> inputs = step.inputs().stream().map(values::get).toList();
            stages.add(new Stage.Plain(op, inputs, compute(step.output())));
        }
    }

    private Value input(Step step, int i) {
        return values.get(step.inputs().get(i));
    }

    private Value compute(Tensor output) {
        Value value = Value.computed(output.shape());
        values.put(output, value);
        return value;
    }

    /** A product and the steps behind it that its ending can do. */
    private final class Chain {
        private final Tensor weights;
        private Tensor bias;
        private Value residual;
        private float low = Float.NEGATIVE_INFINITY;
        private float high = Float.POSITIVE_INFINITY;
        private Tensor end;

        Chain(Step product) {
            weights = input(product, 1).constant().copy();
            bias = product.inputs().size() == 3 ? input(product, 2).constant() : null;
            end = product.output();
            Step next = onlyReader();
            while (next != null && takes(next)) {
                done.add(next);
                end = next.output();
                next = onlyReader();
            }
        }

        Stage.Ending ending() {
            return new Stage.Ending(bias, residual, low, high, compute(end));
        }

        /** Returns the step that reads the end, if it is the only one who wants to see it. */
        private Step onlyReader() {
            List<Step> all = readers.getOrDefault(end, List.of());
            boolean clamped = low != Float.NEGATIVE_INFINITY || high != Float.POSITIVE_INFINITY;
            return end != last && !clamped && all.size() == 1 ? all.getFirst() : null;
        }

        private boolean takes(Step next) {
            return switch (next.op()) {
                case ReluOp _ -> clamp(0f, Float.POSITIVE_INFINITY);
                case ActivationOp a
                when a.function().kind() == UnaryFunction.Kind.RELU -> clamp(0f, Float.POSITIVE_INFINITY);
                case ActivationOp a
                when a.function().kind() == UnaryFunction.Kind.CLAMP ->
                    clamp(a.function().first(), a.function().second());
                case AddOp _ -> add(next);
                case NormaliseByOp norm -> foldNorms && residual == null && fold(norm, next);
                default -> false;
            };
        }

        private boolean clamp(float newLow, float newHigh) {
            low = newLow;
            high = newHigh;
            return true;
        }

        /** Takes the sum if the other operand is there by now. */
        private boolean add(Step sum) {
            Value other = input(sum, sum.inputs().get(0) == end ? 1 : 0);
            boolean possible = residual == null && other != null;
            if (possible) {
                residual = other;
            }
            return possible;
        }

        /** Makes weights and bias those of {@code (y - mean) / deviation * scale + shift}. */
        private boolean fold(NormaliseByOp norm, Step step) {
            Value scale = input(step, 1);
            Value shift = input(step, 2);
            if (step.inputs().getFirst() != end || !scale.isConstant() || !shift.isConstant()) {
                return false;
            }
            int channels = norm.mean().elements();
            double[] factors = new double[channels];
            Tensor folded = Tensor.zeros(Shape.of(channels));
            for (int c = 0; c < channels; c++) {
                factors[c] = scale.constant().get(c) / Math.sqrt(norm.variance().get(c) + norm.epsilon());
                double before = bias == null ? 0 : bias.get(c);
                folded.set(
                        (float) ((before - norm.mean().get(c)) * factors[c]
                                + shift.constant().get(c)),
                        c);
            }
            for (int i = 0; i < weights.elements(); i++) { // the channels are the last axis
                int at = weights.offset() + i;
                weights.array()[at] = (float) (weights.array()[at] * factors[i % channels]);
            }
            bias = folded;
            return true;
        }
    }
}
