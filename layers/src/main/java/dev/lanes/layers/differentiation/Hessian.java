package dev.lanes.layers.differentiation;

import dev.lanes.layers.autodiff.Tape;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.Map;

/**
 * All second derivatives of a single value by one leaf: a Hessian-vector product for each element, so for small leaves.
 * For large ones, {@link Tape#hessianVector} gives the product without the matrix.
 *
 * <pre>{@code
 * Tape tape = Tape.recording(engine);
 * Variable x = tape.leaf(scores);
 * Tensor h = Hessian.of(tape, tape.apply(new SoftmaxCrossEntropyOp(labels), x), x);
 * }</pre>
 */
public final class Hessian {
    private static final int MAX_ELEMENTS = 4096;

    private Hessian() {}

    /**
     * Returns the Hessian, {@code [elements, elements]} in the row-major order of the leaf; row i is how the gradient
     * changes with element i.
     *
     * @throws ShapeMismatchException if the loss is not a single value, or the leaf has more than 4096 elements
     * @throws UnsupportedOperationException if an op on the way has no second derivative
     */
    public static Tensor of(Tape tape, Variable loss, Variable leaf) {
        int n = leaf.shape().elements();
        if (n > MAX_ELEMENTS) {
            throw new ShapeMismatchException(
                    "hessian",
                    "the leaf " + leaf.shape() + " has " + n + " elements, at most " + MAX_ELEMENTS
                            + " make a matrix; use Tape.hessianVector");
        }
        Tensor hessian = Tensor.zeros(Shape.of(n, n));
        for (int i = 0; i < n; i++) {
            Tensor direction = Tensor.zeros(leaf.shape());
            direction.array()[direction.offset() + i] = 1;
            Tensor row = tape.hessianVector(loss, Map.of(leaf, direction)).of(leaf);
            System.arraycopy(row.array(), row.offset(), hessian.array(), hessian.offset() + i * n, n);
        }
        return hessian;
    }
}
