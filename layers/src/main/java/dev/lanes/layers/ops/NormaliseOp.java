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
import java.util.function.Function;

/**
 * Normalisation by the statistics of the input itself: {@code y = (x - mean) / sqrt(variance + epsilon) * scale + shift},
 * mean and population variance taken over what the kind says; {@link #batch}, {@link #instance}, {@link #group} and
 * {@link #layer}.
 *
 * <p>Gradients, with {@code h = (x - mean) / deviation}, {@code w = scale * dy} and m the mean over what shares
 * statistics: {@code dx = (w - m(w) - h m(w h)) / deviation}, {@code dScale = sum of dy h}, {@code dShift = sum of dy}.
 * <b>Shapes</b>: x and y {@code [batch, ..., channels]}, scale and shift {@code [channels]}; for {@link #layer} both of
 * the shape of the axes that are normalised.
 */
public final class NormaliseOp implements Op {
    private static final int MEAN = 0;
    private static final int VARIANCE = 1;
    private static final int INVERSE = 2;

    /** What shares a mean and a variance. */
    private enum Kind {
        BATCH("batchNorm"),
        INSTANCE("instanceNorm"),
        GROUP("groupNorm"),
        LAYER("layerNorm");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /** Is told the statistics that were used, on the thread of the pass. */
    @FunctionalInterface
    public interface Statistics {
        /**
         * Takes the statistics of one application.
         *
         * @param mean good during the call alone, as the variance
         * @param variance that of the population, {@code sum of (x - mean)^2 / count}
         * @param count how many values each was taken over
         */
        void take(Tensor mean, Tensor variance, int count);
    }

    private final Kind kind;
    private final double epsilon;
    /** Of {@link Kind#GROUP} the number of groups, of {@link Kind#LAYER} that of axes. */
    private final int number;

    private final Statistics statistics;
    private final Function<List<Shape>, NormGeometry> geometry = this::geometry;

    private NormaliseOp(Kind kind, int number, double epsilon, Statistics statistics) {
        if (!(epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(kind.text + ": epsilon is " + epsilon + ", needs 0 or more");
        }
        if (number < 1) {
            throw new IllegalArgumentException(
                    kind.text + ": " + number + (kind == Kind.GROUP ? " groups" : " axes") + ", needs at least 1");
        }
        this.kind = kind;
        this.number = number;
        this.epsilon = epsilon;
        this.statistics = Objects.requireNonNull(statistics, "statistics");
    }

    /**
     * Returns the op that takes statistics channel by channel over the whole batch.
     *
     * @param statistics is told them each time the op is applied
     * @throws IllegalArgumentException if epsilon is negative or not a number
     */
    public static NormaliseOp batch(double epsilon, Statistics statistics) {
        return new NormaliseOp(Kind.BATCH, 1, epsilon, statistics);
    }

    /**
     * Returns the op that takes statistics channel by channel for each image alone.
     *
     * @throws IllegalArgumentException if epsilon is negative or not a number
     */
    public static NormaliseOp instance(double epsilon) {
        return new NormaliseOp(Kind.INSTANCE, 1, epsilon, (mean, variance, count) -> {});
    }

    /**
     * Returns the op that takes statistics for each image alone over groups of neighbouring channels.
     *
     * @throws IllegalArgumentException if epsilon is negative or not a number, or there is no group
     */
    public static NormaliseOp group(int groups, double epsilon) {
        return new NormaliseOp(Kind.GROUP, groups, epsilon, (mean, variance, count) -> {});
    }

    /**
     * Returns the op that takes statistics over the last axes, for each position along the others alone.
     *
     * @param axes how many of the last axes
     * @throws IllegalArgumentException if epsilon is negative or not a number, or there is no axis
     */
    public static NormaliseOp layer(int axes, double epsilon) {
        return new NormaliseOp(Kind.LAYER, axes, epsilon, (mean, variance, count) -> {});
    }

    @Override
    public String name() {
        return kind.text;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        geometry(inputs);
        return inputs.getFirst();
    }

    /**
     * Returns the geometry for inputs of the given shapes.
     *
     * @throws ShapeMismatchException if they do not fit
     */
    public NormGeometry geometry(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 3, 3);
        Shape x = inputs.getFirst();
        int least = kind == Kind.LAYER ? number : kind == Kind.INSTANCE ? 3 : 2;
        if (x.rank() < least) {
            String pattern = kind == Kind.LAYER
                    ? "at least " + number + " axes"
                    : kind == Kind.INSTANCE ? "[batch, height, width, channels]" : "[batch, ..., channels]";
            throw new ShapeMismatchException(name(), "input is " + x + ", needs " + pattern);
        }
        int[] each = new int[kind == Kind.LAYER ? number : 1];
        for (int i = 0; i < each.length; i++) {
            each[i] = x.dim(x.rank() - each.length + i);
        }
        ShapeMismatchException.require(name(), "scale", inputs.get(1), Shape.of(each));
        ShapeMismatchException.require(name(), "shift", inputs.get(2), Shape.of(each));
        if (x.elements() == 0) {
            throw new ShapeMismatchException(name(), "input is " + x + ", there is nothing to take statistics of");
        }
        int columns = Shape.of(each).elements();
        int others = x.elements() / columns;
        return switch (kind) {
            case BATCH -> new NormGeometry(1, others, columns, columns);
            case INSTANCE -> new NormGeometry(x.dim(0), others / x.dim(0), columns, columns);
            case GROUP -> {
                if (columns % number != 0) {
                    throw new ShapeMismatchException(
                            name(), "input " + x + " has " + columns + " channels, needs a multiple of " + number);
                }
                yield new NormGeometry(x.dim(0), others / x.dim(0), columns, number);
            }
            case LAYER -> new NormGeometry(others, 1, columns, 1);
        };
    }

    @Override
    public void forward(Evaluation e) {
        NormOps norm = e.engine().normalise();
        NormGeometry g = e.memo(NormGeometry.class, geometry);
        Shape shape = Shape.of(g.statistics());
        Tensor mean = e.save(MEAN, shape);
        Tensor variance = e.save(VARIANCE, shape);
        Tensor inverse = e.save(INVERSE, shape);
        norm.statistics(e.input(0), g, mean, variance);
        norm.inverseDeviation(variance, epsilon, inverse);
        norm.forward(e.input(0), g, mean, inverse, e.input(1), e.input(2), e.output());
        statistics.take(mean, variance, g.count());
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        Tensor dScale = into.wants(1) ? into.target(1) : e.scratch(e.input(1).shape());
        Tensor dShift = into.wants(2) ? into.target(2) : e.scratch(e.input(2).shape());
        NormGeometry g = e.memo(NormGeometry.class, geometry);
        Tensor dx = into.wants(0) ? into.target(0) : null;
        e.engine()
                .normalise()
                .backward(e.input(0), dOut, g, e.saved(MEAN), e.saved(INVERSE), e.input(1), dx, dScale, dShift);
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        derivatives(e).jvp(in, dOut);
    }

    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {
        derivatives(e).hvp(in, dOut, into);
    }

    private NormDerivatives derivatives(Evaluation e) {
        NormGeometry g = e.memo(NormGeometry.class, geometry);
        return new NormDerivatives(g, e.input(0), e.input(1), e.saved(MEAN), e.saved(INVERSE));
    }

    /** Returns kind and settings, as in {@code groupNorm 8 epsilon 1.0E-5}. */
    @Override
    public String toString() {
        return name() + (kind == Kind.GROUP || kind == Kind.LAYER ? " " + number : "") + " epsilon " + epsilon;
    }
}
