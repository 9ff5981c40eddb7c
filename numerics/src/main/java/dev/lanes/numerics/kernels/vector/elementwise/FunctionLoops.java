package dev.lanes.numerics.kernels.vector.elementwise;

import dev.lanes.numerics.UnaryFunction;
import dev.lanes.numerics.geometry.FunctionGeometry;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The loop of every function of single elements and of its derivatives, made when it is first asked for. */
final class FunctionLoops {
    /** By the order of the derivative. */
    private static final List<Class<?>> HOLDERS =
            List.of(FunctionValues.class, FirstDerivatives.class, SecondDerivatives.class);

    private static final AtomicReferenceArray<LaneLoop> LOOPS =
            new AtomicReferenceArray<>(HOLDERS.size() * UnaryFunction.Kind.values().length);

    private FunctionLoops() {}

    /** Returns the loop for {@code y = f(a)}, or {@code y = f'(a) * b}. */
    static LaneLoop of(FunctionGeometry g) {
        UnaryFunction.Kind kind = g.function().kind();
        int index = HOLDERS.size() * kind.ordinal() + g.order();
        LaneLoop loop = LOOPS.get(index);
        if (loop == null) {
            LOOPS.compareAndSet(index, null, LaneLoop.of(HOLDERS.get(g.order()), kind.toString()));
            loop = LOOPS.get(index);
        }
        return loop;
    }
}
