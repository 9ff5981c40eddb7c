package dev.lanes.numerics.kernels.vector.elementwise;

import dev.lanes.numerics.UnaryFunction;
import dev.lanes.numerics.geometry.FunctionGeometry;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The loop of every function of single elements and of its derivatives, made when it is first asked for. */
final class FunctionLoops {
    /** By the order of the derivative. */
    private static final List<Class<?>> HOLDERS =
            List.of(FunctionValues.class, FirstDerivatives.class, SecondDerivatives.class);

    /** The functions whose value and first derivative begin with one of the {@link FirstSteps}. */
    private static final Set<UnaryFunction.Kind> IN_TWO_STEPS =
            EnumSet.of(UnaryFunction.Kind.SIGMOID, UnaryFunction.Kind.TANH, UnaryFunction.Kind.SILU);

    private static final AtomicReferenceArray<LaneLoop> LOOPS =
            new AtomicReferenceArray<>(HOLDERS.size() * UnaryFunction.Kind.values().length);

    private FunctionLoops() {}

    /** Returns the loop for {@code y = f(a)}, or {@code y = f'(a) * b}. */
    static LaneLoop of(FunctionGeometry g) {
        UnaryFunction.Kind kind = g.function().kind();
        int index = HOLDERS.size() * kind.ordinal() + g.order();
        LaneLoop loop = LOOPS.get(index);
        if (loop == null) {
            LOOPS.compareAndSet(index, null, make(kind, g.order()));
            loop = LOOPS.get(index);
        }
        return loop;
    }

    private static LaneLoop make(UnaryFunction.Kind kind, int order) {
        LaneLoop loop = LaneLoop.of(HOLDERS.get(order), kind.toString());
        if (order > 1 || !IN_TWO_STEPS.contains(kind)) {
            return loop;
        }
        return new TwoStepLoop(LaneLoop.of(FirstSteps.class, kind.toString()), loop, order + 1);
    }
}
