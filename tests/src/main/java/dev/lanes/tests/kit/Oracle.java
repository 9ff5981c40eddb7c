package dev.lanes.tests.kit;

import dev.lanes.numerics.Engine;
import dev.lanes.numerics.kernels.Kernel;
import dev.lanes.numerics.kernels.KernelTable;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;
import java.time.Duration;
import java.util.Map;

/** The reference kernels, which say what is right; one thread. */
public final class Oracle {
    private static final KernelTable TABLE;

    static {
        try (Engine engine = Engine.builder().backend("reference").threads(1).build()) {
            TABLE = engine.kernels();
        }
    }

    private Oracle() {}

    /** Returns the reference kernel of an operation. */
    public static <G, K extends Kernel<G>> K kernel(Slot<G, K> slot) {
        return TABLE.candidates(slot).getLast();
    }

    /** Returns a fresh workspace of one thread. */
    public static Workspace workspace() {
        return new Workspace(Parallel.ofThreads(1, Duration.ZERO));
    }

    /** Runs the reference on a problem. */
    public static <G, K extends Kernel<G>> Map<String, double[]> run(Case<G, K> problem, Memory.Style style) {
        return problem.run(kernel(problem.slot()), style, workspace());
    }
}
