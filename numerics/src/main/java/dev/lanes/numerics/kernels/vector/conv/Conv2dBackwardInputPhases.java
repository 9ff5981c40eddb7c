package dev.lanes.numerics.kernels.vector.conv;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.Window2d;
import dev.lanes.numerics.kernels.Conv2dBackwardInputKernel;
import dev.lanes.numerics.kernels.Conv2dForwardKernel;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.gemm.Panels;
import dev.lanes.numerics.kernels.vector.gemm.RowTilesWide;
import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;

/**
 * The gradient by the input as convolutions of dy. With stride 1 it is one, with the window turned by 180 degrees and its
 * input and output channels exchanged; with another stride the pixels fall into phases, {@code strideH x strideW} of them,
 * each of which sees its own taps of the window, again with stride 1 (Dumoulin and Visin, A guide to convolution
 * arithmetic, 2016).
 *
 * <pre>
 *   3x3, stride 2:   even lines see the taps of row 1       dx  o x o x o      o: 1 tap or 2 across
 *                    odd lines those of rows 0 and 2            x x x x x      x: 2 taps or 4
 * </pre>
 *
 * <p>Every pixel is summed over the turned window's {@code (kh, kw, co)} ascending by the forward kernel that suits.
 */
public final class Conv2dBackwardInputPhases implements Conv2dBackwardInputKernel {
    /** Values of a phase that wait to be put between those of the others: 16 MiB. */
    private static final int WAITING = 1 << 22;
    /** Fewer channels of input would leave most lanes of a convolution that has them as output empty. */
    private static final int FEW_CHANNELS = 8;

    private final Conv2dDepthwise3x3 nine;
    private final Conv2dDepthwise depthwise;
    private final Conv2dPlanes planes;
    private final Conv2dIm2col im2col;
    private final Conv2dDirect direct;

    /** Takes the kernels to do it with. */
    public Conv2dBackwardInputPhases(
            Conv2dDepthwise3x3 nine,
            Conv2dDepthwise depthwise,
            Conv2dPlanes planes,
            Conv2dDirect direct,
            Conv2dIm2col im2col) {
        this.nine = nine;
        this.depthwise = depthwise;
        this.planes = planes;
        this.direct = direct;
        this.im2col = im2col;
    }

    @Override
    public String name() {
        return "phases";
    }

    @Override
    public boolean supports(Conv2dGeometry g) {
        return g.groups() > 1 || g.inC() >= FEW_CHANNELS || isOnePhase(g);
    }

    /** Tells whether there is one phase, with all taps; lanes along its pixels leave none empty. */
    private static boolean isOnePhase(Conv2dGeometry g) {
        Window2d w = g.window();
        return w.strideH() == 1 && w.strideW() == 1 && w.kH() * w.kW() >= Conv2dPlanes.MANY_TAPS;
    }

    @Override
    public void run(
            Conv2dGeometry g,
            float[] dy,
            int dyOffset,
            float[] w,
            int wOffset,
            float[] dx,
            int dxOffset,
            Workspace workspace) {
        for (PhasePlans.Part part :
                workspace.job(PhasePlans.class, PhasePlans::new).of(g)) {
            if (part.convolution() == null) {
                scatter(g, part, g, null, dx, dxOffset, workspace);
            } else {
                phase(g, part, dy, dyOffset, w, wOffset, dx, dxOffset, workspace);
            }
        }
    }

    private void phase(
            Conv2dGeometry g,
            PhasePlans.Part part,
            float[] dy,
            int dyOffset,
            float[] w,
            int wOffset,
            float[] dx,
            int dxOffset,
            Workspace workspace) {
        Conv2dGeometry all = part.convolution();
        boolean packs = !depthwise.supports(all) && !planes.supports(all) && direct.supports(all);
        float[] weights = workspace.floats(
                0, packs ? 0 : 5, packs ? Conv2dDirect.packedLength(all) : all.reductionLength() * all.outC());
        if (packs) {
            pack(g, part.down(), part.across(), w, wOffset, weights);
        } else {
            turn(g, part.down(), part.across(), w, wOffset, weights);
        }
        if (part.whole()) {
            convolve(all, packs, dy, dyOffset, weights, dx, dxOffset, workspace);
            return;
        }
        int image = all.outH() * all.outW() * g.inC();
        int images = Math.clamp(WAITING / image, 1, Math.max(1, g.batch()));
        float[] waiting = workspace.floats(0, 6, images * image);
        for (int b = 0; b < g.batch(); b += images) {
            Conv2dGeometry some = g.batch() <= images ? all : all.withBatch(Math.min(images, g.batch() - b));
            int from = dyOffset + b * g.outH() * g.outW() * g.outC();
            convolve(some, packs, dy, from, weights, waiting, 0, workspace);
            scatter(g, part, some, waiting, dx, dxOffset + b * g.inH() * g.inW() * g.inC(), workspace);
        }
    }

    private void convolve(
            Conv2dGeometry g,
            boolean packed,
            float[] x,
            int xOffset,
            float[] w,
            float[] y,
            int yOffset,
            Workspace workspace) {
        if (packed) {
            Conv2dDirect.run(g, x, xOffset, w, y, yOffset, Epilogue.NONE, workspace);
        } else {
            Conv2dForwardKernel kernel =
                    nine.supports(g) ? nine : depthwise.supports(g) ? depthwise : planes.supports(g) ? planes : im2col;
            kernel.run(g, x, xOffset, w, 0, y, yOffset, Epilogue.NONE, workspace);
        }
    }

    /** Packs the phase's taps, channels exchanged, as the direct convolution reads them. */
    private static void pack(Conv2dGeometry g, Phase down, Phase across, float[] w, int wOffset, float[] panels) {
        int depth = g.inCPerGroup();
        int width = g.outCPerGroup();
        int to = 0;
        for (int group = 0; group < g.groups(); group++) {
            for (int j = 0; j < depth; j += RowTilesWide.NR) {
                for (int h = 0; h < down.taps(); h++) {
                    for (int v = 0; v < across.taps(); v++) {
                        int tap = down.tap(h) * g.window().kW() + across.tap(v);
                        int from = wOffset + (tap * depth + j) * g.outC() + group * width;
                        Panels.pack(true, width, depth - j, 1f, w, from, g.outC(), panels, to);
                        to += width * Panels.width(depth - j);
                    }
                }
            }
        }
    }

    /** Writes the phase's taps with channels exchanged: {@code out[kh', kw', co, group * depth + ci]}. */
    private static void turn(Conv2dGeometry g, Phase down, Phase across, float[] w, int wOffset, float[] out) {
        int depth = g.inCPerGroup();
        int width = g.outCPerGroup();
        int to = 0;
        for (int h = 0; h < down.taps(); h++) {
            for (int v = 0; v < across.taps(); v++) {
                int from = wOffset + (down.tap(h) * g.window().kW() + across.tap(v)) * depth * g.outC();
                for (int co = 0; co < width; co++) {
                    for (int group = 0; group < g.groups(); group++) {
                        for (int ci = 0; ci < depth; ci++) {
                            out[to++] = w[from + ci * g.outC() + group * width + co];
                        }
                    }
                }
            }
        }
    }

    /** Puts the pixels of a phase to their places in dx; zeros without any. */
    private static void scatter(
            Conv2dGeometry g,
            PhasePlans.Part part,
            Conv2dGeometry phase,
            float[] from,
            float[] dx,
            int dxAt,
            Workspace workspace) {
        Phase down = part.down();
        Phase across = part.across();
        Scatter job = workspace.job(Scatter.class, Scatter::new);
        job.g = g;
        job.down = down;
        job.across = across;
        job.phase = phase;
        job.from = from;
        job.dx = dx;
        job.dxAt = dxAt;
        try {
            workspace.run(
                    phase.batch() * down.count(), 8L * phase.batch() * down.count() * across.count() * g.inC(), job);
        } finally {
            job.from = null;
            job.dx = null;
        }
    }

    private static final class Scatter implements Parallel.Task {
        private Conv2dGeometry g;
        private Phase down;
        private Phase across;
        private Conv2dGeometry phase;
        private float[] from;
        private float[] dx;
        private int dxAt;

        @Override
        public void run(int line, int worker) {
            int channels = g.inC();
            int b = line / down.count();
            int h = line % down.count();
            int ih = down.first() + h * g.window().strideH();
            int to = dxAt + ((b * g.inH() + ih) * g.inW() + across.first()) * channels;
            int step = g.window().strideW() * channels;
            int source = ((b * phase.outH() + down.skip() + h) * phase.outW() + across.skip()) * channels;
            for (int i = 0; i < across.count(); i++) {
                if (from == null) {
                    Arrays.fill(dx, to + i * step, to + i * step + channels, 0f);
                } else {
                    System.arraycopy(from, source + i * channels, dx, to + i * step, channels);
                }
            }
        }
    }
}
