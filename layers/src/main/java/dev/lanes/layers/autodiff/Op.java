package dev.lanes.layers.autodiff;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * One differentiable primitive {@code y = f(x0, x1, ...)}: its value and its two derivatives. Everything else is built
 * from these; a new one is a class that implements this interface, applied with {@link Tape#apply}.
 *
 * <p>With {@code J} the Jacobian of f at the inputs, {@link #vjp} computes {@code J'u}, which reverse mode needs, and
 * {@link #jvp} computes {@code J v}, which forward mode needs; for all u and v {@code <u, J v> = <J'u, v>}. At a kink
 * (ReLU at 0, a tie in a maximum) both use the same one-sided choice, which the op states.
 *
 * <p>An op is immutable and may be used by many tapes and threads; what one application has to remember is kept in its
 * {@link Evaluation}. Ops never change their inputs, and overwrite the whole of what they are given to write into, which
 * holds arbitrary values before.
 *
 * <pre>{@code
 * final class SquareOp implements Op {
 *     public String name() { return "square"; }
 *     public Shape outputShape(List<Shape> inputs) { return inputs.getFirst(); }
 *     public void forward(Evaluation e) {
 *         e.engine().elementwise().multiply(e.input(0), e.input(0), e.output());
 *     }
 *     public void vjp(Evaluation e, Tensor dOut, Cotangents into) {     // 2 x u
 *         if (into.wants(0)) {
 *             Tensor dx = into.target(0);
 *             e.engine().elementwise().multiply(e.input(0), dOut, dx);
 *             e.engine().elementwise().axpby(2f, dx, 0f, dx);
 *         }
 *     }
 *     public void jvp(Evaluation e, InputTangents in, Tensor dOut) {    // 2 x v
 *         e.engine().elementwise().multiply(e.input(0), in.get(0), dOut);
 *         e.engine().elementwise().axpby(2f, dOut, 0f, dOut);
 *     }
 * }
 * }</pre>
 */
public interface Op {
    /** Returns the name that errors and listings show, as in {@code conv2d}. */
    String name();

    /**
     * Returns the shape of the output for inputs of the given shapes.
     *
     * @throws ShapeMismatchException if the inputs do not fit; the message names the op, the values that disagree and
     *     what would fit
     */
    Shape outputShape(List<Shape> inputs);

    /** Computes the output from the inputs, and saves what the derivatives will want beyond these. */
    void forward(Evaluation e);

    /**
     * Computes the vector-Jacobian product: for each input that wants one, the gradient by that input of {@code <dOut,
     * f(inputs)>}.
     *
     * @param dOut the gradient by the output, of its shape; only read
     * @param into takes the gradients by the inputs; an input given nothing counts as given zeros
     */
    void vjp(Evaluation e, Tensor dOut, Cotangents into);

    /**
     * Computes the Jacobian-vector product: how the output changes when the inputs change along their tangents.
     *
     * @param in the tangents of the inputs, at least one of which is not zero; only read
     * @param dOut receives the tangent of the output, of its shape
     */
    void jvp(Evaluation e, InputTangents in, Tensor dOut);

    /**
     * Computes the Hessian-vector product of {@code <dOut, f(inputs)>}, whose gradient {@link #vjp} is: for each input
     * that wants one, how that gradient changes when the inputs change along their tangents and dOut does not.
     *
     * <p>What is linear, also piecewise, has nothing to compute, but must say so: an op that does not implement this
     * refuses, because nobody would notice the wrong second derivatives it made.
     *
     * @param in the tangents of the inputs, at least one of which is not zero; only read
     * @param dOut the gradient by the output, of its shape; only read
     * @param into takes the changes of the gradients by the inputs; an input given nothing counts as given zeros
     * @throws UnsupportedOperationException if the op has no second derivative; so unless overridden
     */
    default void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {
        throw new UnsupportedOperationException(name() + " has no second derivative; implement hvp in its Op");
    }

    /**
     * Returns the gradient by one input of {@code <dOut, output>} as {@link #vjp} computes it, made of ops on the tape,
     * so that it can itself be differentiated as often as these; for {@link Tape#gradients}.
     *
     * <p>Unless overridden, the vjp is recorded as one step whose derivatives are jvp and hvp: it can be differentiated
     * once. That is all most uses need, so only ops that everything else is made of need more. A product, for example:
     *
     * <pre>{@code
     * return a.apply(MultiplyOp.MULTIPLY, a.input(1 - input), dOut);
     * }</pre>
     *
     * @param a what the op was applied to
     * @param dOut the gradient by the output, of its shape
     */
    default Variable gradient(Application a, int input, Variable dOut) {
        return a.vjp(input, dOut);
    }
}
