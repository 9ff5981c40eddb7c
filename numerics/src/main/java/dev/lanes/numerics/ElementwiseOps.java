package dev.lanes.numerics;

import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.kernels.BinaryKernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;

/**
 * The functions of single elements of an {@link Engine}.
 *
 * <p><b>Shapes</b>: all operands of a call have the same shape. The output, always the last operand, may be one of the
 * inputs; it must not overlap one partly.
 */
public final class ElementwiseOps {
    private final Engine engine;

    ElementwiseOps(Engine engine) {
        this.engine = engine;
    }

    /** Computes {@code y = a + b}; throws {@link ShapeMismatchException} if the shapes differ. */
    public void add(Tensor a, Tensor b, Tensor y) {
        binary("add", Slot.ADD, a, b, y);
    }

    /** Computes {@code y = a * b}, element by element; throws {@link ShapeMismatchException} if the shapes differ. */
    public void multiply(Tensor a, Tensor b, Tensor y) {
        binary("multiply", Slot.MULTIPLY, a, b, y);
    }

    /** Computes {@code y = max(x, 0)}; a NaN stays one; throws {@link ShapeMismatchException} if the shapes differ. */
    public void relu(Tensor x, Tensor y) {
        ShapeMismatchException.require("relu", "output", y.shape(), x.shape());
        Checks.apartOrSame("relu", "output", y, "input", x);
        RowsGeometry g = new RowsGeometry(1, x.elements());
        Workspace workspace = engine.borrow();
        try {
            engine.kernels().choose(Slot.RELU, g).run(g, x.array(), x.offset(), y.array(), y.offset(), workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /**
     * Computes {@code dx = y > 0 ? dy : 0}, the gradient of {@link #relu}; y may be its output or its input. Throws
     * {@link ShapeMismatchException} if the shapes differ.
     */
    public void reluBackward(Tensor y, Tensor dy, Tensor dx) {
        binary("reluBackward", Slot.RELU_BACKWARD, y, dy, dx);
    }

    /**
     * Computes {@code y = fma(alpha, x, beta * y)}; with {@code beta == 0} what stood in y is overwritten unread.
     * Throws {@link ShapeMismatchException} if the shapes differ.
     */
    public void axpby(float alpha, Tensor x, float beta, Tensor y) {
        ShapeMismatchException.require("axpby", "y", y.shape(), x.shape());
        Checks.apartOrSame("axpby", "y", y, "x", x);
        RowsGeometry g = new RowsGeometry(1, x.elements());
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.AXPBY, g)
                    .run(g, alpha, x.array(), x.offset(), beta, y.array(), y.offset(), workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    private void binary(String op, Slot<RowsGeometry, BinaryKernel> slot, Tensor a, Tensor b, Tensor y) {
        ShapeMismatchException.require(op, "second operand", b.shape(), a.shape());
        ShapeMismatchException.require(op, "output", y.shape(), a.shape());
        Checks.apartOrSame(op, "output", y, "first operand", a);
        Checks.apartOrSame(op, "output", y, "second operand", b);
        RowsGeometry g = new RowsGeometry(1, a.elements());
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(slot, g)
                    .run(g, a.array(), a.offset(), b.array(), b.offset(), y.array(), y.offset(), workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }
}
