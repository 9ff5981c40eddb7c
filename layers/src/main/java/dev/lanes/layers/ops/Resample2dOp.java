package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.AxisTaps;
import dev.lanes.numerics.geometry.Resample2dGeometry;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A linear map of images along height and width: enlarging and reducing ({@link #nearest}, {@link #bilinear}, {@link
 * #bicubic}), padding ({@link #pad}), and the adaptive average ({@link #average}). {@link AxisTaps} has the formulas;
 * gradients pass through the transposed map.
 *
 * <p><b>Shapes</b>: x {@code [batch, inH, inW, channels]}, y {@code [batch, outH, outW, channels]}.
 */
public final class Resample2dOp implements Op {
    /** Says how large an axis becomes. */
    @FunctionalInterface
    public interface Extent {
        /** Returns the extent of the output. */
        int of(int in);

        /**
         * Returns a fixed multiple.
         *
         * @throws IllegalArgumentException if the factor is below 1
         */
        static Extent times(int factor) {
            if (factor < 1) {
                throw new IllegalArgumentException("resample2d: the factor is " + factor + ", needs at least 1");
            }
            return in -> Math.multiplyExact(in, factor);
        }

        /**
         * Returns a fixed extent.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        static Extent fixed(int out) {
            if (out < 1) {
                throw new IllegalArgumentException("resample2d: the extent is " + out + ", needs at least 1");
            }
            return in -> out;
        }
    }

    /** A map and its transpose. */
    private record Maps(Resample2dGeometry forward, Resample2dGeometry backward) {}

    private final String name;
    private final IntFunction<AxisTaps> rows;
    private final IntFunction<AxisTaps> columns;

    private Resample2dOp(String name, IntFunction<AxisTaps> rows, IntFunction<AxisTaps> columns) {
        this.name = name;
        this.rows = rows;
        this.columns = columns;
    }

    /** Returns the op that repeats, or leaves out, pixels. */
    public static Resample2dOp nearest(Extent height, Extent width) {
        return new Resample2dOp(
                "nearest", in -> AxisTaps.nearest(in, height.of(in)), in -> AxisTaps.nearest(in, width.of(in)));
    }

    /** Returns the op that interpolates between two pixels along each axis; see {@link AxisTaps#linear}. */
    public static Resample2dOp bilinear(Extent height, Extent width, boolean alignCorners) {
        return new Resample2dOp(
                "bilinear",
                in -> AxisTaps.linear(in, height.of(in), alignCorners),
                in -> AxisTaps.linear(in, width.of(in), alignCorners));
    }

    /** Returns the op that interpolates between four pixels along each axis; see {@link AxisTaps#cubic}. */
    public static Resample2dOp bicubic(Extent height, Extent width, boolean alignCorners) {
        return new Resample2dOp(
                "bicubic",
                in -> AxisTaps.cubic(in, height.of(in), alignCorners),
                in -> AxisTaps.cubic(in, width.of(in), alignCorners));
    }

    /**
     * Returns the op that averages over {@code outH x outW} parts of the image.
     *
     * @throws IllegalArgumentException if an extent is below 1
     */
    public static Resample2dOp average(int outH, int outW) {
        Extent height = Extent.fixed(outH);
        Extent width = Extent.fixed(outW);
        return new Resample2dOp(
                "adaptiveAvgPool2d",
                in -> AxisTaps.average(in, height.of(in)),
                in -> AxisTaps.average(in, width.of(in)));
    }

    /**
     * Returns the op that adds pixels around the image.
     *
     * @throws IllegalArgumentException if a padding is negative
     */
    public static Resample2dOp pad(int top, int bottom, int left, int right, AxisTaps.Border border) {
        if (Math.min(Math.min(top, bottom), Math.min(left, right)) < 0) {
            throw new IllegalArgumentException("pad2d: padding " + top + "," + bottom + "," + left + "," + right
                    + " (top, bottom, left, right) must not be negative");
        }
        return new Resample2dOp(
                "pad2d", in -> AxisTaps.pad(in, top, bottom, border), in -> AxisTaps.pad(in, left, right, border));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return geometry(inputs).outputShape();
    }

    /**
     * Returns the geometry for an input of the given shape.
     *
     * @throws ShapeMismatchException if it does not fit
     */
    public Resample2dGeometry geometry(List<Shape> inputs) {
        OpChecks.inputs(name, inputs, 1, 1);
        Shape x = inputs.getFirst();
        OpChecks.rank(name, "input is", x, 4, "[batch, height, width, channels]");
        try {
            return new Resample2dGeometry(x.dim(0), x.dim(3), rows.apply(x.dim(1)), columns.apply(x.dim(2)));
        } catch (IllegalArgumentException e) {
            throw new ShapeMismatchException(name, "input " + x + ": " + e.getMessage());
        }
    }

    private Maps maps(Evaluation e) {
        return e.memo(Maps.class, inputs -> {
            Resample2dGeometry g = geometry(inputs);
            return new Maps(g, g.transposed());
        });
    }

    @Override
    public void forward(Evaluation e) {
        e.engine().images().resample(e.input(0), maps(e).forward, e.output());
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (into.wants(0)) {
            e.engine().images().resample(dOut, maps(e).backward, into.target(0));
        }
    }

    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        e.engine().images().resample(in.get(0), maps(e).forward, dOut);
    }

    /** Linear: there is no second derivative. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {}

    @Override
    public String toString() {
        return name;
    }
}
