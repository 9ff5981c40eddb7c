package dev.lanes.tests.kit;

import dev.lanes.numerics.UnaryFunction;
import dev.lanes.numerics.geometry.FunctionGeometry;
import dev.lanes.numerics.kernels.FunctionKernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;
import java.util.ArrayList;
import java.util.List;

/** A function of single elements or a derivative of it times a factor, in place or not. */
final class FunctionCase extends Case<FunctionGeometry, FunctionKernel> {
    /** Where the arguments come from. */
    private enum Arguments {
        /** Between -8 and 8, where the functions bend. */
        ORDINARY,
        /** Between -120 and 120, where exponentials leave the range of float. */
        WIDE,
        /** Of any magnitude. */
        ANY,
        /** NaN, infinities and the ends of the range. */
        SPECIAL
    }

    /** Which operand the output is. */
    private enum Place {
        APART,
        ON_X,
        ON_FACTOR
    }

    private final Arguments arguments;
    private final Place place;

    private FunctionCase(FunctionGeometry g, Arguments arguments, Place place) {
        super(Slot.FUNCTION, g, arguments + " " + place);
        this.arguments = arguments;
        this.place = place;
    }

    static List<FunctionCase> all() {
        List<FunctionCase> cases = new ArrayList<>();
        for (FunctionGeometry g : Geometries.functions()) {
            cases.add(new FunctionCase(g, Arguments.ORDINARY, Place.APART));
            cases.add(new FunctionCase(g, Arguments.WIDE, Place.APART));
            cases.add(new FunctionCase(g, Arguments.ANY, Place.ON_X));
            cases.add(new FunctionCase(g, Arguments.SPECIAL, g.order() == 0 ? Place.ON_X : Place.ON_FACTOR));
        }
        return cases;
    }

    private float[] x(Values values) {
        int length = geometry().elements();
        float[] x = switch (arguments) {
            case ORDINARY, WIDE -> values.ordinary(length);
            case ANY -> values.any(length);
            case SPECIAL -> values.special(length);
        };
        float scale = arguments == Arguments.ORDINARY ? 8 : arguments == Arguments.WIDE ? 120 : 1;
        for (int i = 0; i < x.length; i++) {
            x[i] *= scale;
        }
        return x;
    }

    @Override
    protected void call(FunctionKernel kernel, Memory memory, Workspace workspace) {
        FunctionGeometry g = geometry();
        Values values = values();
        float[] xValues = x(values);
        float[] factors = values.ordinary(g.elements());
        if (memory.absolute()) {
            magnitudes(memory.output("y", g.elements()), xValues, factors);
            return;
        }
        Guarded x = place == Place.ON_X ? memory.updated("y", xValues) : memory.input("x", xValues);
        Guarded factor = g.order() == 0
                ? null
                : place == Place.ON_FACTOR ? memory.updated("y", factors) : memory.input("factor", factors);
        Guarded y = switch (place) {
            case APART -> memory.output("y", g.elements());
            case ON_X -> x;
            case ON_FACTOR -> factor;
        };
        kernel.run(
                g,
                x.array(),
                x.offset(),
                factor == null ? null : factor.array(),
                factor == null ? 0 : factor.offset(),
                y.array(),
                y.offset(),
                workspace);
    }

    /**
     * Writes what a derivative's rounding is measured by: its absolute value, or that of the factor where the terms that
     * it is the difference of are up to 1.
     */
    private void magnitudes(Guarded y, float[] x, float[] factors) {
        float[] magnitudes = new float[x.length];
        Memory plain = new Memory(Memory.Style.TIGHT);
        Guarded at = plain.input("x", x);
        Guarded factor = plain.input("factor", factors);
        Guarded out = plain.output("out", x.length);
        Oracle.kernel(Slot.FUNCTION)
                .run(
                        geometry(),
                        at.array(),
                        at.offset(),
                        factor.array(),
                        factor.offset(),
                        out.array(),
                        out.offset(),
                        Oracle.workspace());
        double[] expected = out.values();
        for (int i = 0; i < x.length; i++) {
            magnitudes[i] = (float) Math.abs(expected[i]) + (Math.abs(x[i]) < 5 ? Math.abs(factors[i]) : 0);
        }
        y.set(magnitudes);
    }

    @Override
    protected Tolerance tolerance() {
        int ulps = geometry().function().kind() == UnaryFunction.Kind.GELU ? 5 : 2; // as their documentation states
        return Tolerance.function(ulps, geometry().order());
    }
}
