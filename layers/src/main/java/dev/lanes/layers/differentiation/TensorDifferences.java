package dev.lanes.layers.differentiation;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * Central differences of functions of tensors; see {@link FiniteDifferences}.
 *
 * <p><b>Precision.</b> Tensors hold float32, so the step chosen is larger, {@code 2^-7 max(|x|, 1)}, and about four digits
 * are right. That tells a right derivative from a wrong one, and little more. A function that bends over such a step wants
 * a smaller one, at the price of digits: the rounding of f, {@code 2^-24 |f|}, is divided by it. The inputs are not
 * changed. Immutable; to be used by any number of threads.
 *
 * <pre>{@code
 * TensorDifferences d = TensorDifferences.central();
 * d.gradient(t -> t.get(0) * t.get(1), Tensor.of(Shape.of(2), 3, 5));   // 5 3
 * }</pre>
 */
public final class TensorDifferences {
    private static final float STEP = 0x1p-7f; // about cbrt(2^-23)
    private static final TensorDifferences CENTRAL = new TensorDifferences(0);

    /** The step given, or 0 for one chosen. */
    private final float step;

    private TensorDifferences(float step) {
        this.step = step;
    }

    /** Returns differences with a step that fits the size of each element. */
    public static TensorDifferences central() {
        return CENTRAL;
    }

    /**
     * Returns differences with a given step, the same for every element.
     *
     * @throws IllegalArgumentException if it is not positive and finite in float32
     */
    public static TensorDifferences step(double step) {
        if (!((float) step > 0) || Float.isInfinite((float) step)) {
            throw new IllegalArgumentException("finite differences: the step is " + step + ", needs to be above 0");
        }
        return new TensorDifferences((float) step);
    }

    /** Returns the gradient at x, of its shape, from two evaluations for each element. */
    public Tensor gradient(ToDoubleFunction<Tensor> f, Tensor x) {
        Tensor at = x.copy();
        return Tensor.generate(x.shape(), i -> {
            Moves moves = new Moves(at, i);
            double above = f.applyAsDouble(moves.to(moves.above));
            double below = f.applyAsDouble(moves.to(moves.below));
            moves.to(moves.middle);
            return (above - below) / moves.width();
        });
    }

    /**
     * Returns the Jacobian at x, from two evaluations for each element of x.
     *
     * <p><b>Shapes</b>: x and the value any; the result is {@code [elements of the value, elements of x]}, both in
     * row-major order.
     */
    public Tensor jacobian(UnaryOperator<Tensor> f, Tensor x) {
        Tensor at = x.copy();
        int rows = f.apply(at).elements();
        int columns = x.elements();
        Tensor jacobian = Tensor.zeros(Shape.of(rows, columns));
        for (int c = 0; c < columns; c++) {
            Moves moves = new Moves(at, c);
            Tensor above = f.apply(moves.to(moves.above)).copy();
            Tensor below = f.apply(moves.to(moves.below));
            for (int r = 0; r < rows; r++) {
                double change = (double) above.array()[above.offset() + r] - below.array()[below.offset() + r];
                jacobian.array()[jacobian.offset() + r * columns + c] = (float) (change / moves.width());
            }
            moves.to(moves.middle);
        }
        return jacobian;
    }

    /**
     * Returns how the value changes when x changes along a direction, {@code J v}: two evaluations, however large x is.
     * The step is that of the element that moves farthest, rounded down to a power of two times the direction.
     *
     * <p><b>Shapes</b>: x and direction alike; the result is of the shape of the value.
     *
     * @throws ShapeMismatchException if the direction does not have the shape of x
     */
    public Tensor along(UnaryOperator<Tensor> f, Tensor x, Tensor direction) {
        ShapeMismatchException.require("differences", "the direction", direction.shape(), x.shape());
        float reach = largest(direction);
        float scaled = reach == 0 ? STEP : stepAt(largest(x)) / reach;
        float h = Math.scalb(1f, Math.getExponent(scaled));
        Tensor above = f.apply(moved(x, direction, h)).copy();
        Tensor below = f.apply(moved(x, direction, -h));
        return Tensor.generate(
                above.shape(),
                i -> ((double) above.array()[above.offset() + i] - below.array()[below.offset() + i])
                        / (2 * (double) h));
    }

    private static Tensor moved(Tensor x, Tensor direction, float h) {
        return Tensor.generate(
                x.shape(),
                i -> x.array()[x.offset() + i] + (double) h * direction.array()[direction.offset() + i]);
    }

    /** Returns the step given, or a power of two by which a float of the size of x can be moved without much rounding. */
    private float stepAt(float x) {
        return step > 0 ? step : Math.scalb(STEP, Math.getExponent(Math.max(Math.abs(x), 1)));
    }

    private static float largest(Tensor t) {
        float largest = 0;
        for (int i = 0; i < t.elements(); i++) {
            largest = Math.max(largest, Math.abs(t.array()[t.offset() + i]));
        }
        return largest;
    }

    /** One element of a tensor, moved to either side. */
    private final class Moves {
        private final Tensor at;
        private final int index;
        private final float middle;
        private final float above;
        private final float below;

        Moves(Tensor at, int element) {
            this.at = at;
            index = at.offset() + element;
            middle = at.array()[index];
            float h = stepAt(middle);
            above = middle + h;
            below = middle - h;
        }

        Tensor to(float value) {
            at.array()[index] = value;
            return at;
        }

        /** Returns the distance that is represented, so that dividing by it adds no error. */
        double width() {
            return (double) above - below;
        }
    }
}
