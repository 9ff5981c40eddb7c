package dev.lanes.bench.contestants;

import dev.lanes.bench.problems.PoolProblem;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A pooling as a primitive of oneDNN. */
final class OneDnnPool {
    private static final int MAX = 511;
    private static final int AVERAGE_WITHOUT_PADDING = 1023;
    private static final int BLOCKS = 16;

    private final Dnnl dnnl;
    private final PoolProblem p;
    private final long[] xSizes;
    private final long[] ySizes;

    OneDnnPool(Dnnl dnnl, PoolProblem p) {
        this.dnnl = dnnl;
        this.p = p;
        Pool2dGeometry g = p.geometry();
        xSizes = new long[] {g.batch(), g.channels(), g.inH(), g.inW()};
        ySizes = new long[] {g.batch(), g.channels(), g.outH(), g.outW()};
    }

    /** Returns the layout of the answer as it lies in lanes. */
    MemorySegment nhwc() {
        return OneDnnConv.nhwc(dnnl, ySizes);
    }

    /** Returns the primitive on images as they lie in lanes. */
    OneDnn.Made inNhwc(Arena arena) {
        return make(arena, OneDnnConv.nhwc(dnnl, xSizes), "nhwc, ");
    }

    /** Returns the primitive on images in blocks of 16 channels, which its convolutions like to give. */
    OneDnn.Made inBlocks(Arena arena) {
        if (xSizes[1] % BLOCKS != 0) {
            throw new UnsupportedOperationException("no blocks of 16 channels");
        }
        return make(arena, dnnl.inBlocks(xSizes), "blocks of 16 channels, ");
    }

    private OneDnn.Made make(Arena arena, MemorySegment x, String layout) {
        Window2d w = p.geometry().window();
        MemorySegment described = dnnl.describe(
                "dnnl_pooling_forward_primitive_desc_create",
                OneDnn.INFERENCE,
                p.max() ? MAX : AVERAGE_WITHOUT_PADDING,
                x,
                dnnl.any(ySizes),
                new long[] {w.strideH(), w.strideW()},
                new long[] {w.kH(), w.kW()},
                new long[] {w.dilationH() - 1, w.dilationW() - 1},
                new long[] {w.padTop(), w.padLeft()},
                new long[] {w.padBottom(), w.padRight()},
                MemorySegment.NULL);
        Dnnl.Memory out = dnnl.memory(arena, dnnl.query(described, Dnnl.QUERY_DST));
        Dnnl.Memory in = dnnl.converted(arena, p.x(), OneDnnConv.nhwc(dnnl, xSizes), x);
        return new OneDnn.Made(
                dnnl.bind(arena, described, Dnnl.ARG_SRC, in, Dnnl.ARG_DST, out),
                out,
                layout + dnnl.implementation(described));
    }
}
