package dev.lanes.numerics;

import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.kernels.AveragePool2dKernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;

/** The 2-d poolings of an {@link Engine}, images {@code [batch, height, width, channels]}. */
public final class Pool2dOps {
    private final Engine engine;

    /** The geometry of the last pooling of whole images, which a network has once and repeats. */
    private Pool2dGeometry lastGlobal;

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
        Checks.input(op, "input", x, g);
        Checks.output(op, "output", y, g);
        Checks.apart(op, "output", y, "input", x);
        if (switches != null) {
            requireSwitches(op, switches, g);
        }
        runMax(x, g, y, switches);
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
        Checks.output(op, "output gradient", dy, g);
        Checks.input(op, "input gradient", dx, g);
        Checks.apart(op, "input gradient", dx, "output gradient", dy);
        requireSwitches(op, switches, g);
        runMaxBackward(dy, switches, g, dx);
    }

    /**
     * Computes each window's average.
     *
     * <p><b>Shapes</b>: x {@code [batch, inH, inW, channels]}, y {@code [batch, outH, outW, channels]}. Overwrites y,
     * which must not share memory with x.
     *
     * @param countPadding whether pixels of the padding count, as zeros, or else each window's sum is divided by the
     *     number of its pixels inside the image
     * @throws ShapeMismatchException if an operand does not have the shape that the geometry gives
     */
    public void average(Tensor x, Pool2dGeometry g, boolean countPadding, Tensor y) {
        String op = "averagePool2d";
        Checks.input(op, "input", x, g);
        Checks.output(op, "output", y, g);
        Checks.apart(op, "output", y, "input", x);
        run(Slot.AVERAGE_POOL2D_FORWARD, g, countPadding, x, y);
    }

    /**
     * Shares the gradient of the averages out among the pixels.
     *
     * <p><b>Shapes</b>: dy {@code [batch, outH, outW, channels]}, dx {@code [batch, inH, inW, channels]}. Overwrites dx,
     * which must not share memory with dy.
     *
     * @param countPadding as it was for {@link #average}
     * @throws ShapeMismatchException if an operand does not have the shape that the geometry gives
     */
    public void averageBackward(Tensor dy, Pool2dGeometry g, boolean countPadding, Tensor dx) {
        String op = "averagePool2d.backward";
        Checks.output(op, "output gradient", dy, g);
        Checks.input(op, "input gradient", dx, g);
        Checks.apart(op, "input gradient", dx, "output gradient", dy);
        run(Slot.AVERAGE_POOL2D_BACKWARD, g, countPadding, dy, dx);
    }

    /**
     * Computes the average of each channel over the whole image.
     *
     * <p><b>Shapes</b>: x {@code [batch, inH, inW, channels]}, y {@code [batch, channels]} or {@code [batch, 1, 1,
     * channels]}. Overwrites y, which must not share memory with x.
     *
     * @throws ShapeMismatchException if x has not four axes or y does not fit
     */
    public void globalAverage(Tensor x, Tensor y) {
        String op = "globalAveragePool2d";
        Pool2dGeometry g = global(op, "input", x);
        requirePooled(op, "output", y, g);
        Checks.apart(op, "output", y, "input", x);
        run(Slot.AVERAGE_POOL2D_FORWARD, g, true, x, y);
    }

    /**
     * Shares the gradient of {@link #globalAverage} out among the pixels: each has {@code dy / (inH * inW)}.
     *
     * <p><b>Shapes</b>: dy {@code [batch, channels]} or {@code [batch, 1, 1, channels]}, dx {@code [batch, inH, inW,
     * channels]}. Overwrites dx, which must not share memory with dy.
     *
     * @throws ShapeMismatchException if dx has not four axes or dy does not fit
     */
    public void globalAverageBackward(Tensor dy, Tensor dx) {
        String op = "globalAveragePool2d.backward";
        Pool2dGeometry g = global(op, "input gradient", dx);
        requirePooled(op, "output gradient", dy, g);
        Checks.apart(op, "input gradient", dx, "output gradient", dy);
        run(Slot.AVERAGE_POOL2D_BACKWARD, g, true, dy, dx);
    }

    /**
     * Computes the maximum of each channel over the whole image; the first of equal pixels wins, a NaN over numbers.
     *
     * <p><b>Shapes</b>: x {@code [batch, inH, inW, channels]}, y {@code [batch, channels]} or {@code [batch, 1, 1,
     * channels]}. Overwrites y, which must not share memory with x.
     *
     * @param switches receives which pixel won, {@code h * inW + w}, one for each element of y; null where the gradient
     *     is not wanted
     * @throws ShapeMismatchException if x has not four axes or another operand does not fit
     */
    public void globalMax(Tensor x, Tensor y, int[] switches) {
        String op = "globalMaxPool2d";
        Pool2dGeometry g = global(op, "input", x);
        requirePooled(op, "output", y, g);
        Checks.apart(op, "output", y, "input", x);
        if (switches != null) {
            requireSwitches(op, switches, g);
        }
        runMax(x, g, y, switches);
    }

    /**
     * Carries the gradient of {@link #globalMax} back to the pixels that won.
     *
     * <p><b>Shapes</b>: dy {@code [batch, channels]} or {@code [batch, 1, 1, channels]}, dx {@code [batch, inH, inW,
     * channels]}. Overwrites dx, which must not share memory with dy.
     *
     * @param switches what {@link #globalMax} wrote for images of the same size
     * @throws ShapeMismatchException if dx has not four axes or another operand does not fit
     */
    public void globalMaxBackward(Tensor dy, int[] switches, Tensor dx) {
        String op = "globalMaxPool2d.backward";
        Pool2dGeometry g = global(op, "input gradient", dx);
        requirePooled(op, "output gradient", dy, g);
        Checks.apart(op, "input gradient", dx, "output gradient", dy);
        requireSwitches(op, switches, g);
        runMaxBackward(dy, switches, g, dx);
    }

    private Pool2dGeometry global(String op, String name, Tensor images) {
        Shape shape = images.shape();
        if (shape.rank() != 4) {
            throw new ShapeMismatchException(op, name + " is " + shape + ", needs [batch, height, width, channels]");
        }
        Pool2dGeometry g = lastGlobal; // one race loses an object, nothing else
        if (g == null || !shape.is(g.batch(), g.inH(), g.inW(), g.channels())) {
            g = Pool2dGeometry.global(shape.dim(0), shape.dim(1), shape.dim(2), shape.dim(3));
            lastGlobal = g;
        }
        return g;
    }

    private static void requirePooled(String op, String name, Tensor pooled, Pool2dGeometry g) {
        boolean withPixel = pooled.shape().is(g.batch(), 1, 1, g.channels());
        if (!withPixel && !pooled.shape().is(g.batch(), g.channels())) {
            ShapeMismatchException.require(op, name, pooled.shape(), Shape.of(g.batch(), g.channels()), g);
        }
    }

    private void run(
            Slot<Pool2dGeometry, AveragePool2dKernel> slot,
            Pool2dGeometry g,
            boolean countPadding,
            Tensor from,
            Tensor to) {
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(slot, g)
                    .run(g, countPadding, from.array(), from.offset(), to.array(), to.offset(), workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    private void runMax(Tensor x, Pool2dGeometry g, Tensor y, int[] switches) {
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.MAX_POOL2D_FORWARD, g)
                    .run(g, x.array(), x.offset(), y.array(), y.offset(), switches, workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    private void runMaxBackward(Tensor dy, int[] switches, Pool2dGeometry g, Tensor dx) {
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
        int needed = g.batch() * g.outH() * g.outW() * g.channels();
        if (switches.length < needed) {
            throw new ShapeMismatchException(op, switches.length + " switches, needs " + needed + "; " + g);
        }
    }
}
