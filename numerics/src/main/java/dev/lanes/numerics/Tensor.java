package dev.lanes.numerics;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;

/**
 * A contiguous, row-major block of float32 values on the Java heap, with a {@link Shape}.
 *
 * <p>A tensor is a window on a {@code float[]}: element {@code (i, j, ...)} stands at {@code offset + row-major index}.
 * {@link #reshape} and {@link #slice} give windows on the same array; {@link #copy} gives an array of its own. A new tensor
 * need not begin at index 0 either: large ones begin where a cache line does. Images
 * are {@code [batch, height, width, channels]}, convolution weights {@code [kH, kW, inC / groups, outC]}, the weights of
 * a fully connected layer {@code [in, out]}.
 *
 * <p>The values are mutable and unguarded: a tensor may be read by many threads, or written by one.
 *
 * <pre>{@code
 * Tensor a = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
 * a.get(1, 2);                      // 6
 * a.reshape(Shape.of(6)).set(9, 0); // a.get(0, 0) is now 9
 * }</pre>
 */
public final class Tensor {
    private final float[] array;
    private final int offset;
    private final Shape shape;

    private Tensor(float[] array, int offset, Shape shape) {
        this.array = array;
        this.offset = offset;
        this.shape = shape;
    }

    /** Returns a new tensor of zeros. */
    public static Tensor zeros(Shape shape) {
        int offset = Placement.offset(shape.elements());
        return new Tensor(new float[offset + shape.elements()], offset, shape);
    }

    /** Returns a new tensor of the given extents, filled with zeros. */
    public static Tensor zeros(int... dims) {
        return zeros(Shape.of(dims));
    }

    /** Returns a new tensor of rank 0 that holds one value. */
    public static Tensor scalar(float value) {
        return of(Shape.of(), value);
    }

    /**
     * Returns a new tensor that holds a copy of the values, in row-major order.
     *
     * @throws ShapeMismatchException if there are not exactly as many values as the shape has elements
     */
    public static Tensor of(Shape shape, float... values) {
        if (values.length != shape.elements()) {
            throw new ShapeMismatchException(
                    "tensor", "there are " + values.length + " values, shape " + shape + " needs " + shape.elements());
        }
        Tensor tensor = zeros(shape);
        System.arraycopy(values, 0, tensor.array, tensor.offset, values.length);
        return tensor;
    }

    /** Returns a new tensor whose element at row-major index {@code i} is {@code (float) value(i)}. */
    public static Tensor generate(Shape shape, IntToDoubleFunction value) {
        Tensor tensor = zeros(shape);
        for (int i = 0; i < shape.elements(); i++) {
            tensor.array[tensor.offset + i] = (float) value.applyAsDouble(i);
        }
        return tensor;
    }

    /**
     * Returns a window on an existing array, which is not copied.
     *
     * @param offset index in {@code array} of the first element
     * @throws IndexOutOfBoundsException if the window does not fit the array
     */
    public static Tensor wrap(float[] array, int offset, Shape shape) {
        Objects.checkFromIndexSize(offset, shape.elements(), array.length);
        return new Tensor(array, offset, shape);
    }

    /** Returns the shape. */
    public Shape shape() {
        return shape;
    }

    /** Returns the number of elements. */
    public int elements() {
        return shape.elements();
    }

    /** Returns the array itself, not a copy; this tensor's values begin at {@link #offset()}. */
    public float[] array() {
        return array;
    }

    /** Returns the index in {@link #array()} of the first element. */
    public int offset() {
        return offset;
    }

    /**
     * Returns the element at the given indices, one per axis.
     *
     * @throws IndexOutOfBoundsException if an index is outside its axis or their number is not the rank
     */
    public float get(int... indices) {
        return array[index(indices)];
    }

    /** Sets the element at the given indices, one per axis; throws as {@link #get} does. */
    public void set(float value, int... indices) {
        array[index(indices)] = value;
    }

    /**
     * Returns the only value of a tensor that has one element, whatever its rank.
     *
     * @throws ShapeMismatchException if there is not exactly one element
     */
    public float item() {
        if (elements() != 1) {
            throw new ShapeMismatchException("item", "a tensor of shape " + shape + " has no single value");
        }
        return array[offset];
    }

    /**
     * Returns a window on the same values under another shape.
     *
     * @throws ShapeMismatchException if the numbers of elements differ
     */
    public Tensor reshape(Shape newShape) {
        if (newShape.elements() != elements()) {
            throw new ShapeMismatchException(
                    "reshape", shape + " has " + elements() + " elements, " + newShape + " has " + newShape.elements());
        }
        return new Tensor(array, offset, newShape);
    }

    /**
     * Returns a window on the entries {@code from} (inclusive) to {@code to} (exclusive) of the first axis.
     *
     * @throws IndexOutOfBoundsException if the range is not inside the first axis
     */
    public Tensor slice(int from, int to) {
        Objects.checkFromToIndex(from, to, shape.dim(0));
        Shape part = shape.withDim(0, to - from);
        int stride = shape.dim(0) == 0 ? 0 : elements() / shape.dim(0);
        return new Tensor(array, offset + from * stride, part);
    }

    /** Returns a tensor of the same shape and values with an array of its own. */
    public Tensor copy() {
        return zeros(shape).copyFrom(this);
    }

    /** Returns the values in row-major order as a fresh array. */
    public float[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + elements());
    }

    /**
     * Copies all values from another tensor of the same shape.
     *
     * @return this tensor
     * @throws ShapeMismatchException if the shapes differ
     */
    public Tensor copyFrom(Tensor source) {
        ShapeMismatchException.require("copyFrom", "source", source.shape, shape);
        System.arraycopy(source.array, source.offset, array, offset, elements());
        return this;
    }

    /** Sets every element to one value and returns this tensor. */
    public Tensor fill(float value) {
        Arrays.fill(array, offset, offset + elements(), value);
        return this;
    }

    private int index(int[] indices) {
        if (indices.length != shape.rank()) {
            throw new IndexOutOfBoundsException(
                    indices.length + " indices " + Arrays.toString(indices) + " for a tensor of shape " + shape);
        }
        int index = 0;
        for (int axis = 0; axis < indices.length; axis++) {
            int extent = shape.dim(axis);
            if (indices[axis] < 0 || indices[axis] >= extent) {
                throw new IndexOutOfBoundsException(
                        "index " + Arrays.toString(indices) + " outside a tensor of shape " + shape);
            }
            index = index * extent + indices[axis];
        }
        return offset + index;
    }

    /** Returns the shape and at most the first eight values. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Tensor").append(shape).append(" {");
        for (int i = 0; i < Math.min(8, elements()); i++) {
            text.append(i == 0 ? "" : ", ").append(array[offset + i]);
        }
        return text.append(elements() > 8 ? ", ...}" : "}").toString();
    }
}
