package dev.lanes.tests.kit;

import dev.lanes.numerics.geometry.AxisTaps;
import dev.lanes.numerics.geometry.CopyGeometry;
import dev.lanes.numerics.geometry.LrnGeometry;
import dev.lanes.numerics.geometry.Resample2dGeometry;
import dev.lanes.numerics.kernels.CopyKernel;
import dev.lanes.numerics.kernels.LrnBackwardKernel;
import dev.lanes.numerics.kernels.LrnForwardKernel;
import dev.lanes.numerics.kernels.Resample2dKernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The problems of what is done with images beside convolving and pooling. */
final class ImageCases {
    private static final int[] CHANNELS = {1, 2, 3, 5, 8, 15, 16, 17, 33, 48};

    private ImageCases() {}

    private static Set<LrnGeometry> lrn() {
        Set<LrnGeometry> all = new LinkedHashSet<>();
        for (int channels : CHANNELS) {
            all.add(new LrnGeometry(3, channels, 5, 1, 0.75, 2));
            all.add(new LrnGeometry(40, channels, 4, 0.5, 0.5, 1));
            all.add(new LrnGeometry(2, channels, 3, 2, 1, 1));
            all.add(new LrnGeometry(2, channels, 1, 2, 0.6, 1));
        }
        all.add(new LrnGeometry(0, 7, 5, 1, 0.75, 1));
        all.add(new LrnGeometry(2, 3, 11, 1, 0.75, 1));
        all.add(new LrnGeometry(700, 96, 5, 1e-4, 0.75, 2));
        return all;
    }

    static List<LrnForward> lrnForward() {
        return lrn().stream()
                .flatMap(g -> List.of(new LrnForward(g, false), new LrnForward(g, true)).stream())
                .toList();
    }

    static List<LrnBackward> lrnBackward() {
        return lrn().stream()
                .flatMap(g -> List.of(new LrnBackward(g, false), new LrnBackward(g, true)).stream())
                .toList();
    }

    static List<Resample> resample() {
        List<AxisTaps> maps = new ArrayList<>();
        for (int[] extents : new int[][] {{1, 1}, {1, 4}, {2, 4}, {4, 3}, {5, 7}, {7, 2}, {3, 9}}) {
            int in = extents[0];
            int out = extents[1];
            maps.add(AxisTaps.nearest(in, out));
            maps.add(AxisTaps.linear(in, out, false));
            maps.add(AxisTaps.linear(in, out, true));
            maps.add(AxisTaps.cubic(in, out, false));
            maps.add(AxisTaps.cubic(in, out, true));
            maps.add(AxisTaps.average(in, out));
            for (AxisTaps.Border border : AxisTaps.Border.values()) {
                maps.add(AxisTaps.pad(in + 2, in, 1, border));
            }
        }
        List<Resample> all = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            AxisTaps rows = maps.get(i);
            AxisTaps columns = maps.get((7 * i + 3) % maps.size());
            Resample2dGeometry g = new Resample2dGeometry(1 + i % 2, CHANNELS[i % CHANNELS.length], rows, columns);
            all.add(new Resample(g));
            all.add(new Resample(g.transposed()));
        }
        AxisTaps twice = AxisTaps.linear(16, 32, false);
        all.add(new Resample(new Resample2dGeometry(0, 3, twice, twice)));
        all.add(new Resample(new Resample2dGeometry(3, 24, twice, twice)));
        return all;
    }

    static List<Copy> copy() {
        List<Copy> all = new ArrayList<>();
        for (int columns : CHANNELS) {
            all.add(new Copy(new CopyGeometry(5, columns, columns, columns + 3)));
            all.add(new Copy(new CopyGeometry(3, columns, columns + 2, columns)));
        }
        all.add(new Copy(new CopyGeometry(0, 3, 3, 4)));
        all.add(new Copy(new CopyGeometry(3, 0, 1, 1)));
        all.add(new Copy(new CopyGeometry(4000, 33, 33, 40)));
        return all;
    }

    /** The values of local response normalisation. */
    static final class LrnForward extends Case<LrnGeometry, LrnForwardKernel> {
        private final boolean inPlace;

        private LrnForward(LrnGeometry g, boolean inPlace) {
            super(Slot.LRN_FORWARD, g, inPlace ? "in place" : "");
            this.inPlace = inPlace;
        }

        @Override
        protected void call(LrnForwardKernel kernel, Memory memory, Workspace workspace) {
            LrnGeometry g = geometry();
            float[] pixels = values().ordinary(g.elements());
            Guarded x = inPlace ? memory.updated("y", pixels) : memory.input("x", pixels);
            Guarded y = inPlace ? x : memory.output("y", g.elements());
            kernel.run(g, x.array(), x.offset(), y.array(), y.offset(), workspace);
        }

        /** {@code |y| <= |x| <= 1}, as the divisor is at least 1; s is as many times rounded as it has summands. */
        @Override
        protected Tolerance tolerance() {
            return Tolerance.roundings(geometry().size() + 8, 1);
        }
    }

    /** The gradient of local response normalisation. */
    static final class LrnBackward extends Case<LrnGeometry, LrnBackwardKernel> {
        private final boolean inPlace;

        private LrnBackward(LrnGeometry g, boolean inPlace) {
            super(Slot.LRN_BACKWARD, g, inPlace ? "in place" : "");
            this.inPlace = inPlace;
        }

        @Override
        protected void call(LrnBackwardKernel kernel, Memory memory, Workspace workspace) {
            LrnGeometry g = geometry();
            Values values = values();
            Guarded x = memory.input("x", values.ordinary(g.elements()));
            float[] gradient = values.ordinary(g.elements());
            Guarded dy = inPlace ? memory.updated("dx", gradient) : memory.input("dy", gradient);
            Guarded dx = inPlace ? dy : memory.output("dx", g.elements());
            kernel.run(g, x.array(), x.offset(), dy.array(), dy.offset(), dx.array(), dx.offset(), workspace);
        }

        /** {@code |dx| <= 1 + 2 * beta * alpha}. */
        @Override
        protected Tolerance tolerance() {
            LrnGeometry g = geometry();
            return Tolerance.roundings(2L * g.size() + 16, 1 + 2 * g.beta() * g.alpha());
        }
    }

    /** A linear map of images, and its transpose. */
    static final class Resample extends Case<Resample2dGeometry, Resample2dKernel> {
        private Resample(Resample2dGeometry g) {
            super(Slot.RESAMPLE2D, g, "");
        }

        @Override
        protected void call(Resample2dKernel kernel, Memory memory, Workspace workspace) {
            Resample2dGeometry g = geometry();
            Guarded x = memory.input("x", values().ordinary(g.inputShape().elements()));
            Guarded y = memory.output("y", g.outputShape().elements());
            kernel.run(g, x.array(), x.offset(), y.array(), y.offset(), workspace);
        }

        /** No weight is above 1.2, and no output has more taps than an axis has places. */
        @Override
        protected Tolerance tolerance() {
            Resample2dGeometry g = geometry();
            long taps = g.rows().taps() / g.rows().out()
                    + g.columns().taps() / g.columns().out()
                    + 8;
            return Tolerance.roundings(2 * taps, 2.0 * taps);
        }
    }

    /** A copy between distances; what lies between the stretches stays. */
    static final class Copy extends Case<CopyGeometry, CopyKernel> {
        private Copy(CopyGeometry g) {
            super(Slot.COPY, g, "");
        }

        @Override
        protected void call(CopyKernel kernel, Memory memory, Workspace workspace) {
            CopyGeometry g = geometry();
            float[] values = values().special(g.rows() * g.columns());
            Guarded x = memory.input("x", g.rows(), g.columns(), g.fromStride(), values);
            Guarded y = memory.output("y", g.rows(), g.columns(), g.toStride());
            kernel.run(g, x.array(), x.offset(), y.array(), y.offset(), workspace);
        }

        @Override
        protected Tolerance tolerance() {
            return Tolerance.EXACT;
        }
    }
}
