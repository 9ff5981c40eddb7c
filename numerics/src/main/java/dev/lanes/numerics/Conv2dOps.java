package dev.lanes.numerics;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;

/**
 * The 2-d convolutions of an {@link Engine}, images {@code [batch, height, width, channels]}; see {@link
 * Conv2dGeometry} for the formula. Outputs are overwritten and must not share memory with inputs.
 */
public final class Conv2dOps {
    private final Engine engine;

    Conv2dOps(Engine engine) {
        this.engine = engine;
    }

    /**
     * Computes {@code y = conv(x, w) + bias}.
     *
     * <p><b>Shapes</b>: x {@code [batch, inH, inW, inC]}, w {@code [kH, kW, inC / groups, outC]}, bias {@code [outC]} or
     * null for none, y {@code [batch, outH, outW, outC]}.
     *
     * @throws ShapeMismatchException if an operand does not have the shape that the geometry gives
     */
    public void forward(Tensor x, Tensor w, Tensor bias, Conv2dGeometry g, Tensor y) {
        String op = "conv2d";
        ShapeMismatchException.require(op, "input", x.shape(), g.inputShape(), g);
        ShapeMismatchException.require(op, "weights", w.shape(), g.weightShape(), g);
        ShapeMismatchException.require(op, "output", y.shape(), g.outputShape(), g);
        Checks.apart(op, "output", y, "input", x);
        Checks.apart(op, "output", y, "weights", w);
        Epilogue epilogue = Epilogue.NONE;
        if (bias != null) {
            ShapeMismatchException.require(op, "bias", bias.shape(), Shape.of(g.outC()), g);
            Checks.apart(op, "output", y, "bias", bias);
            epilogue = Epilogue.bias(bias.array(), bias.offset());
        }
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.CONV2D_FORWARD, g)
                    .run(g, x.array(), x.offset(), w.array(), w.offset(), y.array(), y.offset(), epilogue, workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /**
     * Computes dx, the gradient by the input of {@code <dy, conv(x, w)>}: the transposed convolution of dy.
     *
     * <p><b>Shapes</b>: dy {@code [batch, outH, outW, outC]}, w {@code [kH, kW, inC / groups, outC]}, dx {@code [batch,
     * inH, inW, inC]}.
     *
     * @throws ShapeMismatchException if an operand does not have the shape that the geometry gives
     */
    public void backwardInput(Tensor dy, Tensor w, Conv2dGeometry g, Tensor dx) {
        String op = "conv2d.backwardInput";
        ShapeMismatchException.require(op, "output gradient", dy.shape(), g.outputShape(), g);
        ShapeMismatchException.require(op, "weights", w.shape(), g.weightShape(), g);
        ShapeMismatchException.require(op, "input gradient", dx.shape(), g.inputShape(), g);
        Checks.apart(op, "input gradient", dx, "output gradient", dy);
        Checks.apart(op, "input gradient", dx, "weights", w);
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.CONV2D_BACKWARD_INPUT, g)
                    .run(g, dy.array(), dy.offset(), w.array(), w.offset(), dx.array(), dx.offset(), workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /**
     * Computes dw, the gradient by the weights of {@code <dy, conv(x, w)>}, summed over the batch.
     *
     * <p><b>Shapes</b>: x {@code [batch, inH, inW, inC]}, dy {@code [batch, outH, outW, outC]}, dw {@code [kH, kW, inC /
     * groups, outC]}.
     *
     * @throws ShapeMismatchException if an operand does not have the shape that the geometry gives
     */
    public void backwardWeights(Tensor x, Tensor dy, Conv2dGeometry g, Tensor dw) {
        String op = "conv2d.backwardWeights";
        ShapeMismatchException.require(op, "input", x.shape(), g.inputShape(), g);
        ShapeMismatchException.require(op, "output gradient", dy.shape(), g.outputShape(), g);
        ShapeMismatchException.require(op, "weight gradient", dw.shape(), g.weightShape(), g);
        Checks.apart(op, "weight gradient", dw, "input", x);
        Checks.apart(op, "weight gradient", dw, "output gradient", dy);
        Workspace workspace = engine.borrow();
        try {
            engine.kernels()
                    .choose(Slot.CONV2D_BACKWARD_WEIGHTS, g)
                    .run(g, x.array(), x.offset(), dy.array(), dy.offset(), dw.array(), dw.offset(), workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }
}
