package dev.lanes.tests.kit;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.SoftmaxKernel;
import dev.lanes.numerics.kernels.Workspace;
import java.util.ArrayList;
import java.util.List;

/** Softmax of rows whose values come from one source, in place or not, with or without the log-sum-exp. */
public final class SoftmaxCase extends Case<RowsGeometry, SoftmaxKernel> {
    /** Where the values of the rows come from; every one but the last gives rows that sum to 1. */
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

        private float[] of(Values values, RowsGeometry g) {
            float[] x = this == SPECIAL ? values.special(g.elements()) : values.ordinary(g.elements());
            for (int i = 0; i < x.length; i++) {
                x[i] = switch (this) {
                    case ORDINARY -> 6 * x[i];
                    case WIDE -> 100 * x[i];
                    case EQUAL -> x[0];
                    case HUGE -> Math.copySign(3e38f, x[i]);
                    case MASKED -> i % g.columns() > 0 && x[i] < 0 ? Float.NEGATIVE_INFINITY : x[i];
                    case SPECIAL -> x[i];
                };
            }
            return x;
        }
    }

    private final Scores scores;
    private final boolean inPlace;
    private final boolean withLogSumExp;

    private SoftmaxCase(RowsGeometry g, Scores scores, boolean inPlace, boolean withLogSumExp) {
        super(Slot.SOFTMAX, g, scores + (inPlace ? " ON_A" : "") + (withLogSumExp ? " logSumExp" : ""));
        this.scores = scores;
        this.inPlace = inPlace;
        this.withLogSumExp = withLogSumExp;
    }

    static List<SoftmaxCase> all() {
        List<SoftmaxCase> cases = new ArrayList<>();
        for (RowsGeometry g : Geometries.rows()) {
            for (Scores scores : Scores.values()) {
                cases.add(new SoftmaxCase(g, scores, false, true));
            }
            cases.add(new SoftmaxCase(g, Scores.ORDINARY, true, true));
            cases.add(new SoftmaxCase(g, Scores.MASKED, true, false));
        }
        return cases;
    }

    /** Tells whether every row must sum to 1. */
    public boolean sumsToOne() {
        return scores.finite;
    }

    @Override
    protected void call(SoftmaxKernel kernel, Memory memory, Workspace workspace) {
        RowsGeometry g = geometry();
        float[] xValues = scores.of(values(), g);
        Guarded x = inPlace ? memory.updated("y", xValues) : memory.input("x", xValues);
        Guarded y = inPlace ? x : memory.output("y", g.elements());
        float[] logSumExp = withLogSumExp ? memory.outputFromStart("logSumExp", g.rows()) : null;
        kernel.run(g, x.array(), x.offset(), y.array(), y.offset(), logSumExp, workspace);
    }

    @Override
    protected Tolerance tolerance() {
        return Tolerance.softmax(geometry().columns());
    }
}
