package dev.lanes.layers.ops;

import dev.lanes.layers.autodiff.Application;
import dev.lanes.layers.autodiff.Cotangents;
import dev.lanes.layers.autodiff.Evaluation;
import dev.lanes.layers.autodiff.InputTangents;
import dev.lanes.layers.autodiff.Op;
import dev.lanes.layers.autodiff.Variable;
import dev.lanes.numerics.MatrixOps;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import java.util.List;

/**
 * The fully connected layer {@code y = x w + b}, b added to every row.
 *
 * <p>Gradients {@code dx = dy w'}, {@code dw = x' dy}, {@code db = sum over the rows of dy}. <b>Shapes</b>: x {@code
 * [batch, in]}, w {@code [in, out]}, b {@code [out]} or left out, y {@code [batch, out]}.
 */
public final class LinearOp implements Op {
    /** The op; it has no settings. */
    public static final LinearOp LINEAR = new LinearOp();

    private LinearOp() {}

    @Override
    public String name() {
        return "linear";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        OpChecks.inputs(name(), inputs, 2, 3);
        Shape x = inputs.get(0);
        Shape w = inputs.get(1);
        OpChecks.rank(name(), "input is", x, 2, "[batch, in]");
        OpChecks.rank(name(), "weights are", w, 2, "[in, out]");
        if (x.dim(1) != w.dim(0)) {
            throw new ShapeMismatchException(
                    name(), "input has " + x.dim(1) + " columns, weights need " + w.dim(0) + "; x=" + x + " w=" + w);
        }
        if (inputs.size() == 3) {
            ShapeMismatchException.require(name(), "bias", inputs.get(2), Shape.of(w.dim(1)));
        }
        return Shape.of(x.dim(0), w.dim(1));
    }

    @Override
    public void forward(Evaluation e) {
        Tensor bias = e.inputs() == 3 ? e.input(2) : null;
        e.engine().matrix().linear(e.input(0), e.input(1), bias, e.output());
    }

    @Override
    public void vjp(Evaluation e, Tensor dOut, Cotangents into) {
        if (into.wants(0)) {
            e.engine().matrix().gemm(false, true, 1f, dOut, e.input(1), 0f, into.target(0));
        }
        if (into.wants(1)) {
            e.engine().matrix().gemm(true, false, 1f, e.input(0), dOut, 0f, into.target(1));
        }
        if (e.inputs() == 3 && into.wants(2)) {
            e.engine().rows().sum(dOut, into.target(2));
        }
    }

    /** {@code dy = dx w + x dw + db}. */
    @Override
    public void jvp(Evaluation e, InputTangents in, Tensor dOut) {
        MatrixOps matrix = e.engine().matrix();
        boolean first = true;
        if (in.has(0)) {
            matrix.gemm(false, false, 1f, in.get(0), e.input(1), 0f, dOut);
            first = false;
        }
        if (in.has(1)) {
            matrix.gemm(false, false, 1f, e.input(0), in.get(1), first ? 0f : 1f, dOut);
            first = false;
        }
        if (e.inputs() == 3 && in.has(2)) {
            e.engine().rows().addRow(first ? dOut.fill(0f) : dOut, in.get(2), dOut);
        }
    }

    /** Linear in x and in w: {@code u dw'} and {@code dx' u} are all. */
    @Override
    public void hvp(Evaluation e, InputTangents in, Tensor dOut, Cotangents into) {
        MatrixOps matrix = e.engine().matrix();
        if (in.has(1) && into.wants(0)) {
            matrix.gemm(false, true, 1f, dOut, in.get(1), 0f, into.target(0));
        }
        if (in.has(0) && into.wants(1)) {
            matrix.gemm(true, false, 1f, in.get(0), dOut, 0f, into.target(1));
        }
    }

    @Override
    public Variable gradient(Application a, int input, Variable dOut) {
        return switch (input) {
            case 0 -> a.apply(new MatmulOp(false, true), dOut, a.input(1));
            case 1 -> a.apply(new MatmulOp(true, false), a.input(0), dOut);
            default -> {
                Variable ones = a.constant(Tensor.zeros(1, dOut.shape().dim(0)).fill(1f));
                yield a.apply(ReshapeOp.to(a.input(2).shape()), a.apply(MatmulOp.MATMUL, ones, dOut));
            }
        };
    }
}
