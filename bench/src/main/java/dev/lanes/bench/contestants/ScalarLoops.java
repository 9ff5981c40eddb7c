package dev.lanes.bench.contestants;

import dev.lanes.bench.problems.ConvProblem;
import dev.lanes.bench.problems.FunctionProblem;
import dev.lanes.bench.problems.GemmProblem;
import dev.lanes.bench.problems.LayerProblem;
import dev.lanes.bench.problems.NetworkProblem;
import dev.lanes.bench.problems.PoolProblem;
import dev.lanes.bench.problems.Problem;
import dev.lanes.bench.problems.RowsProblem;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.geometry.Window2d;

/** Plain loops in an order that the JIT compiler can turn into vectors by itself: what one writes without a library. */
final class ScalarLoops implements Contestant {
    ScalarLoops(int threads) {
        if (threads != 1) {
            throw new MissingPeerException("plain loops run on one thread");
        }
    }

    @Override
    public String version() {
        return "plain loops, " + Runtime.version();
    }

    @Override
    public Candidate prepare(Problem problem) {
        return switch (problem) {
            case GemmProblem p
            when !p.inDoubles() && !p.geometry().transA() && !p.geometry().transB() -> {
                float[] c = new float[p.answers()];
                yield new Loops(c, "rows of B times elements of A", () -> gemm(p.geometry(), p.a(), p.b(), c));
            }
            case ConvProblem p
            when p.forward() -> {
                float[] y = new float[p.answers()];
                yield new Loops(y, "along the output channels", () -> conv(p.geometry(), p.x(), p.w(), y));
            }
            case RowsProblem p
            when !p.kernel().equals("softmax") -> {
                float[] y = new float[p.answers()];
                yield p.kernel().equals("add")
                        ? new Loops(y, "one loop", () -> add(p.x(), p.second(), y))
                        : new Loops(y, "one loop", () -> relu(p.x(), y));
            }
            case GemmProblem _,
                    ConvProblem _,
                    PoolProblem _,
                    RowsProblem _,
                    FunctionProblem _,
                    NetworkProblem _,
                    LayerProblem _ -> throw new UnsupportedOperationException("no plain loop for " + problem.kernel());
        };
    }

    private static void gemm(GemmGeometry g, float[] a, float[] b, float[] c) {
        for (int i = 0; i < g.m(); i++) {
            int row = i * g.n();
            for (int j = 0; j < g.n(); j++) {
                c[row + j] = 0;
            }
            for (int p = 0; p < g.k(); p++) {
                scaledRow(a[i * g.k() + p], b, p * g.n(), c, row, g.n());
            }
        }
    }

    private static void scaledRow(float factor, float[] x, int xAt, float[] y, int yAt, int length) {
        for (int j = 0; j < length; j++) {
            y[yAt + j] += factor * x[xAt + j];
        }
    }

    private static void conv(Conv2dGeometry g, float[] x, float[] w, float[] y) {
        Window2d window = g.window();
        int each = g.outCPerGroup();
        for (int pixel = 0; pixel < g.batch() * g.outH() * g.outW(); pixel++) {
            int ow = pixel % g.outW();
            int oh = pixel / g.outW() % g.outH();
            int image = pixel / g.outW() / g.outH();
            int yAt = pixel * g.outC();
            for (int co = 0; co < g.outC(); co++) {
                y[yAt + co] = 0;
            }
            for (int kh = 0; kh < window.kH(); kh++) {
                int ih = oh * window.strideH() + kh * window.dilationH() - window.padTop();
                for (int kw = 0; kw < window.kW() && ih >= 0 && ih < g.inH(); kw++) {
                    int iw = ow * window.strideW() + kw * window.dilationW() - window.padLeft();
                    if (iw < 0 || iw >= g.inW()) {
                        continue;
                    }
                    int xAt = ((image * g.inH() + ih) * g.inW() + iw) * g.inC();
                    int wAt = (kh * window.kW() + kw) * g.inCPerGroup() * g.outC();
                    if (each == 1 && g.inCPerGroup() == 1) {
                        products(x, xAt, w, wAt, y, yAt, g.outC());
                    } else {
                        for (int ic = 0; ic < g.inC(); ic++) {
                            int group = ic / g.inCPerGroup();
                            scaledRow(
                                    x[xAt + ic],
                                    w,
                                    wAt + ic % g.inCPerGroup() * g.outC() + group * each,
                                    y,
                                    yAt + group * each,
                                    each);
                        }
                    }
                }
            }
        }
    }

    private static void products(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int length) {
        for (int j = 0; j < length; j++) {
            y[yAt + j] += a[aAt + j] * b[bAt + j];
        }
    }

    private static void relu(float[] x, float[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.max(x[i], 0f);
        }
    }

    private static void add(float[] a, float[] b, float[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = a[i] + b[i];
        }
    }

    @Override
    public void close() {}

    private record Loops(float[] output, String detail, Runnable work) implements Candidate {
        @Override
        public void run() {
            work.run();
        }

        @Override
        public double answer(int index) {
            return output[index];
        }
    }
}
