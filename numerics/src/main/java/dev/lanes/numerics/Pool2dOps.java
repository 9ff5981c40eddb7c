package dev.lanes.numerics;

import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;

/** The 2-d poolings of an {@link Engine}, images {@code [batch, height, width, channels]}. */
public final class Pool2dOps {
    private final Engine engine;

    Pool2dOps(Engine engine) {
        this.engine = engine;
    }

    /**
     * Computes each window's maximum; padding takes no part, the first of equal taps wins, a NaN wins over numbers.
     *
     * <p><b>Shapes</b>: x {@code [batch, inH, inW, channels]}, y {@code [batch, outH, outW, channels]}. Overwrites y,
     * which must not share memory with x.
     *
     * @param switches receives which tap won, {@code kh * kW + kw}, one for each element of y; null where the gradient
     *     is not wanted
     * @throws ShapeMismatchException if an operand does not have the shape that the geometry gives
     */
    public void max(Tensor x, Pool2dGeometry g, Tensor y, int[] switches) {
        String op = "maxPool2d";
        ShapeMismatchException.require(op, "input", x.shape(), g.inputShape(), g);
        ShapeMismatchException.require(op, "output", y.shape(), g.outputShape(), g);
        Checks.apart(op, "output", y, "input", x);
        if (switches != null) {
            requireSwitches(op, switches, g);
        }
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.MAX_POOL2D_FORWARD, g)
                    .run(g, x.array(), x.offset(), y.array(), y.offset(), switches, workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /**
     * Carries the gradient of the maxima back to the pixels that won.
     *
     * <p><b>Shapes</b>: dy {@code [batch, outH, outW, channels]}, dx {@code [batch, inH, inW, channels]}. Overwrites dx,
     * which must not share memory with dy.
     *
     * @param switches what {@link #max} wrote for the same geometry
     * @throws ShapeMismatchException if an operand does not have the shape that the geometry gives
     */
    public void maxBackward(Tensor dy, int[] switches, Pool2dGeometry g, Tensor dx) {
        String op = "maxPool2d.backward";
        ShapeMismatchException.require(op, "output gradient", dy.shape(), g.outputShape(), g);
        ShapeMismatchException.require(op, "input gradient", dx.shape(), g.inputShape(), g);
        Checks.apart(op, "input gradient", dx, "output gradient", dy);
        requireSwitches(op, switches, g);
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.MAX_POOL2D_BACKWARD, g)
                    .run(g, dy.array(), dy.offset(), switches, dx.array(), dx.offset(), workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    private static void requireSwitches(String op, int[] switches, Pool2dGeometry g) {
        int needed = g.outputShape().elements();
        if (switches.length < needed) {
            throw new ShapeMismatchException(op, switches.length + " switches, needs " + needed + "; " + g);
        }
    }
}
