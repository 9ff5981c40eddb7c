package dev.lanes.tests.kit;

import dev.lanes.numerics.geometry.AxisGeometry;
import dev.lanes.numerics.kernels.ArgMaxKernel;
import dev.lanes.numerics.kernels.ReduceKernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.VarianceKernel;
import dev.lanes.numerics.kernels.Workspace;
import java.util.ArrayList;
import java.util.List;

/** The problems of the reductions along an axis. */
final class ReduceCases {
    /** Where the values come from. */
    private enum Kind {
        /** Finite, of any magnitude. */
        ANY,
        /** Small whole numbers, many of them equal. */
        TIES,
        /** NaN and infinities among them. */
        SPECIAL;

        private float[] of(Values values, int length) {
            return switch (this) {
                case ANY -> values.any(length);
                case TIES -> values.ties(length);
                case SPECIAL -> values.special(length);
            };
        }
    }

    private ReduceCases() {}

    static List<Reduce> reduce(Slot<AxisGeometry, ReduceKernel> slot) {
        List<Reduce> cases = new ArrayList<>();
        for (AxisGeometry g : Geometries.axes()) {
            if (slot == Slot.REDUCE_SUM || g.length() > 0) {
                cases.add(new Reduce(slot, g, Kind.ANY));
            }
            if (slot == Slot.REDUCE_MAX && g.length() > 0) {
                cases.add(new Reduce(slot, g, Kind.SPECIAL));
            }
        }
        return cases;
    }

    static List<Variance> variance() {
        return Geometries.axes().stream()
                .filter(g -> g.length() > 0)
                .map(Variance::new)
                .toList();
    }

    static List<ArgMax> argMax() {
        List<ArgMax> cases = new ArrayList<>();
        for (AxisGeometry g : Geometries.axes()) {
            if (g.length() > 0) {
                for (Kind kind : Kind.values()) {
                    cases.add(new ArgMax(g, kind));
                }
            }
        }
        return cases;
    }

    /** A sum, a mean or a maximum. */
    static final class Reduce extends Case<AxisGeometry, ReduceKernel> {
        private final Kind kind;

        private Reduce(Slot<AxisGeometry, ReduceKernel> slot, AxisGeometry g, Kind kind) {
            super(slot, g, kind.toString());
            this.kind = kind;
        }

        @Override
        protected void call(ReduceKernel kernel, Memory memory, Workspace workspace) {
            AxisGeometry g = geometry();
            Guarded x = memory.input("x", kind.of(values(), g.elements()));
            Guarded y = memory.output("y", g.lines());
            kernel.run(g, x.array(), x.offset(), y.array(), y.offset(), workspace);
        }

        @Override
        protected Tolerance tolerance() {
            return slot() == Slot.REDUCE_MAX
                    ? Tolerance.EXACT
                    : Tolerance.reduction(geometry().length());
        }
    }

    /** A variance, with a mean that is near the true one. */
    static final class Variance extends Case<AxisGeometry, VarianceKernel> {
        private Variance(AxisGeometry g) {
            super(Slot.REDUCE_VARIANCE, g, "");
        }

        @Override
        protected void call(VarianceKernel kernel, Memory memory, Workspace workspace) {
            AxisGeometry g = geometry();
            float[] xValues = values().any(g.elements());
            float[] means = new float[g.lines()];
            for (int i = 0; i < xValues.length; i++) {
                means[i / g.inner() / g.length() * g.inner() + i % g.inner()] += xValues[i] / g.length();
            }
            Guarded x = memory.input("x", xValues);
            Guarded mean = memory.input("mean", means);
            Guarded variance = memory.output("variance", g.lines());
            kernel.run(
                    g,
                    x.array(),
                    x.offset(),
                    mean.array(),
                    mean.offset(),
                    variance.array(),
                    variance.offset(),
                    workspace);
        }

        @Override
        protected Tolerance tolerance() {
            return Tolerance.positiveSum(geometry().length());
        }
    }

    /** The position of a maximum. */
    static final class ArgMax extends Case<AxisGeometry, ArgMaxKernel> {
        private final Kind kind;

        private ArgMax(AxisGeometry g, Kind kind) {
            super(Slot.REDUCE_ARG_MAX, g, kind.toString());
            this.kind = kind;
        }

        @Override
        protected void call(ArgMaxKernel kernel, Memory memory, Workspace workspace) {
            AxisGeometry g = geometry();
            Guarded x = memory.input("x", kind.of(values(), g.elements()));
            kernel.run(g, x.array(), x.offset(), memory.intOutput("y", g.lines()), workspace);
        }

        @Override
        protected Tolerance tolerance() {
            return Tolerance.EXACT;
        }
    }
}
