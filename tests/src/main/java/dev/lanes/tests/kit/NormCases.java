package dev.lanes.tests.kit;

import dev.lanes.numerics.geometry.NormGeometry;
import dev.lanes.numerics.kernels.NormBackwardKernel;
import dev.lanes.numerics.kernels.NormForwardKernel;
import dev.lanes.numerics.kernels.NormStatisticsKernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The problems of the normalisations: statistics, values and gradients. */
final class NormCases {
    private static final int[] COLUMNS = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 65, 96, 130};

    private NormCases() {}

    /** Returns batch, instance, group and layer normalisations, with rows around the blocks of 256. */
    private static Collection<NormGeometry> geometries() {
        Set<NormGeometry> all = new LinkedHashSet<>();
        for (int columns : COLUMNS) {
            all.add(new NormGeometry(1, 37, columns, columns));
            all.add(new NormGeometry(1, 300, columns, columns));
            all.add(new NormGeometry(3, 5, columns, columns));
            all.add(new NormGeometry(7, 1, columns, 1));
            all.add(new NormGeometry(2, 6, columns, 1));
            for (int groups = 2; groups < columns; groups++) {
                if (columns % groups == 0) {
                    all.add(new NormGeometry(2, 9, columns, groups));
                    break;
                }
            }
        }
        for (int rows : new int[] {1, 2, 255, 256, 257, 511, 512, 513, 1025}) {
            all.add(new NormGeometry(1, rows, 20, 20));
            all.add(new NormGeometry(2, rows, 6, 3));
        }
        all.add(new NormGeometry(5, 1, 12, 4));
        all.add(new NormGeometry(0, 3, 4, 2));
        all.add(new NormGeometry(0, 1, 4, 1));
        all.add(new NormGeometry(300, 1, 33, 1));
        all.add(new NormGeometry(70, 1, 1009, 1));
        all.add(new NormGeometry(1, 4097, 40, 40));
        all.add(new NormGeometry(4, 700, 48, 8));
        return all;
    }

    static List<Statistics> statistics() {
        return geometries().stream().map(Statistics::new).toList();
    }

    static List<Forward> forward() {
        return geometries().stream()
                .flatMap(g -> List.of(new Forward(g, false), new Forward(g, true)).stream())
                .toList();
    }

    static List<Backward> backward() {
        return geometries().stream()
                .flatMap(
                        g -> List.of(
                                new Backward(g, false, true),
                                new Backward(g, true, true),
                                new Backward(g, false, false))
                                .stream())
                .toList();
    }

    private static float[] plus(float[] values, float more) {
        for (int i = 0; i < values.length; i++) {
            values[i] += more;
        }
        return values;
    }

    /** Mean and variance, of values that lie around some other middle than 0. */
    static final class Statistics extends Case<NormGeometry, NormStatisticsKernel> {
        private static final float MIDDLE = 3;

        private Statistics(NormGeometry g) {
            super(Slot.NORM_STATISTICS, g, "");
        }

        @Override
        protected void call(NormStatisticsKernel kernel, Memory memory, Workspace workspace) {
            NormGeometry g = geometry();
            Guarded x = memory.input("x", plus(values().ordinary(g.elements()), MIDDLE));
            Guarded mean = memory.output("mean", g.statistics());
            Guarded variance = memory.output("variance", g.statistics());
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

        /** A sum of 256 rows or 1/16 of a row, and a few roundings around it. */
        @Override
        protected Tolerance tolerance() {
            return Tolerance.roundings(Math.min(geometry().count(), 256) + 16, MIDDLE + 1);
        }
    }

    /** The values, with statistics and without relation to x. */
    static final class Forward extends Case<NormGeometry, NormForwardKernel> {
        private final boolean inPlace;

        private Forward(NormGeometry g, boolean inPlace) {
            super(Slot.NORM_FORWARD, g, inPlace ? "in place" : "");
            this.inPlace = inPlace;
        }

        @Override
        protected void call(NormForwardKernel kernel, Memory memory, Workspace workspace) {
            NormGeometry g = geometry();
            Values values = values();
            float[] pixels = values.ordinary(g.elements());
            Guarded x = inPlace ? memory.updated("y", pixels) : memory.input("x", pixels);
            Guarded mean = memory.input("mean", values.ordinary(g.statistics()));
            Guarded inverse = memory.input("inverse", plus(values.ordinary(g.statistics()), 2));
            Guarded scale = memory.input("scale", values.ordinary(g.columns()));
            Guarded shift = memory.input("shift", values.ordinary(g.columns()));
            Guarded y = inPlace ? x : memory.output("y", g.elements());
            kernel.run(
                    g,
                    x.array(),
                    x.offset(),
                    mean.array(),
                    mean.offset(),
                    inverse.array(),
                    inverse.offset(),
                    scale.array(),
                    scale.offset(),
                    shift.array(),
                    shift.offset(),
                    y.array(),
                    y.offset(),
                    workspace);
        }

        /** {@code |y| <= 2 * 3 * 1 + 1}. */
        @Override
        protected Tolerance tolerance() {
            return Tolerance.roundings(4, 7);
        }
    }

    /** The gradients, with and without that by the input, which may take the place of dy. */
    static final class Backward extends Case<NormGeometry, NormBackwardKernel> {
        private final boolean inPlace;
        private final boolean withInput;

        private Backward(NormGeometry g, boolean inPlace, boolean withInput) {
            super(Slot.NORM_BACKWARD, g, inPlace ? "in place" : withInput ? "" : "without dx");
            this.inPlace = inPlace;
            this.withInput = withInput;
        }

        @Override
        protected void call(NormBackwardKernel kernel, Memory memory, Workspace workspace) {
            NormGeometry g = geometry();
            Values values = values();
            Guarded x = memory.input("x", values.ordinary(g.elements()));
            float[] gradient = values.ordinary(g.elements());
            Guarded dy = inPlace ? memory.updated("dx", gradient) : memory.input("dy", gradient);
            Guarded mean = memory.input("mean", values.ordinary(g.statistics()));
            Guarded inverse = memory.input("inverse", plus(values.ordinary(g.statistics()), 2));
            Guarded scale = memory.input("scale", values.ordinary(g.columns()));
            Guarded dx = !withInput ? null : inPlace ? dy : memory.output("dx", g.elements());
            Guarded dScale = memory.output("dScale", g.columns());
            Guarded dShift = memory.output("dShift", g.columns());
            kernel.run(
                    g,
                    x.array(),
                    x.offset(),
                    dy.array(),
                    dy.offset(),
                    mean.array(),
                    mean.offset(),
                    inverse.array(),
                    inverse.offset(),
                    scale.array(),
                    scale.offset(),
                    dx == null ? null : dx.array(),
                    dx == null ? 0 : dx.offset(),
                    dScale.array(),
                    dScale.offset(),
                    dShift.array(),
                    dShift.offset(),
                    workspace);
        }

        /** With {@code |h| <= 6}: dScale is a sum of products up to 6, dx up to 3 * (1 + 1 + 36). */
        @Override
        protected Tolerance tolerance() {
            NormGeometry g = geometry();
            return Tolerance.roundings(Math.min(g.count(), 256) + 16, 6L * Math.max(g.batch() * g.rows(), 20));
        }
    }
}
