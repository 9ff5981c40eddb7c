package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Op;
import dev.lanes.layers.testing.DerivativeChecks;
import dev.lanes.layers.testing.Doubles;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every op of the library, with its definition and inputs to check it on; {@link OpCatalogueTest} runs the same checks
 * on all of them, and fails for an op that is missing here. Entries stand in classes of a few related ops, which {@link
 * #entries} lists.
 */
final class OpCatalogue {
    /**
     * Inputs that an op is checked on.
     *
     * @param terms the length of the op's longest sum, and a few more for each function such as exp: how many roundings
     *     of 2^-24 an entry may be off by
     * @param definition what the op computes, in double and without the library; value, vjp, jvp and hvp are compared
     *     with it and its central differences, so no input may be nearer than 0.01 to a kink
     */
    record Sample(String label, Op op, List<Tensor> inputs, int terms, Doubles.Definition definition) {
        @Override
        public String toString() {
            return op + " " + label;
        }
    }

    /** A point without a derivative, the gradient by the output there, and the gradient by the input the op chooses. */
    record Kink(Op op, Tensor x, Tensor dOut, Tensor dIn) {
        @Override
        public String toString() {
            return op.name() + " at " + x;
        }
    }

    /** Shapes that do not fit, and what the op says. */
    record Misfit(Op op, String message, List<Shape> shapes) {
        static Misfit of(Op op, String message, Shape... shapes) {
            return new Misfit(op, message, List.of(shapes));
        }

        @Override
        public String toString() {
            return message;
        }
    }

    /** All there is to know of one op. */
    record Entry(Class<? extends Op> type, List<Sample> samples, List<Kink> kinks, List<Misfit> misfits) {}

    /** Makes inputs that differ from use to use, and follow from a seed. */
    static final class Inputs {
        private final DerivativeChecks checks;

        private Inputs(DerivativeChecks checks) {
            this.checks = checks;
        }

        /** Returns one input of distinct multiples of 0.25 in random order, none of them 0: far from kinks. */
        List<Tensor> apart(int... dims) {
            return List.of(checks.apart(Shape.of(dims)));
        }

        /** Returns one input of values between -1 and 1. */
        List<Tensor> uniform(int... dims) {
            return uniform(Shape.of(dims));
        }

        /** Returns inputs of values between -1 and 1. */
        List<Tensor> uniform(Shape... shapes) {
            return Stream.of(shapes).map(checks::uniform).toList();
        }
    }

    private OpCatalogue() {}

    static List<Entry> entries(Engine engine, long seed) {
        Inputs inputs = new Inputs(new DerivativeChecks(engine, seed));
        return Stream.of(
                        CoreEntries.of(inputs),
                        ArithmeticEntries.of(inputs),
                        NormEntries.of(inputs),
                        ActivationEntries.of(inputs),
                        PoolEntries.of(inputs),
                        ImageEntries.of(inputs),
                        LossEntries.of(inputs))
                .flatMap(List::stream)
                .toList();
    }
}
