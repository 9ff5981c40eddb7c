package dev.lanes.layers.nn;

import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.Gradients;
import dev.lanes.layers.autodiff.HessianVector;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.layers.autodiff.Parameter;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A layer, or a segment of a network, of which the tape keeps the output alone: what its derivatives need is computed
 * again when they are asked for. Saves the memory of all values within, for one more forward pass.
 *
 * <p>Values and gradients have the same bits as those of the layer itself; random numbers of a training pass are drawn
 * from a seed of its own, so that the second pass draws the same. Each derivative allocates what the segment needs.
 *
 * <pre>{@code
 * Sequential net = Sequential.builder()
 *         .add("block1", new Checkpoint(block1))
 *         .add("block2", new Checkpoint(block2))
 *         .build();
 * }</pre>
 */
public final class Checkpoint implements Layer {
    private final Layer layer;

    /** Wraps a layer. */
    public Checkpoint(Layer layer) {
        this.layer = Objects.requireNonNull(layer, "layer");
    }

    @Override
    public Variable forward(Variable x, Pass pass) {
        List<Parameter> parameters = layer.parameters();
        Variable[] inputs = new Variable[parameters.size() + 1];
        inputs[0] = x;
        for (int i = 1; i < inputs.length; i++) {
            inputs[i] = pass.tape().leaf(parameters.get(i - 1));
        }
        Op segment =
                new Segment(pass.isTraining(), pass.isTraining() ? pass.random().nextLong() : 0);
        return pass.tape().apply(segment, inputs);
    }

    @Override
    public List<Parameter> parameters() {
        return layer.parameters();
    }

    @Override
    public List<Parameter> buffers() {
        return layer.buffers();
    }

    @Override
    public Shape outputShape(Shape input) {
        return layer.outputShape(input);
    }

    @Override
    public long flops(Shape input) {
        return layer.flops(input);
    }

    /** Returns the layer's settings, as in {@code Checkpoint of Linear 784 -> 10}. */
    @Override
    public String toString() {
        return "Checkpoint of " + layer;
    }

    /** The layer as one op, of its input and its parameters. */
    private final class Segment implements Op {
        private final boolean training;
        private final long seed;

        Segment(boolean training, long seed) {
            this.training = training;
            this.seed = seed;
        }

        @Override
        public String name() {
            return "checkpoint";
        }

        @Override
        public Shape outputShape(List<Shape> inputs) {
            return layer.outputShape(inputs.getFirst());
        }

        @Override
        public void forward(Evaluation e) {
            Tape none = Tape.none(e.engine());
            e.outputIs(layer.forward(none.constant(e.input(0)), pass(none)).value());
        }

        @Override
        public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
            Again again = new Again(e);
            Gradients gradients = again.tape.backward(again.y, dOut);
            for (int i = 0; i < e.inputs(); i++) {
                if (into.wants(i)) {
                    into.pass(i, gradients.of(again.leaves[i]));
                }
            }
        }

        @Override
        public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
            Again again = new Again(e);
            dOut.copyFrom(again.tape.forward(again.directions(in)).of(again.y));
        }

        @Override
        public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {
            Again again = new Again(e);
            HessianVector changes = again.tape.hessianVector(again.y, dOut, again.directions(in));
            for (int i = 0; i < e.inputs(); i++) {
                if (into.wants(i)) {
                    into.pass(i, changes.of(again.leaves[i]));
                }
            }
        }

        private Pass pass(Tape tape) {
            return training ? Pass.training(tape, new SeededRandom(seed)) : Pass.evaluation(tape);
        }

        /** The second pass, recorded this time. */
        private final class Again {
            private final Tape tape;
            private final Variable[] leaves;
            private final Variable y;

            Again(Evaluation e) {
                tape = Tape.recording(e.engine());
                leaves = new Variable[e.inputs()];
                leaves[0] = tape.leaf(e.input(0));
                for (int i = 1; i < leaves.length; i++) {
                    leaves[i] = tape.leaf(layer.parameters().get(i - 1));
                }
                y = layer.forward(leaves[0], pass(tape).again());
            }

            Map<Variable, Tensor> directions(InputTangents in) {
                Map<Variable, Tensor> directions = new HashMap<>();
                for (int i = 0; i < leaves.length; i++) {
                    if (in.has(i)) {
                        directions.put(leaves[i], in.get(i));
                    }
                }
                return directions;
            }
        }
    }
}
