package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Application;
import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * The matrix product {@code y = op(a) op(b)}, where op transposes or does not.
 *
 * <p>Gradients {@code d op(a) = dy op(b)'}, {@code d op(b) = op(a)' dy}. <b>Shapes</b>: op(a) {@code [m, k]}, op(b)
 * {@code [k, n]}, y {@code [m, n]}.
 */
public final class MatmulOp implements Op {
    /** The plain product, {@code y = a b}. */
    public static final MatmulOp MATMUL = new MatmulOp(false, false);

    private final boolean transA;
    private final boolean transB;

    /** Makes the op that takes its operands transposed, or not. */
    public MatmulOp(boolean transA, boolean transB) {
        this.transA = transA;
        this.transB = transB;
    }

    @Override
    public String name() {
        return "matmul";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 2, 2);
        Shape a = inputs.get(0);
        Shape b = inputs.get(1);
        OpChecks.rank(name(), "a is", a, 2, transA ? "[k, m]" : "[m, k]");
        OpChecks.rank(name(), "b is", b, 2, transB ? "[n, k]" : "[k, n]");
        int k = a.dim(transA ? 0 : 1);
        if (b.dim(transB ? 1 : 0) != k) {
            throw new ShapeMismatchException(
                    name(),
                    "a " + a + (transA ? " transposed" : "") + " has " + k + " columns, b " + b
                            + (transB ? " transposed" : "") + " has " + b.dim(transB ? 1 : 0) + " rows");
        }
        return Shape.of(a.dim(transA ? 1 : 0), b.dim(transB ? 0 : 1));
    }

    @Override
    public void forward(Evaluation e) {
        e.engine().matrix().gemm(transA, transB, 1f, e.input(0), e.input(1), 0f, e.output());
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        gradients(e, e.input(0), e.input(1), dOut, into);
    }

    /** {@code dy = da b + a db}. */
    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        if (in.has(0)) {
            e.engine().matrix().gemm(transA, transB, 1f, in.get(0), e.input(1), 0f, dOut);
        }
        if (in.has(1)) {
            e.engine().matrix().gemm(transA, transB, 1f, e.input(0), in.get(1), in.has(0) ? 1f : 0f, dOut);
        }
    }

    /** Linear in a and in b: the gradient by the one changes with the other. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {
        gradients(e, in.has(0) ? in.get(0) : null, in.has(1) ? in.get(1) : null, dOut, into);
    }

    /** Computes the gradient by a from b and that by b from a, where these are given. */
    private void gradients(Evaluation e, Tensor a, Tensor b, Tensor dOut, Cotangents into) {
        if (b != null && into.wants(0)) {
            if (transA) {
                e.engine().matrix().gemm(transB, true, 1f, b, dOut, 0f, into.target(0));
            } else {
                e.engine().matrix().gemm(false, !transB, 1f, dOut, b, 0f, into.target(0));
            }
        }
        if (a != null && into.wants(1)) {
            if (transB) {
                e.engine().matrix().gemm(true, transA, 1f, dOut, a, 0f, into.target(1));
            } else {
                e.engine().matrix().gemm(!transA, false, 1f, a, dOut, 0f, into.target(1));
            }
        }
    }

    @Override
    public Variable gradient(Application at, int input, Variable dOut) {
        Variable a = at.input(0);
        Variable b = at.input(1);
        if (input == 0) {
            return transA
                    ? at.apply(new MatmulOp(transB, true), b, dOut)
                    : at.apply(new MatmulOp(false, !transB), dOut, b);
        }
        return transB ? at.apply(new MatmulOp(true, transA), dOut, a) : at.apply(new MatmulOp(!transA, false), a, dOut);
    }

    /** Returns what is transposed, as in {@code matmul a' b}. */
    @Override
    public String toString() {
        return name() + (transA ? " a'" : " a") + (transB ? " b'" : " b");
    }
}
