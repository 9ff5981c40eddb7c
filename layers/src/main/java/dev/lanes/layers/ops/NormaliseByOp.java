package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.numerics.NormOps;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.NormGeometry;
import java.util.List;
import java.util.Objects;

/**
 * Normalisation by statistics from elsewhere, as batch normalisation does in evaluation:
 * {@code y = (x - mean) / sqrt(variance + epsilon) * scale + shift}, channel by channel.
 *
 * <p>The statistics are constants of the derivatives: {@code dx = dy * scale / deviation}, {@code dScale = sum of dy (x -
 * mean) / deviation}, {@code dShift = sum of dy}. <b>Shapes</b>: x and y {@code [batch, ..., channels]}, scale, shift,
 * mean and variance {@code [channels]}.
 */
public final class NormaliseByOp implements Op {
    private static final int INVERSE = 0;
    private static final int MEAN = 1;

    private final Tensor mean;
    private final Tensor variance;
    private final double epsilon;

    /**
     * Makes the op.
     *
     * @param mean not copied, and read whenever the op is applied
     * @param variance likewise
     * @throws ShapeMismatchException if the statistics are not {@code [channels]} both
     * @throws IllegalArgumentException if epsilon is negative or not a number
     */
    public NormaliseByOp(Tensor mean, Tensor variance, double epsilon) {
        OpChecks.rank(name(), "mean is", mean.shape(), 1, "[channels]");
        ShapeMismatchException.require(name(), "variance", variance.shape(), mean.shape());
        if (!(epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name() + ": epsilon is " + epsilon + ", needs 0 or more");
        }
        this.mean = Objects.requireNonNull(mean, "mean");
        this.variance = Objects.requireNonNull(variance, "variance");
        this.epsilon = epsilon;
    }

    /** Returns the mean of each channel, not a copy. */
    public Tensor mean() {
        return mean;
    }

    /** Returns the variance of each channel, not a copy. */
    public Tensor variance() {
        return variance;
    }

    /** Returns what is added to the variance. */
    public double epsilon() {
        return epsilon;
    }

    @Override
    public String name() {
        return "normaliseBy";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 3, 3);
        Shape x = inputs.getFirst();
        if (x.rank() < 2 || x.dim(-1) != mean.elements()) {
            throw new ShapeMismatchException(name(), "input is " + x + ", needs [batch, ..., " + mean.elements() + "]");
        }
        ShapeMismatchException.require(name(), "scale", inputs.get(1), mean.shape());
        ShapeMismatchException.require(name(), "shift", inputs.get(2), mean.shape());
        return x;
    }

    @Override
    public void forward(Evaluation e) {
        NormOps norm = e.engine().normalise();
        Tensor inverse = e.save(INVERSE, mean.shape());
        norm.inverseDeviation(variance, epsilon, inverse);
        if (e.isDifferentiable()) {
            e.save(MEAN, mean.shape()).copyFrom(mean);
        }
        if (e.output().elements() > 0) {
            norm.forward(e.input(0), geometry(e), mean, inverse, e.input(1), e.input(2), e.output());
        }
    }

    private NormGeometry geometry(Evaluation e) {
        return e.memo(NormGeometry.class, NormaliseByOp::geometry);
    }

    private static NormGeometry geometry(List<Shape> inputs) {
        int columns = inputs.get(1).elements();
        return new NormGeometry(1, inputs.getFirst().elements() / columns, columns, columns);
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (into.wants(1)) {
            sumOfProducts(e, dOut, e.input(0), e.saved(MEAN), into.target(1));
        }
        if (into.wants(2)) {
            e.engine().rows().sum(dOut, into.target(2));
        }
        if (into.wants(0)) {
            scaled(e, dOut, e.input(1), into.target(0));
        }
    }

    /** {@code dScale = sum of dy (x - middle) / deviation}. */
    private void sumOfProducts(Evaluation e, Tensor dy, Tensor x, Tensor middle, Tensor dScale) {
        Tensor products = e.scratch(dy.shape());
        Tensor zeros = e.scratch(mean.shape()).fill(0f);
        Tensor ones = e.scratch(mean.shape()).fill(1f);
        e.engine().normalise().forward(x, geometry(e), middle, e.saved(INVERSE), ones, zeros, products);
        e.engine().elementwise().multiply(products, dy, products);
        e.engine().rows().sum(products, dScale);
    }

    /** {@code y = x * scale / deviation}. */
    private void scaled(Evaluation e, Tensor x, Tensor scale, Tensor y) {
        Tensor zeros = e.scratch(mean.shape()).fill(0f);
        e.engine().normalise().forward(x, geometry(e), zeros, e.saved(INVERSE), scale, zeros, y);
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        if (in.has(0)) {
            scaled(e, in.get(0), e.input(1), dOut);
        } else {
            dOut.fill(0f);
        }
        if (in.has(1)) {
            Tensor zeros = e.scratch(mean.shape()).fill(0f);
            Tensor other = e.scratch(dOut.shape());
            NormOps norm = e.engine().normalise();
            norm.forward(e.input(0), geometry(e), e.saved(MEAN), e.saved(INVERSE), in.get(1), zeros, other);
            e.engine().elementwise().add(dOut, other, dOut);
        }
        if (in.has(2)) {
            e.engine().rows().addRow(dOut, in.get(2), dOut);
        }
    }

    /** Linear in x and in scale: the gradient by the one changes with the other. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {
        if (in.has(1) && into.wants(0)) {
            scaled(e, dOut, in.get(1), into.target(0));
        }
        if (in.has(0) && into.wants(1)) {
            Tensor zeros = e.scratch(mean.shape()).fill(0f);
            sumOfProducts(e, dOut, in.get(0), zeros, into.target(1));
        }
    }

    /** Returns the settings, as in {@code normaliseBy [32] epsilon 1.0E-5}. */
    @Override
    public String toString() {
        return name() + " " + mean.shape() + " epsilon " + epsilon;
    }
}
