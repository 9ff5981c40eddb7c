package dev.lanes.tests.kit;

import dev.lanes.numerics.geometry.AxisGeometry;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.SoftmaxBackwardKernel;
import dev.lanes.numerics.kernels.Workspace;
import java.util.ArrayList;
import java.util.List;

/** The gradient of softmax along an axis or of its logarithm, in place of either operand or not. */
final class SoftmaxBackwardCase extends Case<AxisGeometry, SoftmaxBackwardKernel> {
    /** Which operand the output is. */
    private enum Place {
        APART,
        ON_Y,
        ON_DY
    }

    private final Place place;

    private SoftmaxBackwardCase(Slot<AxisGeometry, SoftmaxBackwardKernel> slot, AxisGeometry g, Place place) {
        super(slot, g, place.toString());
        this.place = place;
    }

    static List<SoftmaxBackwardCase> all(Slot<AxisGeometry, SoftmaxBackwardKernel> slot) {
        List<SoftmaxBackwardCase> cases = new ArrayList<>();
        for (AxisGeometry g : Geometries.axes()) {
            for (Place place : Place.values()) {
                cases.add(new SoftmaxBackwardCase(slot, g, place));
            }
        }
        return cases;
    }

    @Override
    protected void call(SoftmaxBackwardKernel kernel, Memory memory, Workspace workspace) {
        AxisGeometry g = geometry();
        Values values = values();
        float[] yValues = values.ordinary(g.elements());
        boolean logarithm = slot() == Slot.LOG_SOFTMAX_BACKWARD;
        for (int i = 0; i < yValues.length; i++) {
            yValues[i] = logarithm ? 10 * yValues[i] - 10 : Math.abs(yValues[i]) * 2 / g.length();
        }
        float[] dyValues = values.any(g.elements());
        if (memory.absolute()) {
            memory.output("dx", g.elements()).set(magnitudes(yValues, dyValues, logarithm));
            return;
        }
        Guarded y = place == Place.ON_Y ? memory.updated("dx", yValues) : memory.input("y", yValues);
        Guarded dy = place == Place.ON_DY ? memory.updated("dx", dyValues) : memory.input("dy", dyValues);
        Guarded dx = switch (place) {
            case APART -> memory.output("dx", g.elements());
            case ON_Y -> y;
            case ON_DY -> dy;
        };
        kernel.run(g, y.array(), y.offset(), dy.array(), dy.offset(), dx.array(), dx.offset(), workspace);
    }

    /** Returns the sums of the absolute values of all that is added up. */
    private float[] magnitudes(float[] y, float[] dy, boolean logarithm) {
        AxisGeometry g = geometry();
        double[] sums = new double[g.lines()];
        for (int i = 0; i < y.length; i++) {
            sums[line(g, i)] += Math.abs(dy[i]) * (logarithm ? 1.0 : y[i]);
        }
        float[] magnitudes = new float[y.length];
        for (int i = 0; i < y.length; i++) {
            double gradient = Math.abs(dy[i]);
            double sum = sums[line(g, i)];
            magnitudes[i] = (float) (logarithm ? gradient + Math.exp(y[i]) * sum : y[i] * (gradient + sum));
        }
        return magnitudes;
    }

    private static int line(AxisGeometry g, int i) {
        return i / g.inner() / g.length() * g.inner() + i % g.inner();
    }

    @Override
    protected Tolerance tolerance() {
        return Tolerance.reduction(geometry().length() + 8L);
    }
}
