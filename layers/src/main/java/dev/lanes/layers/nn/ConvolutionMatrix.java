package dev.lanes.layers.nn;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.ShapeMismatchException;
import dev.lanes.numerics.Tensor;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;

/**
 * A convolution written as a product of matrices, in two ways. Both are for looking at and for small images: the kernels
 * compute the same without ever having such a matrix as a whole.
 *
 * <pre>{@code
 * Conv2dGeometry g = Conv2dGeometry.parse("b1 3x3x1 -> 1 k2x2 s1 p0 d1 g1");
 * ConvolutionMatrix.of(w, g);          // [4, 9]: times the image as a column gives the output as a column
 * ConvolutionMatrix.im2col(x, g);      // [4, 4]: times the weights as a column gives the output as a column
 * }</pre>
 */
public final class ConvolutionMatrix {
    private ConvolutionMatrix() {}

    /**
     * Returns the matrix of the convolution as a linear map of one image: row by row which pixels an output is made of.
     *
     * <p><b>Shapes</b>: w {@code [kH, kW, inC / groups, outC]}, result {@code [outH * outW * outC, inH * inW * inC]}, both
     * in the order of row, column, channel.
     *
     * @throws ShapeMismatchException if the weights do not have the shape that the geometry gives
     * @throws IllegalArgumentException if the matrix would not fit one Java array
     */
    public static Tensor of(Tensor w, Conv2dGeometry g) {
        ShapeMismatchException.require("convolution matrix", "weights", w.shape(), g.weightShape(), g);
        Window2d window = g.window();
        Tensor matrix = Tensor.zeros(
                Math.multiplyExact(Math.multiplyExact(g.outH(), g.outW()), g.outC()),
                Math.multiplyExact(Math.multiplyExact(g.inH(), g.inW()), g.inC()));
        for (int oh = 0; oh < g.outH(); oh++) {
            for (int ow = 0; ow < g.outW(); ow++) {
                for (int kh = 0; kh < window.kH(); kh++) {
                    for (int kw = 0; kw < window.kW(); kw++) {
                        int ih = oh * window.strideH() + kh * window.dilationH() - window.padTop();
                        int iw = ow * window.strideW() + kw * window.dilationW() - window.padLeft();
                        if (ih >= 0 && ih < g.inH() && iw >= 0 && iw < g.inW()) {
                            tap(matrix, w, g, oh * g.outW() + ow, ih * g.inW() + iw, kh, kw);
                        }
                    }
                }
            }
        }
        return matrix;
    }

    /** Enters one tap of the window for all channels. */
    private static void tap(Tensor matrix, Tensor w, Conv2dGeometry g, int to, int from, int kh, int kw) {
        for (int o = 0; o < g.outC(); o++) {
            int first = o / g.outCPerGroup() * g.inCPerGroup();
            for (int c = 0; c < g.inCPerGroup(); c++) {
                matrix.set(w.get(kh, kw, c, o), to * g.outC() + o, from * g.inC() + first + c);
            }
        }
    }

    /**
     * Returns the unfolded images: for each output pixel a row with the pixels under the window, zeros where it sees
     * padding. Times the weights as {@code [kH * kW * inC, outC]} it is the convolution.
     *
     * <p><b>Shapes</b>: x {@code [batch, inH, inW, inC]}, result {@code [batch * outH * outW, kH * kW * inC]}.
     *
     * @throws ShapeMismatchException if x does not have the shape that the geometry gives
     * @throws IllegalArgumentException if there are several groups, or the result would not fit one Java array
     */
    public static Tensor im2col(Tensor x, Conv2dGeometry g) {
        ShapeMismatchException.require("im2col", "input", x.shape(), g.inputShape(), g);
        if (g.groups() != 1) {
            throw new IllegalArgumentException("im2col: " + g.groups() + " groups, needs 1; " + g);
        }
        Window2d window = g.window();
        int columns = Math.multiplyExact(Math.multiplyExact(window.kH(), window.kW()), g.inC());
        int rows = Math.multiplyExact(Math.multiplyExact(g.batch(), g.outH()), g.outW());
        return Tensor.generate(Shape.of(rows, columns), at -> {
            int row = at / columns;
            int c = at % columns % g.inC();
            int kw = at % columns / g.inC() % window.kW();
            int kh = at % columns / g.inC() / window.kW();
            int b = row / (g.outH() * g.outW());
            int ih = row / g.outW() % g.outH() * window.strideH() + kh * window.dilationH() - window.padTop();
            int iw = row % g.outW() * window.strideW() + kw * window.dilationW() - window.padLeft();
            boolean inside = ih >= 0 && ih < g.inH() && iw >= 0 && iw < g.inW();
            return inside ? x.get(b, ih, iw, c) : 0;
        });
    }
}
