package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.numerics.ElementwiseOps;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.UnaryFunction;
import java.util.List;

/**
 * The rectifier with a slope to be learnt for each channel, {@code y = x > 0 ? x : slope[c] * x} (He et al. 2015).
 *
 * <p>{@code dx = x > 0 ? dy : slope[c] * dy}, {@code dSlope[c] = sum of dy * min(x, 0)}; the kink counts to the left.
 * <b>Shapes</b>: x and y {@code [..., channels]}, slope {@code [channels]}.
 */
public final class PReluOp implements Op {
    /** The op; it has no settings. */
    public static final PReluOp PRELU = new PReluOp();

    private static final UnaryFunction NEGATIVE_PART = UnaryFunction.clamp(Float.NEGATIVE_INFINITY, 0f);

    private PReluOp() {}

    @Override
    public String name() {
        return "prelu";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 2, 2);
        Shape x = inputs.get(0);
        Shape slope = inputs.get(1);
        OpChecks.rank(name(), "slope is", slope, 1, "[channels]");
        if (x.rank() < 1 || x.dim(-1) != slope.dim(0)) {
            throw new ShapeMismatchException(name(), "input is " + x + ", needs [..., " + slope.dim(0) + "]");
        }
        return x;
    }

    @Override
    public void forward(Evaluation e) {
        Tensor y = e.output();
        Tensor negative = e.scratch(y.shape());
        e.engine().elementwise().apply(NEGATIVE_PART, e.input(0), negative);
        e.engine().rows().multiplyRow(negative, e.input(1), negative);
        e.engine().elementwise().relu(e.input(0), y);
        e.engine().elementwise().add(y, negative, y);
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (into.wants(0)) {
            through(e, dOut, into.target(0));
        }
        if (into.wants(1)) {
            Tensor products = e.scratch(dOut.shape());
            e.engine().elementwise().apply(NEGATIVE_PART, e.input(0), products);
            e.engine().elementwise().multiply(products, dOut, products);
            e.engine().rows().sum(products, into.target(1));
        }
    }

    /** {@code out = x > 0 ? u : slope * u}. */
    private static void through(Evaluation e, Tensor u, Tensor out) {
        Tensor left = e.scratch(u.shape());
        onLeft(e, u, left);
        e.engine().elementwise().subtract(u, left, out);
        e.engine().rows().multiplyRow(left, e.input(1), left);
        e.engine().elementwise().add(out, left, out);
    }

    /** {@code out = x > 0 ? 0 : u}. */
    private static void onLeft(Evaluation e, Tensor u, Tensor out) {
        ElementwiseOps elementwise = e.engine().elementwise();
        elementwise.reluBackward(e.input(0), u, out);
        elementwise.subtract(u, out, out);
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        if (in.has(0)) {
            through(e, in.get(0), dOut);
        } else {
            dOut.fill(0f);
        }
        if (in.has(1)) {
            Tensor negative = e.scratch(dOut.shape());
            e.engine().elementwise().apply(NEGATIVE_PART, e.input(0), negative);
            e.engine().rows().multiplyRow(negative, in.get(1), negative);
            e.engine().elementwise().add(dOut, negative, dOut);
        }
    }

    /** Piecewise linear in x, and linear in the slope: the gradient by the one changes with the other. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {
        if (in.has(1) && into.wants(0)) {
            Tensor dx = into.target(0);
            onLeft(e, dOut, dx);
            e.engine().rows().multiplyRow(dx, in.get(1), dx);
        }
        if (in.has(0) && into.wants(1)) {
            Tensor products = e.scratch(dOut.shape());
            onLeft(e, in.get(0), products);
            e.engine().elementwise().multiply(products, dOut, products);
            e.engine().rows().sum(products, into.target(1));
        }
    }
}
