package dev.lanes.tests.kit;

import dev.lanes.numerics.geometry.AxisGeometry;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.SoftmaxKernel;
import dev.lanes.numerics.kernels.Workspace;
import java.util.ArrayList;
import java.util.List;

/** Softmax along an axis, or its logarithm, of values from one source, in place or not, with or without the log-sum-exp. */
public final class SoftmaxCase extends Case<AxisGeometry, SoftmaxKernel> {
    /** Where the values come from; every one but the last gives a softmax that sums to 1 along the axis. */
    public enum Scores {
        /** What a network gives: within a few units. */
        ORDINARY(true),
        /** Far apart, so that most results are tiny or 0. */
        WIDE(true),
        /** All the same. */
        EQUAL(true),
        /** Near the largest float, of either sign. */
        HUGE(true),
        /** Some of them minus infinity, the first never. */
        MASKED(true),
        /** NaN and infinities anywhere. */
        SPECIAL(false);

        private final boolean finite;

        Scores(boolean finite) {
            this.finite = finite;
        }

        private float[] of(Values values, AxisGeometry g) {
            float[] x = this == SPECIAL ? values.special(g.elements()) : values.ordinary(g.elements());
            for (int i = 0; i < x.length; i++) {
                x[i] = switch (this) {
                    case ORDINARY -> 6 * x[i];
                    case WIDE -> 100 * x[i];
                    case EQUAL -> x[0];
                    case HUGE -> Math.copySign(3e38f, x[i]);
                    case MASKED -> i / g.inner() % g.length() > 0 && x[i] < 0 ? Float.NEGATIVE_INFINITY : x[i];
                    case SPECIAL -> x[i];
                };
            }
            return x;
        }
    }

    private final Scores scores;
    private final boolean inPlace;
    private final boolean withLogSumExp;

    private SoftmaxCase(
            Slot<AxisGeometry, SoftmaxKernel> slot,
            AxisGeometry g,
            Scores scores,
            boolean inPlace,
            boolean withLogSumExp) {
        super(slot, g, scores + (inPlace ? " ON_A" : "") + (withLogSumExp ? " logSumExp" : ""));
        this.scores = scores;
        this.inPlace = inPlace;
        this.withLogSumExp = withLogSumExp;
    }

    static List<SoftmaxCase> all(Slot<AxisGeometry, SoftmaxKernel> slot) {
        List<SoftmaxCase> cases = new ArrayList<>();
        for (AxisGeometry g : Geometries.axes()) {
            if (g.length() > 0) {
                for (Scores scores : Scores.values()) {
                    cases.add(new SoftmaxCase(slot, g, scores, false, true));
                }
                cases.add(new SoftmaxCase(slot, g, Scores.ORDINARY, true, true));
                cases.add(new SoftmaxCase(slot, g, Scores.MASKED, true, false));
            }
        }
        return cases;
    }

    /** Tells whether every softmax must sum to 1. */
    public boolean sumsToOne() {
        return scores.finite;
    }

    @Override
    protected void call(SoftmaxKernel kernel, Memory memory, Workspace workspace) {
        AxisGeometry g = geometry();
        float[] xValues = scores.of(values(), g);
        Guarded x = inPlace ? memory.updated("y", xValues) : memory.input("x", xValues);
        Guarded y = inPlace ? x : memory.output("y", g.elements());
        float[] logSumExp = withLogSumExp ? memory.outputFromStart("logSumExp", g.lines()) : null;
        kernel.run(g, x.array(), x.offset(), y.array(), y.offset(), logSumExp, workspace);
    }

    @Override
    protected Tolerance tolerance() {
        return slot() == Slot.SOFTMAX
                ? Tolerance.softmax(geometry().length())
                : Tolerance.logSoftmax(geometry().length());
    }
}
