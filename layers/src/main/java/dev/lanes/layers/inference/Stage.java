package dev.lanes.layers.inference;

import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.layers.autodiff.Tape;
import dev.lanes.numerics.Finish;
import dev.lanes.numerics.PackedMatrix;
import dev.lanes.numerics.PreparedConv2d;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import java.util.List;
import java.util.function.Function;

/** One call of a plan; where its operands lie is said by whoever binds it. Immutable, for any thread. */
sealed interface Stage {
    /** Returns what the call reads of values, constants among them. */
    List<Value> reads();

    /** Returns what the call computes. */
    Value writes();

    /**
     * Returns the call on the tensors that values have been given.
     *
     * @param tape one that writes nothing down, for the engine and for scratch
     */
    Runnable bind(Function<Value, Tensor> place, Tape tape);

    /** An op as it is. */
    record Plain(Op op, List<Value> reads, Value writes) implements Stage {
        @Override
        public Runnable bind(Function<Value, Tensor> place, Tape tape) {
            return Evaluation.bind(tape, op, reads.stream().map(place).toList(), place.apply(writes));
        }
    }

    /** A convolution with what follows it. */
    record Convolution(PreparedConv2d weights, Conv2dGeometry geometry, Value x, Ending ending) implements Stage {
        @Override
        public List<Value> reads() {
            return ending.with(x);
        }

        @Override
        public Value writes() {
            return ending.output();
        }

        @Override
        public Runnable bind(Function<Value, Tensor> place, Tape tape) {
            return weights.bind(
                    tape.engine(), place.apply(x), geometry, ending.finish(place), place.apply(ending.output()));
        }
    }

    /** A fully connected layer with what follows it. */
    record Product(PackedMatrix weights, Value x, Ending ending) implements Stage {
        @Override
        public List<Value> reads() {
            return ending.with(x);
        }

        @Override
        public Value writes() {
            return ending.output();
        }

        @Override
        public Runnable bind(Function<Value, Tensor> place, Tape tape) {
            return weights.bind(tape.engine(), place.apply(x), ending.finish(place), place.apply(ending.output()));
        }
    }

    /**
     * How a product ends.
     *
     * @param bias one value a channel, or null
     * @param residual what is added, or null
     * @param low lower clamp
     * @param high upper clamp
     * @param output what comes out in the end
     */
    record Ending(Tensor bias, Value residual, float low, float high, Value output) {
        private List<Value> with(Value x) {
            return residual == null ? List.of(x) : List.of(x, residual);
        }

        private Finish finish(Function<Value, Tensor> place) {
            return new Finish(bias, residual == null ? null : place.apply(residual), low, high);
        }
    }
}
