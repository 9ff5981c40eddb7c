package dev.lanes.numerics;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.kernels.Conv2dWeights;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;

/**
 * The 2-d convolutions of an {@link Engine}, images {@code [batch, height, width, channels]}; see {@link
 * Conv2dGeometry} for the formula. Outputs are overwritten and must not share memory with inputs.
 */
public final class Conv2dOps {
    static final String CONV2D = "conv2d";

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
        forward(x, w, g, Finish.bias(bias), y);
    }

    /**
     * Computes {@code y = finish(conv(x, w))}: bias, residual and clamps in the same pass.
     *
     * <p><b>Shapes</b>: as above; a residual has the shape of y.
     *
     * @throws ShapeMismatchException if an operand does not have the shape that the geometry gives
     */
    public void forward(Tensor x, Tensor w, Conv2dGeometry g, Finish finish, Tensor y) {
        requireImages(x, g, y);
        Checks.weights(CONV2D, "weights", w, g);
        Checks.apart(CONV2D, "output", y, "weights", w);
        Epilogue epilogue = finish.epilogue(CONV2D, y, g.outC(), g);
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
     * Returns a copy of the weights, arranged as this engine's backend reads them fastest, for {@link #forward(Tensor,
     * PreparedConv2d, Tensor, Conv2dGeometry, Tensor)}; worth it where the same weights are used many times.
     *
     * <p><b>Shapes</b>: w {@code [kH, kW, inC / groups, outC]}. Batch and size of the image may be others when the
     * weights are used.
     *
     * @throws ShapeMismatchException if the weights do not have the shape that the geometry gives
     */
    public PreparedConv2d prepare(Tensor w, Conv2dGeometry g) {
        Checks.weights("conv2d.prepare", "weights", w, g);
        Workspace workspace = engine.borrow();
        try {
            return new PreparedConv2d(
                    engine.backend(),
                    g,
                    engine.kernels().choose(Slot.CONV2D_FORWARD, g).prepare(g, w.array(), w.offset(), workspace));
        } finally {
            engine.giveBack(workspace);
        }
    }

    /**
     * Computes {@code y = conv(x, w) + bias} with prepared weights; the bits are those of the weights as they were.
     *
     * <p><b>Shapes</b>: x {@code [batch, inH, inW, inC]}, bias {@code [outC]} or null for none, y {@code [batch, outH,
     * outW, outC]}.
     *
     * @throws ShapeMismatchException if an operand does not have the shape that the geometry gives, or the geometry
     *     differs from that of the weights in more than batch and size of the image
     * @throws IllegalArgumentException if another backend prepared the weights
     */
    public void forward(Tensor x, PreparedConv2d w, Tensor bias, Conv2dGeometry g, Tensor y) {
        forward(x, w, g, Finish.bias(bias), y);
    }

    /**
     * Computes {@code y = finish(conv(x, w))} with prepared weights: bias, residual and clamps in the same pass.
     *
     * <p><b>Shapes</b>: as above; a residual has the shape of y.
     *
     * @throws ShapeMismatchException as above
     * @throws IllegalArgumentException if another backend prepared the weights
     */
    public void forward(Tensor x, PreparedConv2d w, Conv2dGeometry g, Finish finish, Tensor y) {
        requireImages(x, g, y);
        Conv2dWeights weights = w.weights(CONV2D, engine, g);
        Epilogue epilogue = finish.epilogue(CONV2D, y, g.outC(), g);
        Workspace workspace = engine.borrow();
        try {
            weights.run(g, x.array(), x.offset(), y.array(), y.offset(), epilogue, workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    static void requireImages(Tensor x, Conv2dGeometry g, Tensor y) {
        Checks.input(CONV2D, "input", x, g);
        Checks.output(CONV2D, "output", y, g);
        Checks.apart(CONV2D, "output", y, "input", x);
    }

    /**
     * Computes the transposed convolution {@code y = convT(x, w) + bias}, which spreads every pixel of x over a window of
     * y: the gradient by the input of the convolution that the geometry describes, which takes y's shape to x's. See
     * {@link Conv2dGeometry#transposed} for the geometry of given stride, padding and output padding.
     *
     * <p>Its own gradients are the convolution's other two operations: by x {@code forward(dy, w)}, by w {@code
     * backwardWeights(dy, x)}, by the bias the sum of dy over all pixels.
     *
     * <p><b>Shapes</b>: x {@code [batch, outH, outW, outC]}, w {@code [kH, kW, inC / groups, outC]}, bias {@code [inC]} or
     * null for none, y {@code [batch, inH, inW, inC]}, each as the geometry names them.
     *
     * @throws ShapeMismatchException if an operand does not have the shape that the geometry gives
     */
    public void transposed(Tensor x, Tensor w, Tensor bias, Conv2dGeometry g, Tensor y) {
        String op = "conv2d.transposed";
        Checks.output(op, "input", x, g);
        Checks.weights(op, "weights", w, g);
        Checks.input(op, "output", y, g);
        Checks.apart(op, "output", y, "input", x);
        Checks.apart(op, "output", y, "weights", w);
        if (bias != null) {
            ShapeMismatchException.require(op, "bias", bias.shape(), Shape.of(g.inC()), g);
            Checks.apart(op, "output", y, "bias", bias);
        }
        backwardInput(x, w, g, y);
        if (bias != null) {
            engine.rows().addRow(y, bias, y);
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
        Checks.output(op, "output gradient", dy, g);
        Checks.weights(op, "weights", w, g);
        Checks.input(op, "input gradient", dx, g);
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
        Checks.input(op, "input", x, g);
        Checks.output(op, "output gradient", dy, g);
        Checks.weights(op, "weight gradient", dw, g);
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
