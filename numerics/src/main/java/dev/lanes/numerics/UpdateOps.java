package dev.lanes.numerics;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;

/**
 * The steps of optimisers of an {@link Engine}: weights and what is remembered of earlier gradients, updated in one
 * pass.
 *
 * <p>Both begin with the gradient as it is to be used, scaled, clipped and with the pull of a penalty {@code decay / 2 *
 * |w|^2}:
 *
 * <pre>{@code
 * d = min(max(scale * dw, -bound), bound) + decay * w
 * }</pre>
 *
 * <p>{@code scale} 1, {@code bound} {@link Float#POSITIVE_INFINITY} and {@code decay} 0 leave it as it is. <b>Shapes</b>:
 * all operands of a call alike, none sharing memory with another.
 */
public final class UpdateOps {
    private static final Shape SCALAR = Shape.of();

    private final Engine engine;

    UpdateOps(Engine engine) {
        this.engine = engine;
    }

    /**
     * Updates v and w by gradient descent with momentum:
     *
     * <pre>{@code
     * v = momentum * v + d                      (without v, v = d)
     * w = w - rate * v, or with nesterov  w - rate * (d + momentum * v)
     * }</pre>
     *
     * @param dw the gradient, only read
     * @param v the velocity, or null for none; then neither momentum nor nesterov is looked at
     * @throws ShapeMismatchException if the shapes differ
     * @throws IllegalArgumentException if operands share memory
     */
    public void momentum(
            float scale,
            float bound,
            float decay,
            float momentum,
            boolean nesterov,
            float rate,
            Tensor dw,
            Tensor v,
            Tensor w) {
        String op = "momentum";
        ShapeMismatchException.require(op, "gradient", dw.shape(), w.shape());
        Checks.apart(op, "weights", w, "gradient", dw);
        if (v != null) {
            requireApart(op, "velocity", v, dw, w);
        }
        RowsGeometry g = w.shape().flat();
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.UPDATE_MOMENTUM, g)
                    .run(
                            g,
                            scale,
                            bound,
                            decay,
                            momentum,
                            nesterov,
                            rate,
                            dw.array(),
                            dw.offset(),
                            v == null ? null : v.array(),
                            v == null ? 0 : v.offset(),
                            w.array(),
                            w.offset(),
                            workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /**
     * Updates m, s and w by a step that is divided by the size of earlier gradients:
     *
     * <pre>{@code
     * m = beta * m + (1 - beta) * d             (without m, m = d)
     * s = kept * s + gain * d^2
     * w = shrink * w - rate * m / (correction * sqrt(s) + epsilon)
     * }</pre>
     *
     * <p>With {@code gain = 1 - kept} this is Adam, and without m RMSProp; with {@code kept = gain = 1} and without m it
     * is Adagrad; with {@code shrink} below 1 the weights decay apart from the gradient, as in AdamW.
     *
     * @param dw the gradient, only read
     * @param m the mean of the gradients, or null for none; then beta is not looked at
     * @param s the mean or sum of their squares
     * @throws ShapeMismatchException if the shapes differ
     * @throws IllegalArgumentException if operands share memory
     */
    public void adaptive(
            float scale,
            float bound,
            float decay,
            float beta,
            float kept,
            float gain,
            float correction,
            float epsilon,
            float shrink,
            float rate,
            Tensor dw,
            Tensor m,
            Tensor s,
            Tensor w) {
        String op = "adaptive";
        ShapeMismatchException.require(op, "gradient", dw.shape(), w.shape());
        Checks.apart(op, "weights", w, "gradient", dw);
        requireApart(op, "squares", s, dw, w);
        if (m != null) {
            requireApart(op, "mean", m, dw, w);
            Checks.apart(op, "squares", s, "mean", m);
        }
        RowsGeometry g = w.shape().flat();
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.UPDATE_ADAPTIVE, g)
                    .run(
                            g,
                            scale,
                            bound,
                            decay,
                            beta,
                            kept,
                            gain,
                            correction,
                            epsilon,
                            shrink,
                            rate,
                            dw.array(),
                            dw.offset(),
                            m == null ? null : m.array(),
                            m == null ? 0 : m.offset(),
                            s.array(),
                            s.offset(),
                            w.array(),
                            w.offset(),
                            workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /**
     * Computes {@code y = sum over i of x[i]^2}, the square of the norm.
     *
     * <p><b>Shapes</b>: x any, y a scalar {@code []}. Overwrites y, which must not be part of x.
     *
     * @throws ShapeMismatchException if y is no scalar
     */
    public void sumOfSquares(Tensor x, Tensor y) {
        ShapeMismatchException.require("sumOfSquares", "output", y.shape(), SCALAR);
        Checks.apart("sumOfSquares", "output", y, "input", x);
        RowsGeometry g = x.shape().flat();
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.SUM_OF_SQUARES, g)
                    .run(g, x.array(), x.offset(), y.array(), y.offset(), workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    private static void requireApart(String op, String name, Tensor state, Tensor dw, Tensor w) {
        ShapeMismatchException.require(op, name, state.shape(), w.shape());
        Checks.apart(op, name, state, "gradient", dw);
        Checks.apart(op, name, state, "weights", w);
    }
}
