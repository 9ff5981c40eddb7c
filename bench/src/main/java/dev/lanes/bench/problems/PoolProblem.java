package dev.lanes.bench.problems;

import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;

/** A pooling: {@code maxpool} without switches, as in inference, or {@code avgpool} that does not count the padding. */
public final class PoolProblem implements Problem {
    private static final double U = 0x1p-24;

    private final String kernel;
    private final Pool2dGeometry g;
    private final float[] x;

    PoolProblem(String kernel, String shape) {
        this.kernel = kernel;
        g = Pool2dGeometry.parse(shape);
        x = Numbers.floats(1, g.inputShape().elements());
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
    public Pool2dGeometry geometry() {
        return g;
    }

    /** Returns the images, NHWC; not to be changed. */
    public float[] x() {
        return x;
    }

    /** Tells whether it is the maximum, else the average. */
    public boolean max() {
        return kernel.equals("maxpool");
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
        return g.outputShape().elements();
    }

    @Override
    public double expected(int index) {
        int c = index % g.channels();
        int ow = index / g.channels() % g.outW();
        int oh = index / g.channels() / g.outW() % g.outH();
        int image = index / g.channels() / g.outW() / g.outH();
        Window2d window = g.window();
        double best = Double.NEGATIVE_INFINITY;
        double sum = 0;
        int count = 0;
        for (int kh = 0; kh < window.kH(); kh++) {
            int ih = oh * window.strideH() + kh * window.dilationH() - window.padTop();
            for (int kw = 0; kw < window.kW() && ih >= 0 && ih < g.inH(); kw++) {
                int iw = ow * window.strideW() + kw * window.dilationW() - window.padLeft();
                if (iw >= 0 && iw < g.inW()) {
                    double value = x[((image * g.inH() + ih) * g.inW() + iw) * g.channels() + c];
                    best = Math.max(best, value);
                    sum += value;
                    count++;
                }
            }
        }
        return max() ? best : sum / count;
    }

    @Override
    public double tolerance() {
        return max() ? 0 : (reductionLength() + 4.0) * U;
    }

    @Override
    public int reductionLength() {
        return g.window().kH() * g.window().kW();
    }
}
