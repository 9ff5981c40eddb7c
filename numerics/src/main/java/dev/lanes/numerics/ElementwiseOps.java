package dev.lanes.numerics;

import dev.lanes.numerics.geometry.FunctionGeometry;
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

    /** Computes {@code y = a - b}; throws {@link ShapeMismatchException} if the shapes differ. */
    public void subtract(Tensor a, Tensor b, Tensor y) {
        binary("subtract", Slot.SUBTRACT, a, b, y);
    }

    /** Computes {@code y = a * b}, element by element; throws {@link ShapeMismatchException} if the shapes differ. */
    public void multiply(Tensor a, Tensor b, Tensor y) {
        binary("multiply", Slot.MULTIPLY, a, b, y);
    }

    /** Computes {@code y = a / b}, element by element; throws {@link ShapeMismatchException} if the shapes differ. */
    public void divide(Tensor a, Tensor b, Tensor y) {
        binary("divide", Slot.DIVIDE, a, b, y);
    }

    /** Computes {@code y = a * b + c} with one rounding; throws {@link ShapeMismatchException} if the shapes differ. */
    public void fma(Tensor a, Tensor b, Tensor c, Tensor y) {
        ShapeMismatchException.require("fma", "second operand", b.shape(), a.shape());
        ShapeMismatchException.require("fma", "third operand", c.shape(), a.shape());
        ShapeMismatchException.require("fma", "output", y.shape(), a.shape());
        Checks.apartOrSame("fma", "output", y, "first operand", a);
        Checks.apartOrSame("fma", "output", y, "second operand", b);
        Checks.apartOrSame("fma", "output", y, "third operand", c);
        RowsGeometry g = a.shape().flat();
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.FMA, g)
                    .run(
                            g,
                            a.array(),
                            a.offset(),
                            b.array(),
                            b.offset(),
                            c.array(),
                            c.offset(),
                            y.array(),
                            y.offset(),
                            workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /** Computes {@code y = f(x)}; throws {@link ShapeMismatchException} if the shapes differ. */
    public void apply(UnaryFunction f, Tensor x, Tensor y) {
        function(f, 0, x, null, y);
    }

    /**
     * Computes {@code y = f'(x) * factor}: with the gradient by the output as factor, the gradient by x. Throws
     * {@link ShapeMismatchException} if the shapes differ.
     */
    public void derivative(UnaryFunction f, Tensor x, Tensor factor, Tensor y) {
        function(f, 1, x, factor, y);
    }

    /** Computes {@code y = f''(x) * factor}; throws {@link ShapeMismatchException} if the shapes differ. */
    public void secondDerivative(UnaryFunction f, Tensor x, Tensor factor, Tensor y) {
        function(f, 2, x, factor, y);
    }

    /** Computes {@code y = max(x, 0)}; a NaN stays one; throws {@link ShapeMismatchException} if the shapes differ. */
    public void relu(Tensor x, Tensor y) {
        ShapeMismatchException.require("relu", "output", y.shape(), x.shape());
        Checks.apartOrSame("relu", "output", y, "input", x);
        RowsGeometry g = x.shape().flat();
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
        RowsGeometry g = x.shape().flat();
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.AXPBY, g)
                    .run(g, alpha, x.array(), x.offset(), beta, y.array(), y.offset(), workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    private void function(UnaryFunction f, int order, Tensor x, Tensor factor, Tensor y) {
        String op = order == 0 ? "apply" : order == 1 ? "derivative" : "secondDerivative";
        ShapeMismatchException.require(op, "output", y.shape(), x.shape());
        Checks.apartOrSame(op, "output", y, "input", x);
        if (order > 0) {
            ShapeMismatchException.require(op, "factor", factor.shape(), x.shape());
            Checks.apartOrSame(op, "output", y, "factor", factor);
        }
        FunctionGeometry g = new FunctionGeometry(f, order, x.elements());
        float[] factors = order == 0 ? null : factor.array();
        int factorOffset = order == 0 ? 0 : factor.offset();
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.FUNCTION, g)
                    .run(g, x.array(), x.offset(), factors, factorOffset, y.array(), y.offset(), workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /**
     * Computes {@code y = 0} at places that are chosen with the given probability, and {@code y = x / (1 - probability)}
     * at all others. The choice depends on the seed and the place alone, so the same call on a gradient is the gradient.
     * Throws {@link ShapeMismatchException} if the shapes differ.
     *
     * @throws IllegalArgumentException if the probability is not at least 0 and below 1
     */
    public void dropout(Tensor x, double probability, long seed, Tensor y) {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException(
                    "dropout: the probability is " + probability + ", needs 0 <= probability < 1");
        }
        ShapeMismatchException.require("dropout", "output", y.shape(), x.shape());
        Checks.apartOrSame("dropout", "output", y, "input", x);
        RowsGeometry g = new RowsGeometry(1, x.elements());
        int threshold = (int) Math.round(probability * (1 << 24));
        float scale = (float) (1 / (1 - probability));
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.DROPOUT, g)
                    .run(g, x.array(), x.offset(), seed, threshold, scale, y.array(), y.offset(), workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    private void binary(String op, Slot<RowsGeometry, BinaryKernel> slot, Tensor a, Tensor b, Tensor y) {
        ShapeMismatchException.require(op, "second operand", b.shape(), a.shape());
        ShapeMismatchException.require(op, "output", y.shape(), a.shape());
        Checks.apartOrSame(op, "output", y, "first operand", a);
        Checks.apartOrSame(op, "output", y, "second operand", b);
        RowsGeometry g = a.shape().flat();
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
