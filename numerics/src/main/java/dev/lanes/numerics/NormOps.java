package dev.lanes.numerics;

import dev.lanes.numerics.geometry.NormGeometry;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;

/**
 * The normalisations of an {@link Engine}: batch, layer, group and instance, which differ in their {@link NormGeometry}
 * alone.
 *
 * <p><b>Shapes</b>: x, y and their gradients have {@code batch * rows * columns} elements in any shape; means, variances
 * and their like {@code batch * groups}; scale, shift and their gradients {@code columns}.
 *
 * <pre>{@code
 * NormGeometry g = new NormGeometry(1, 64 * 28 * 28, 32, 32);    // batch normalisation of [64, 28, 28, 32]
 * engine.normalise().statistics(x, g, mean, variance);
 * engine.normalise().inverseDeviation(variance, 1e-5, inverse);
 * engine.normalise().forward(x, g, mean, inverse, scale, shift, y);
 * }</pre>
 */
public final class NormOps {
    private final Engine engine;

    NormOps(Engine engine) {
        this.engine = engine;
    }

    /**
     * Computes mean and population variance of every group. Overwrites both, which must not share memory with x.
     *
     * @throws ShapeMismatchException if an operand does not have as many elements as the geometry says
     */
    public void statistics(Tensor x, NormGeometry g, Tensor mean, Tensor variance) {
        String op = "normalise.statistics";
        elements(op, "input", x, g.elements(), g);
        elements(op, "means", mean, g.statistics(), g);
        elements(op, "variances", variance, g.statistics(), g);
        Checks.apart(op, "means", mean, "input", x);
        Checks.apart(op, "variances", variance, "input", x);
        Checks.apart(op, "variances", variance, "means", mean);
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.NORM_STATISTICS, g)
                    .run(
                            g,
                            x.array(),
                            x.offset(),
                            mean.array(),
                            mean.offset(),
                            variance.array(),
                            variance.offset(),
                            workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /**
     * Computes {@code inverse = 1 / sqrt(variance + epsilon)} in double. The output may be the variance.
     *
     * @throws ShapeMismatchException if the numbers of elements differ
     */
    public void inverseDeviation(Tensor variance, double epsilon, Tensor inverse) {
        String op = "normalise.inverseDeviation";
        if (inverse.elements() != variance.elements()) {
            throw new ShapeMismatchException(
                    op, "output " + inverse.shape() + ", needs as many elements as the variances " + variance.shape());
        }
        Checks.apartOrSame(op, "output", inverse, "variances", variance);
        for (int i = 0; i < variance.elements(); i++) {
            double v = variance.array()[variance.offset() + i];
            inverse.array()[inverse.offset() + i] = (float) (1 / Math.sqrt(v + epsilon));
        }
    }

    /**
     * Computes {@code y = (x - mean) * inverse * scale + shift}. The statistics may come from x or from elsewhere.
     * Overwrites y, which may be x and must not overlap anything else.
     *
     * @throws ShapeMismatchException if an operand does not have as many elements as the geometry says
     */
    public void forward(Tensor x, NormGeometry g, Tensor mean, Tensor inverse, Tensor scale, Tensor shift, Tensor y) {
        String op = "normalise";
        elements(op, "input", x, g.elements(), g);
        elements(op, "means", mean, g.statistics(), g);
        elements(op, "inverse deviations", inverse, g.statistics(), g);
        elements(op, "scale", scale, g.columns(), g);
        elements(op, "shift", shift, g.columns(), g);
        elements(op, "output", y, g.elements(), g);
        Checks.apartOrSame(op, "output", y, "input", x);
        Checks.apart(op, "output", y, "means", mean);
        Checks.apart(op, "output", y, "inverse deviations", inverse);
        Checks.apart(op, "output", y, "scale", scale);
        Checks.apart(op, "output", y, "shift", shift);
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.NORM_FORWARD, g)
                    .run(
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
        } finally {
            engine.giveBack(workspace);
        }
    }

    /**
     * Computes the gradients of {@link #forward} where the statistics were those of x, so that dy acts through them, too;
     * {@link dev.lanes.numerics.kernels.NormBackwardKernel} has the formula. Overwrites dx, which may be dy, dScale and
     * dShift, which must not overlap anything else.
     *
     * @param dx null where only the other two are wanted
     * @throws ShapeMismatchException if an operand does not have as many elements as the geometry says
     */
    public void backward(
            Tensor x,
            Tensor dy,
            NormGeometry g,
            Tensor mean,
            Tensor inverse,
            Tensor scale,
            Tensor dx,
            Tensor dScale,
            Tensor dShift) {
        String op = "normalise.backward";
        elements(op, "input", x, g.elements(), g);
        elements(op, "output gradient", dy, g.elements(), g);
        elements(op, "means", mean, g.statistics(), g);
        elements(op, "inverse deviations", inverse, g.statistics(), g);
        elements(op, "scale", scale, g.columns(), g);
        elements(op, "scale gradient", dScale, g.columns(), g);
        elements(op, "shift gradient", dShift, g.columns(), g);
        Checks.apart(op, "shift gradient", dShift, "scale gradient", dScale);
        if (dx != null) {
            elements(op, "input gradient", dx, g.elements(), g);
            Checks.apartOrSame(op, "input gradient", dx, "output gradient", dy);
            Checks.apart(op, "input gradient", dx, "input", x);
        }
        for (Tensor sum : new Tensor[] {dScale, dShift}) {
            Checks.apart(op, "gradient", sum, "input", x);
            Checks.apart(op, "gradient", sum, "output gradient", dy);
            Checks.apart(op, "gradient", sum, "scale", scale);
        }
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.NORM_BACKWARD, g)
                    .run(
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
        } finally {
            engine.giveBack(workspace);
        }
    }

    private static void elements(String op, String what, Tensor t, int needed, NormGeometry g) {
        if (t.elements() != needed) {
            throw new ShapeMismatchException(
                    op, what + " " + t.shape() + " has " + t.elements() + " elements, needs " + needed + "; " + g);
        }
    }
}
