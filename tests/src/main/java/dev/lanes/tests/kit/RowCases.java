package dev.lanes.tests.kit;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.AxpbyKernel;
import dev.lanes.numerics.kernels.BinaryKernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.TernaryKernel;
import dev.lanes.numerics.kernels.UnaryKernel;
import dev.lanes.numerics.kernels.Workspace;
import java.util.ArrayList;
import java.util.List;

/** The problems of the arithmetic of elements and rows, in place where that is allowed. */
final class RowCases {
    /** Which operand the output is. */
    private enum Place {
        APART,
        ON_A,
        ON_B,
        ON_C
    }

    private RowCases() {}

    static List<Binary> binary(Slot<RowsGeometry, BinaryKernel> slot) {
        boolean row = isRow(slot);
        List<Binary> cases = new ArrayList<>();
        for (RowsGeometry g : Geometries.rows()) {
            cases.add(new Binary(slot, g, Place.APART, false));
            cases.add(new Binary(slot, g, Place.APART, true));
            cases.add(new Binary(slot, g, Place.ON_A, false));
            if (!row) {
                cases.add(new Binary(slot, g, Place.ON_B, true));
            }
        }
        return cases;
    }

    static List<Axpby> axpby() {
        List<Axpby> cases = new ArrayList<>();
        for (RowsGeometry g : Geometries.rows()) {
            Values values = new Values(Seed.random("axpby " + g));
            cases.add(new Axpby(g, values.oneOf(1f, -1f, 0.3f, 0f), 0f, Place.APART));
            cases.add(new Axpby(g, values.oneOf(1f, -1f, 0.3f, 0f), 1f, Place.APART));
            cases.add(new Axpby(g, values.oneOf(1f, -1f, 0.3f, 0f), values.oneOf(-1f, 0.9f, 3f), Place.APART));
            cases.add(new Axpby(g, 0.3f, values.oneOf(0f, 0.9f), Place.ON_A));
        }
        return cases;
    }

    static List<Relu> relu() {
        List<Relu> cases = new ArrayList<>();
        for (RowsGeometry g : Geometries.rows()) {
            cases.add(new Relu(g, Place.APART, false));
            cases.add(new Relu(g, Place.APART, true));
            cases.add(new Relu(g, Place.ON_A, true));
        }
        return cases;
    }

    static List<Ternary> ternary(Slot<RowsGeometry, TernaryKernel> slot) {
        List<Ternary> cases = new ArrayList<>();
        for (RowsGeometry g : Geometries.rows()) {
            cases.add(new Ternary(slot, g, Place.APART, false));
            cases.add(new Ternary(slot, g, Place.ON_A, true));
            if (!isRow(slot)) {
                cases.add(new Ternary(slot, g, Place.ON_B, false));
                cases.add(new Ternary(slot, g, Place.ON_C, false));
            }
        }
        return cases;
    }

    /** Tells whether all operands but the first are rows. */
    private static boolean isRow(Slot<?, ?> slot) {
        return slot == Slot.ADD_ROW || slot == Slot.MULTIPLY_ROW || slot == Slot.SCALE_SHIFT;
    }

    private static String variant(Place place, boolean special) {
        return place + (special ? " SPECIAL" : "");
    }

    private static float[] some(Values values, boolean special, int length) {
        return special ? values.special(length) : values.any(length);
    }

    /** A function of two arrays, or of an array and a row. */
    static final class Binary extends Case<RowsGeometry, BinaryKernel> {
        private final Place place;
        private final boolean special;

        private Binary(Slot<RowsGeometry, BinaryKernel> slot, RowsGeometry g, Place place, boolean special) {
            super(slot, g, variant(place, special));
            this.place = place;
            this.special = special;
        }

        @Override
        protected void call(BinaryKernel kernel, Memory memory, Workspace workspace) {
            RowsGeometry g = geometry();
            Values values = values();
            float[] aValues = some(values, special, g.elements());
            float[] bValues = some(values, special, isRow(slot()) ? g.columns() : g.elements());
            Guarded a = place == Place.ON_A ? memory.updated("y", aValues) : memory.input("a", aValues);
            Guarded b = place == Place.ON_B ? memory.updated("y", bValues) : memory.input("b", bValues);
            Guarded y = place == Place.ON_A ? a : place == Place.ON_B ? b : memory.output("y", g.elements());
            kernel.run(g, a.array(), a.offset(), b.array(), b.offset(), y.array(), y.offset(), workspace);
        }

        @Override
        protected Tolerance tolerance() {
            return Tolerance.EXACT;
        }
    }

    /** {@code y = fma(alpha, x, beta * y)}; on x itself it scales it by alpha + beta. */
    static final class Axpby extends Case<RowsGeometry, AxpbyKernel> {
        private final float alpha;
        private final float beta;
        private final Place place;

        private Axpby(RowsGeometry g, float alpha, float beta, Place place) {
            super(Slot.AXPBY, g, "alpha " + alpha + " beta " + beta + " " + place);
            this.alpha = alpha;
            this.beta = beta;
            this.place = place;
        }

        @Override
        protected void call(AxpbyKernel kernel, Memory memory, Workspace workspace) {
            RowsGeometry g = geometry();
            Values values = values();
            float[] xValues = values.any(g.elements());
            Guarded x = place == Place.ON_A ? memory.updated("y", xValues) : memory.input("x", xValues);
            Guarded y = place == Place.ON_A
                    ? x
                    : beta == 0 ? memory.output("y", g.elements()) : memory.updated("y", values.any(g.elements()));
            float a = memory.scalar(alpha);
            float b = memory.scalar(beta);
            kernel.run(g, a, x.array(), x.offset(), b, y.array(), y.offset(), workspace);
        }

        @Override
        protected Tolerance tolerance() {
            return Tolerance.reduction(2);
        }
    }

    /** {@code y = max(x, 0)}. */
    static final class Relu extends Case<RowsGeometry, UnaryKernel> {
        private final Place place;
        private final boolean special;

        private Relu(RowsGeometry g, Place place, boolean special) {
            super(Slot.RELU, g, variant(place, special));
            this.place = place;
            this.special = special;
        }

        @Override
        protected void call(UnaryKernel kernel, Memory memory, Workspace workspace) {
            RowsGeometry g = geometry();
            float[] xValues = some(values(), special, g.elements());
            Guarded x = place == Place.ON_A ? memory.updated("y", xValues) : memory.input("x", xValues);
            Guarded y = place == Place.ON_A ? x : memory.output("y", g.elements());
            kernel.run(g, x.array(), x.offset(), y.array(), y.offset(), workspace);
        }

        @Override
        protected Tolerance tolerance() {
            return Tolerance.EXACT;
        }
    }

    /** {@code y = fma(a, b, c)}. */
    static final class Ternary extends Case<RowsGeometry, TernaryKernel> {
        private final Place place;
        private final boolean special;

        private Ternary(Slot<RowsGeometry, TernaryKernel> slot, RowsGeometry g, Place place, boolean special) {
            super(slot, g, variant(place, special));
            this.place = place;
            this.special = special;
        }

        @Override
        protected void call(TernaryKernel kernel, Memory memory, Workspace workspace) {
            RowsGeometry g = geometry();
            Values values = values();
            int others = isRow(slot()) ? g.columns() : g.elements();
            Guarded a = operand(memory, "a", Place.ON_A, some(values, special, g.elements()));
            Guarded b = operand(memory, "b", Place.ON_B, some(values, special, others));
            Guarded c = operand(memory, "c", Place.ON_C, some(values, special, others));
            Guarded y = switch (place) {
                case APART -> memory.output("y", g.elements());
                case ON_A -> a;
                case ON_B -> b;
                case ON_C -> c;
            };
            kernel.run(
                    g,
                    a.array(),
                    a.offset(),
                    b.array(),
                    b.offset(),
                    c.array(),
                    c.offset(),
                    y.array(),
                    y.offset(),
                    workspace);
        }

        private Guarded operand(Memory memory, String name, Place output, float[] values) {
            return place == output ? memory.updated("y", values) : memory.input(name, values);
        }

        @Override
        protected Tolerance tolerance() {
            return Tolerance.EXACT;
        }
    }
}
