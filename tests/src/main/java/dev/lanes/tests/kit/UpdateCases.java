package dev.lanes.tests.kit;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.AdaptiveKernel;
import dev.lanes.numerics.kernels.MomentumKernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.UnaryKernel;
import dev.lanes.numerics.kernels.Workspace;
import java.util.ArrayList;
import java.util.List;

/** The problems of the steps of optimisers: with and without what they remember, clipped, decaying, scaled. */
final class UpdateCases {
    private UpdateCases() {}

    static List<Momentum> momentum() {
        List<Momentum> cases = new ArrayList<>();
        for (RowsGeometry g : Geometries.rows()) {
            cases.add(new Momentum(g, false, false));
            cases.add(new Momentum(g, true, false));
            cases.add(new Momentum(g, true, true));
        }
        return cases;
    }

    static List<Adaptive> adaptive() {
        List<Adaptive> cases = new ArrayList<>();
        for (RowsGeometry g : Geometries.rows()) {
            cases.add(new Adaptive(g, true, false));
            cases.add(new Adaptive(g, true, true));
            cases.add(new Adaptive(g, false, true));
        }
        return cases;
    }

    static List<SumOfSquares> sumOfSquares() {
        List<SumOfSquares> cases = new ArrayList<>();
        Geometries.rows().forEach(g -> cases.add(new SumOfSquares(g)));
        for (int length : new int[] {8191, 8192, 8193, 100_000, 300_001}) {
            cases.add(new SumOfSquares(new RowsGeometry(1, length)));
        }
        return cases;
    }

    /** Gradient descent, with momentum or not. */
    static final class Momentum extends Case<RowsGeometry, MomentumKernel> {
        private final boolean withVelocity;
        private final boolean nesterov;

        private Momentum(RowsGeometry g, boolean withVelocity, boolean nesterov) {
            super(Slot.UPDATE_MOMENTUM, g, (withVelocity ? "velocity" : "plain") + (nesterov ? " nesterov" : ""));
            this.withVelocity = withVelocity;
            this.nesterov = nesterov;
        }

        @Override
        protected void call(MomentumKernel kernel, Memory memory, Workspace workspace) {
            RowsGeometry g = geometry();
            Values values = values();
            Guarded dw = memory.input("dw", values.any(g.elements()));
            Guarded v = withVelocity ? memory.updated("v", values.any(g.elements())) : null;
            Guarded w = memory.updated("w", values.any(g.elements()));
            float scale = memory.scalar(values.oneOf(1f, 0.125f, -3f));
            float bound = values.oneOf(Float.POSITIVE_INFINITY, 0.25f);
            float decay = memory.scalar(values.oneOf(0f, 0.01f));
            kernel.run(
                    g,
                    scale,
                    memory.absolute() ? Float.POSITIVE_INFINITY : bound,
                    decay,
                    0.9f,
                    nesterov,
                    memory.absolute() ? -0.1f : 0.1f, // a step that adds up, where magnitudes are wanted
                    dw.array(),
                    dw.offset(),
                    v == null ? null : v.array(),
                    v == null ? 0 : v.offset(),
                    w.array(),
                    w.offset(),
                    workspace);
        }

        @Override
        protected Tolerance tolerance() {
            return Tolerance.reduction(5);
        }
    }

    /** Adam and its like. The pull of the decay has the sign of the gradient, so that their sum is not a difference. */
    static final class Adaptive extends Case<RowsGeometry, AdaptiveKernel> {
        private final boolean withMean;
        private final boolean decaying;

        private Adaptive(RowsGeometry g, boolean withMean, boolean decaying) {
            super(Slot.UPDATE_ADAPTIVE, g, (withMean ? "mean" : "plain") + (decaying ? " decaying" : ""));
            this.withMean = withMean;
            this.decaying = decaying;
        }

        @Override
        protected void call(AdaptiveKernel kernel, Memory memory, Workspace workspace) {
            RowsGeometry g = geometry();
            Values values = values();
            float[] gradient = values.any(g.elements());
            float[] weights = values.any(g.elements());
            for (int i = 0; decaying && i < weights.length; i++) {
                weights[i] = Math.copySign(weights[i], gradient[i]);
            }
            float[] squares = values.any(g.elements());
            for (int i = 0; i < squares.length; i++) {
                squares[i] = Math.abs(squares[i]);
            }
            Guarded dw = memory.input("dw", gradient);
            Guarded m = withMean ? memory.updated("m", values.any(g.elements())) : null;
            Guarded s = memory.updated("s", squares);
            Guarded w = memory.updated("w", weights);
            kernel.run(
                    g,
                    values.oneOf(1f, 0.125f),
                    Float.POSITIVE_INFINITY,
                    decaying ? 0.01f : 0f,
                    0.9f,
                    values.oneOf(1f, 0.999f),
                    values.oneOf(1f, 0.001f),
                    values.oneOf(1f, 31.6f),
                    1e-8f,
                    values.oneOf(1f, 0.999f),
                    memory.absolute() ? -0.1f : 0.1f, // a step that adds up, where magnitudes are wanted
                    dw.array(),
                    dw.offset(),
                    m == null ? null : m.array(),
                    m == null ? 0 : m.offset(),
                    s.array(),
                    s.offset(),
                    w.array(),
                    w.offset(),
                    workspace);
        }

        @Override
        protected Tolerance tolerance() {
            return Tolerance.reduction(12);
        }
    }

    /** The sum of all squares. */
    static final class SumOfSquares extends Case<RowsGeometry, UnaryKernel> {
        private SumOfSquares(RowsGeometry g) {
            super(Slot.SUM_OF_SQUARES, g, "");
        }

        @Override
        protected void call(UnaryKernel kernel, Memory memory, Workspace workspace) {
            RowsGeometry g = geometry();
            Guarded x = memory.input("x", values().any(g.elements()));
            Guarded y = memory.output("y", 1);
            kernel.run(g, x.array(), x.offset(), y.array(), y.offset(), workspace);
        }

        @Override
        protected Tolerance tolerance() {
            return Tolerance.reduction(geometry().elements());
        }
    }
}
