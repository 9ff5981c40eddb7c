package dev.lanes.layers.differentiation;

import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * Central differences of functions of tensors; see {@link FiniteDifferences}.
 *
 * <p><b>Precision.</b> Tensors hold float32, so the step is larger, {@code 2^-7 max(|x|, 1)}, and about four digits are
 * right. That tells a right derivative from a wrong one, and little more. The inputs are not changed; no state, for any
 * number of threads.
 *
 * <pre>{@code
 * Tensor g = TensorDifferences.gradient(t -> t.get(0) * t.get(1), Tensor.of(Shape.of(2), 3, 5));   // 5 3
 * }</pre>
 */
public final class TensorDifferences {
    private static final float STEP = 0x1p-7f; // about cbrt(2^-23)

    private TensorDifferences() {}

    /** Returns the gradient at x, of its shape, from two evaluations for each element. */
    public static Tensor gradient(ToDoubleFunction<Tensor> f, Tensor x) {
        Tensor at = x.copy();
        return Tensor.generate(x.shape(), i -> {
            int k = at.offset() + i;
            float middle = at.array()[k];
            float h = step(middle);
            float above = middle + h;
            float below = middle - h;
            at.array()[k] = above;
            double fAbove = f.applyAsDouble(at);
            at.array()[k] = below;
            double fBelow = f.applyAsDouble(at);
            at.array()[k] = middle;
            return (fAbove - fBelow) / ((double) above - below);
        });
    }

    /**
     * Returns how the value changes when x changes along a direction, {@code J v}: two evaluations, however large x is.
     *
     * <p><b>Shapes</b>: x and direction alike; the result is of the shape of the value.
     *
     * @throws ShapeMismatchException if the direction does not have the shape of x
     */
    public static Tensor along(UnaryOperator<Tensor> f, Tensor x, Tensor direction) {
        ShapeMismatchException.require("differences", "the direction", direction.shape(), x.shape());
        float reach = largest(direction);
        float scaled = reach == 0 ? STEP : step(largest(x)) / reach;
        float h = Math.scalb(1f, Math.getExponent(scaled));
        Tensor above = f.apply(moved(x, direction, h)).copy();
        Tensor below = f.apply(moved(x, direction, -h));
        return Tensor.generate(
                above.shape(), i -> ((double) above.array()[i] - below.array()[below.offset() + i]) / (2 * (double) h));
    }

    private static Tensor moved(Tensor x, Tensor direction, float h) {
        return Tensor.generate(
                x.shape(),
                i -> x.array()[x.offset() + i] + (double) h * direction.array()[direction.offset() + i]);
    }

    /** Returns a power of two, which a float of the size of x can be moved by without much rounding. */
    private static float step(float x) {
        return Math.scalb(STEP, Math.getExponent(Math.max(Math.abs(x), 1)));
    }

    private static float largest(Tensor t) {
        float largest = 0;
        for (int i = 0; i < t.elements(); i++) {
            largest = Math.max(largest, Math.abs(t.array()[t.offset() + i]));
        }
        return largest;
    }
}
