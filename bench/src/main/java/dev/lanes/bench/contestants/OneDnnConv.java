package dev.lanes.bench.contestants;

import dev.lanes.bench.problems.ConvProblem;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A convolution or one of its gradients as a primitive of oneDNN, whose sizes are written NCHW and [G]OIHW. */
final class OneDnnConv {
    private static final int AUTO = 3;
    private static final int TRAINING = 64;

    private final Dnnl dnnl;
    private final ConvProblem p;
    private final Conv2dGeometry g;
    private final long[] xSizes;
    private final long[] ySizes;
    private final long[] wSizes;
    private final MemorySegment xPlain;
    private final MemorySegment yPlain;
    private final MemorySegment wPlain;

    OneDnnConv(Dnnl dnnl, ConvProblem p) {
        this.dnnl = dnnl;
        this.p = p;
        g = p.geometry();
        Window2d window = g.window();
        xSizes = new long[] {g.batch(), g.inC(), g.inH(), g.inW()};
        ySizes = new long[] {g.batch(), g.outC(), g.outH(), g.outW()};
        xPlain = nhwc(dnnl, xSizes);
        yPlain = nhwc(dnnl, ySizes);
        long tap = (long) g.inCPerGroup() * g.outC();
        if (g.groups() == 1) {
            wSizes = new long[] {g.outC(), g.inC(), window.kH(), window.kW()};
            wPlain = dnnl.strided(wSizes, 1, g.outC(), window.kW() * tap, tap);
        } else {
            wSizes = new long[] {g.groups(), g.outCPerGroup(), g.inCPerGroup(), window.kH(), window.kW()};
            wPlain = dnnl.strided(wSizes, g.outCPerGroup(), 1, g.outC(), window.kW() * tap, tap);
        }
    }

    /** Returns the layout of images as they lie in lanes. */
    static MemorySegment nhwc(Dnnl dnnl, long[] sizes) {
        long c = sizes[1];
        return dnnl.strided(sizes, sizes[2] * sizes[3] * c, 1, sizes[3] * c, c);
    }

    /** Returns the layout of the answer as it lies in lanes. */
    MemorySegment plainDestination() {
        return p.forward() ? yPlain : p.backwardInput() ? xPlain : wPlain;
    }

    /** Returns the primitive: images as the library likes them, or NHWC; weights as it likes them in any case. */
    OneDnn.Made make(Arena arena, boolean chosen) {
        MemorySegment x = chosen ? dnnl.any(xSizes) : xPlain;
        MemorySegment y = chosen ? dnnl.any(ySizes) : yPlain;
        MemorySegment forward = forward(p.forward() ? OneDnn.INFERENCE : TRAINING, x, y);
        String layout = chosen ? "chosen layout, " : "nhwc, ";
        if (p.forward()) {
            Dnnl.Memory out = dnnl.memory(arena, dnnl.query(forward, Dnnl.QUERY_DST));
            return new OneDnn.Made(
                    dnnl.bind(
                            arena,
                            forward,
                            Dnnl.ARG_SRC,
                            dnnl.converted(arena, p.x(), xPlain, dnnl.query(forward, Dnnl.QUERY_SRC)),
                            Dnnl.ARG_WEIGHTS,
                            dnnl.converted(arena, p.w(), wPlain, dnnl.query(forward, Dnnl.QUERY_WEIGHTS)),
                            Dnnl.ARG_DST,
                            out),
                    out,
                    layout + dnnl.implementation(forward));
        }
        return p.backwardInput()
                ? backwardInput(arena, forward, x, y, layout)
                : backwardWeights(arena, forward, x, y, layout);
    }

    private OneDnn.Made backwardInput(
            Arena arena, MemorySegment forward, MemorySegment x, MemorySegment y, String layout) {
        MemorySegment backward = dnnl.describe(
                "dnnl_convolution_backward_data_primitive_desc_create",
                AUTO,
                x,
                dnnl.any(wSizes),
                y,
                strides(),
                dilations(),
                before(),
                after(),
                forward,
                MemorySegment.NULL);
        Dnnl.Memory out = dnnl.memory(arena, dnnl.query(backward, Dnnl.QUERY_DIFF_SRC));
        return new OneDnn.Made(
                dnnl.bind(
                        arena,
                        backward,
                        Dnnl.ARG_DIFF_DST,
                        dnnl.converted(arena, p.dy(), yPlain, dnnl.query(backward, Dnnl.QUERY_DIFF_DST)),
                        Dnnl.ARG_WEIGHTS,
                        dnnl.converted(arena, p.w(), wPlain, dnnl.query(backward, Dnnl.QUERY_WEIGHTS)),
                        Dnnl.ARG_DIFF_SRC,
                        out),
                out,
                layout + dnnl.implementation(backward));
    }

    private OneDnn.Made backwardWeights(
            Arena arena, MemorySegment forward, MemorySegment x, MemorySegment y, String layout) {
        MemorySegment backward = dnnl.describe(
                "dnnl_convolution_backward_weights_primitive_desc_create",
                AUTO,
                x,
                dnnl.any(wSizes),
                MemorySegment.NULL,
                y,
                strides(),
                dilations(),
                before(),
                after(),
                forward,
                MemorySegment.NULL);
        Dnnl.Memory out = dnnl.memory(arena, dnnl.query(backward, Dnnl.QUERY_DIFF_WEIGHTS));
        return new OneDnn.Made(
                dnnl.bind(
                        arena,
                        backward,
                        Dnnl.ARG_SRC,
                        dnnl.converted(arena, p.x(), xPlain, dnnl.query(backward, Dnnl.QUERY_SRC)),
                        Dnnl.ARG_DIFF_DST,
                        dnnl.converted(arena, p.dy(), yPlain, dnnl.query(backward, Dnnl.QUERY_DIFF_DST)),
                        Dnnl.ARG_DIFF_WEIGHTS,
                        out),
                out,
                layout + dnnl.implementation(backward));
    }

    private MemorySegment forward(int kind, MemorySegment x, MemorySegment y) {
        return dnnl.describe(
                "dnnl_convolution_forward_primitive_desc_create",
                kind,
                AUTO,
                x,
                dnnl.any(wSizes),
                MemorySegment.NULL,
                y,
                strides(),
                dilations(),
                before(),
                after(),
                MemorySegment.NULL);
    }

    private long[] strides() {
        return new long[] {g.window().strideH(), g.window().strideW()};
    }

    private long[] dilations() {
        return new long[] {g.window().dilationH() - 1, g.window().dilationW() - 1};
    }

    private long[] before() {
        return new long[] {g.window().padTop(), g.window().padLeft()};
    }

    private long[] after() {
        return new long[] {g.window().padBottom(), g.window().padRight()};
    }
}
