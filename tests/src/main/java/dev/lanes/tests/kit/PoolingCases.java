package dev.lanes.tests.kit;

import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.kernels.MaxPool2dBackwardKernel;
import dev.lanes.numerics.kernels.MaxPool2dForwardKernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;
import java.util.ArrayList;
import java.util.List;

/** The problems of maximum pooling and of its gradient: ordinary pixels, pixels full of ties, NaN and infinities. */
final class PoolingCases {
    private enum Pixels {
        ORDINARY,
        TIES,
        SPECIAL;

        float[] of(Values values, int length) {
            return switch (this) {
                case ORDINARY -> values.any(length);
                case TIES -> values.ties(length);
                case SPECIAL -> values.special(length);
            };
        }
    }

    private PoolingCases() {}

    static List<Forward> forward() {
        List<Forward> cases = new ArrayList<>();
        for (Pool2dGeometry g : Geometries.pool2d()) {
            for (Pixels pixels : Pixels.values()) {
                cases.add(new Forward(g, pixels, true));
            }
            cases.add(new Forward(g, Pixels.TIES, false));
        }
        return cases;
    }

    static List<Backward> backward() {
        return Geometries.pool2d().stream().map(Backward::new).toList();
    }

    /** {@code y = max over the window of x}, with or without the switches. */
    static final class Forward extends Case<Pool2dGeometry, MaxPool2dForwardKernel> {
        private final Pixels pixels;
        private final boolean withSwitches;

        private Forward(Pool2dGeometry g, Pixels pixels, boolean withSwitches) {
            super(Slot.MAX_POOL2D_FORWARD, g, pixels + (withSwitches ? " switches" : ""));
            this.pixels = pixels;
            this.withSwitches = withSwitches;
        }

        @Override
        protected void call(MaxPool2dForwardKernel kernel, Memory memory, Workspace workspace) {
            Pool2dGeometry g = geometry();
            int outputs = g.outputShape().elements();
            Guarded x = memory.input("x", pixels.of(values(), g.inputShape().elements()));
            Guarded y = memory.output("y", outputs);
            int[] switches = withSwitches ? memory.intOutput("switches", outputs) : null;
            kernel.run(g, x.array(), x.offset(), y.array(), y.offset(), switches, workspace);
        }

        @Override
        protected Tolerance tolerance() {
            return Tolerance.EXACT;
        }
    }

    /** The gradient, along switches that the reference found on pixels full of ties. */
    static final class Backward extends Case<Pool2dGeometry, MaxPool2dBackwardKernel> {
        private Backward(Pool2dGeometry g) {
            super(Slot.MAX_POOL2D_BACKWARD, g, "");
        }

        @Override
        protected void call(MaxPool2dBackwardKernel kernel, Memory memory, Workspace workspace) {
            Pool2dGeometry g = geometry();
            Values values = values();
            int outputs = g.outputShape().elements();
            float[] y = new float[outputs];
            int[] winners = new int[outputs];
            float[] x = values.ties(g.inputShape().elements());
            Oracle.kernel(Slot.MAX_POOL2D_FORWARD).run(g, x, 0, y, 0, winners, Oracle.workspace());

            Guarded dy = memory.input("dy", values.any(outputs));
            int[] switches = memory.intInput(winners);
            Guarded dx = memory.output("dx", g.inputShape().elements());
            kernel.run(g, dy.array(), dy.offset(), switches, dx.array(), dx.offset(), workspace);
        }

        @Override
        protected Tolerance tolerance() {
            return Tolerance.EXACT; // the order of the additions is part of the contract
        }
    }
}
