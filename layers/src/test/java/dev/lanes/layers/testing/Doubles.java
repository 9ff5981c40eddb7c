package dev.lanes.layers.testing;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A tensor in double, for writing down what an op computes without the library.
 *
 * @param shape the lengths of the axes
 * @param values in row-major order
 */
public record Doubles(Shape shape, double[] values) {
    /** What an op computes, from the values of its inputs to that of its output. */
    @FunctionalInterface
    public interface Definition {
        /** Returns the output; the inputs are only read. */
        Doubles of(Doubles... in);

        /** Returns what applies a function to every element of the one input. */
        static Definition map(DoubleUnaryOperator f) {
            return in -> new Doubles(
                    in[0].shape(),
                    IntStream.range(0, in[0].values().length)
                            .mapToDouble(i -> f.applyAsDouble(in[0].values()[i]))
                            .toArray());
        }
    }

    /** Checks that there are as many values as the shape has elements. */
    public Doubles {
        if (values.length != shape.elements()) {
            throw new IllegalArgumentException(values.length + " values for " + shape);
        }
    }

    /** Returns a copy of a tensor. */
    public static Doubles of(Tensor t) {
        double[] values = new double[t.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = t.array()[t.offset() + i];
        }
        return new Doubles(t.shape(), values);
    }

    /** Returns a single value, of the shape {@code []}. */
    public static Doubles scalar(double value) {
        return new Doubles(Shape.of(), new double[] {value});
    }

    /** Returns a tensor whose elements are computed from their indices. */
    public static Doubles generate(Shape shape, ToDoubleFunction<int[]> f) {
        double[] values = new double[shape.elements()];
        int[] index = new int[shape.rank()];
        for (int at = 0; at < values.length; at++) {
            int rest = at;
            for (int axis = index.length - 1; axis >= 0; axis--) {
                index[axis] = rest % shape.dim(axis);
                rest /= shape.dim(axis);
            }
            values[at] = f.applyAsDouble(index);
        }
        return new Doubles(shape, values);
    }

    /** Returns the element at an index. */
    public double at(int... index) {
        int at = 0;
        for (int axis = 0; axis < index.length; axis++) {
            at = at * shape.dim(axis) + index[axis];
        }
        return values[at];
    }

    /** Returns the length of an axis. */
    public int dim(int axis) {
        return shape.dim(axis);
    }

    /** Returns the same values under another shape. */
    public Doubles reshape(Shape other) {
        return new Doubles(other, values);
    }

    /** Returns all values of several tensors in a row. */
    static double[] join(List<Doubles> parts) {
        return parts.stream().flatMapToDouble(d -> Arrays.stream(d.values)).toArray();
    }

    /** Undoes {@link #join} for tensors of the given shapes. */
    static Doubles[] split(double[] values, List<Shape> shapes) {
        Doubles[] parts = new Doubles[shapes.size()];
        int at = 0;
        for (int i = 0; i < parts.length; i++) {
            int n = shapes.get(i).elements();
            parts[i] = new Doubles(shapes.get(i), Arrays.copyOfRange(values, at, at + n));
            at += n;
        }
        return parts;
    }
}
