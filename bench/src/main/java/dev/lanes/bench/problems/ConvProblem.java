package dev.lanes.bench.problems;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;

/**
 * A convolution without bias: {@code conv} and {@code depthwise} forward, where the weights may be prepared beforehand,
 * and the gradients {@code conv-backward-input} and {@code conv-backward-weights}, where they may not.
 */
public final class ConvProblem implements Problem {
    private static final double U = 0x1p-24;

    private final String kernel;
    private final Conv2dGeometry g;
    private final float[] x;
    private final float[] w;
    private final float[] dy;

    ConvProblem(String kernel, String shape) {
        this.kernel = kernel;
        g = Conv2dGeometry.parse(shape);
        x = Numbers.floats(1, g.inputShape().elements());
        w = Numbers.floats(2, g.weightShape().elements());
        dy = forward() ? new float[0] : Numbers.floats(3, g.outputShape().elements());
    }

    @Override
    public String kernel() {
        return kernel;
    }

    @Override
    public String shape() {
        return g.toString();
    }

    /** Returns the sizes. */
    public Conv2dGeometry geometry() {
        return g;
    }

    /** Returns the images, NHWC; not to be changed. */
    public float[] x() {
        return x;
    }

    /** Returns the weights, HWIO; not to be changed. */
    public float[] w() {
        return w;
    }

    /** Returns the gradient by the output, NHWC; empty where there is none; not to be changed. */
    public float[] dy() {
        return dy;
    }

    /** Tells whether it is the convolution itself. */
    public boolean forward() {
        return !kernel.startsWith("conv-backward");
    }

    /** Tells whether it is the gradient by the input. */
    public boolean backwardInput() {
        return kernel.equals("conv-backward-input");
    }

    @Override
    public double flops() {
        return g.flops();
    }

    @Override
    public double bytes() {
        return g.bytes();
    }

    @Override
    public int answers() {
        return (forward() ? g.outputShape() : backwardInput() ? g.inputShape() : g.weightShape()).elements();
    }

    @Override
    public double expected(int index) {
        return forward() ? output(index) : backwardInput() ? inputGradient(index) : weightGradient(index);
    }

    private double output(int index) {
        int co = index % g.outC();
        int ow = index / g.outC() % g.outW();
        int oh = index / g.outC() / g.outW() % g.outH();
        int image = index / g.outC() / g.outW() / g.outH();
        Window2d window = g.window();
        int group = co / g.outCPerGroup();
        double sum = 0;
        for (int kh = 0; kh < window.kH(); kh++) {
            int ih = oh * window.strideH() + kh * window.dilationH() - window.padTop();
            for (int kw = 0; kw < window.kW() && ih >= 0 && ih < g.inH(); kw++) {
                int iw = ow * window.strideW() + kw * window.dilationW() - window.padLeft();
                for (int ci = 0; ci < g.inCPerGroup() && iw >= 0 && iw < g.inW(); ci++) {
                    sum += (double) x[xAt(image, ih, iw, group * g.inCPerGroup() + ci)] * w[wAt(kh, kw, ci, co)];
                }
            }
        }
        return sum;
    }

    private double inputGradient(int index) {
        int ic = index % g.inC();
        int iw = index / g.inC() % g.inW();
        int ih = index / g.inC() / g.inW() % g.inH();
        int image = index / g.inC() / g.inW() / g.inH();
        Window2d window = g.window();
        int group = ic / g.inCPerGroup();
        double sum = 0;
        for (int kh = 0; kh < window.kH(); kh++) {
            int row = ih + window.padTop() - kh * window.dilationH();
            for (int kw = 0; kw < window.kW(); kw++) {
                int column = iw + window.padLeft() - kw * window.dilationW();
                if (row % window.strideH() != 0 || column % window.strideW() != 0) {
                    continue;
                }
                int oh = row / window.strideH();
                int ow = column / window.strideW();
                if (row < 0 || column < 0 || oh >= g.outH() || ow >= g.outW()) {
                    continue;
                }
                for (int co = group * g.outCPerGroup(); co < (group + 1) * g.outCPerGroup(); co++) {
                    sum += (double) dy[yAt(image, oh, ow, co)] * w[wAt(kh, kw, ic % g.inCPerGroup(), co)];
                }
            }
        }
        return sum;
    }

    private double weightGradient(int index) {
        int co = index % g.outC();
        int ci = index / g.outC() % g.inCPerGroup();
        int kw = index / g.outC() / g.inCPerGroup() % g.window().kW();
        int kh = index / g.outC() / g.inCPerGroup() / g.window().kW();
        Window2d window = g.window();
        int ic = co / g.outCPerGroup() * g.inCPerGroup() + ci;
        double sum = 0;
        for (int image = 0; image < g.batch(); image++) {
            for (int oh = 0; oh < g.outH(); oh++) {
                int ih = oh * window.strideH() + kh * window.dilationH() - window.padTop();
                for (int ow = 0; ow < g.outW() && ih >= 0 && ih < g.inH(); ow++) {
                    int iw = ow * window.strideW() + kw * window.dilationW() - window.padLeft();
                    if (iw >= 0 && iw < g.inW()) {
                        sum += (double) x[xAt(image, ih, iw, ic)] * dy[yAt(image, oh, ow, co)];
                    }
                }
            }
        }
        return sum;
    }

    private int xAt(int image, int h, int column, int c) {
        return ((image * g.inH() + h) * g.inW() + column) * g.inC() + c;
    }

    private int yAt(int image, int h, int column, int c) {
        return ((image * g.outH() + h) * g.outW() + column) * g.outC() + c;
    }

    private int wAt(int kh, int kw, int ci, int co) {
        return ((kh * g.window().kW() + kw) * g.inCPerGroup() + ci) * g.outC() + co;
    }

    @Override
    public double tolerance() {
        // The sums of the squares of random operands grow with the square root of the length; this bound is for all.
        return (reductionLength() + 4.0) * reductionLength() * U;
    }

    @Override
    public int reductionLength() {
        if (forward()) {
            return g.reductionLength();
        }
        return backwardInput() ? g.window().kH() * g.window().kW() * g.outCPerGroup() : g.batch() * g.outH() * g.outW();
    }
}
