package dev.lanes.numerics.kernels.vector.conv;

import static dev.lanes.numerics.kernels.vector.simd.Simd.LANES;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.kernels.Conv2dForwardKernel;
import dev.lanes.numerics.kernels.Conv2dWeights;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.kernels.vector.gemm.Panels;
import dev.lanes.numerics.kernels.vector.gemm.Transpose;
import dev.lanes.numerics.kernels.vector.simd.Endings;
import dev.lanes.numerics.parallel.Parallel;

/**
 * Convolution of images of few channels, the first layer of a network.
 *
 * <p>Some lines of the image are put apart into {@link PixelPlanes}, so that every tap of the window is one shifted view of
 * them, and a sum runs over all taps at once, wherever they point. With many channels of output lanes are channels, and
 * {@link ChannelTiles} write pixels to their place. With few, lanes are neighbouring pixels, so that none is idle: {@link
 * PixelTiles} sum across the ends of lines into scratch, which is then turned into pixels; the results between the lines
 * are dropped.
 *
 * <p>Each output is summed from the bias on over {@code (kh, kw, ci)} ascending, with zeros for pixels outside.
 */
public final class Conv2dPlanes implements Conv2dForwardKernel {
    /** Channels of input of a first layer. */
    private static final int FEW = 4;
    /** As few channels of output would leave half of a vector's lanes empty; the copy into planes is worth many taps. */
    private static final int HALF_EMPTY = 8;

    static final int MANY_TAPS = 9;
    /** Pixels of a chunk, so many that the lines around their windows are copied for few of them. */
    private static final int PIXELS = 896;
    /** Values of the planes of a chunk: 256 KiB, within the second-level cache. */
    private static final int PLANES = 1 << 16;

    @Override
    public String name() {
        return "planes";
    }

    @Override
    public boolean supports(Conv2dGeometry g) {
        int taps = g.window().kH() * g.window().kW();
        return g.groups() == 1 && (g.inC() <= FEW && taps > 1 || g.outC() <= HALF_EMPTY && taps >= MANY_TAPS);
    }

    @Override
    public void run(
            Conv2dGeometry g,
            float[] x,
            int xOffset,
            float[] w,
            int wOffset,
            float[] y,
            int yOffset,
            Epilogue epilogue,
            Workspace workspace) {
        float[] packed = workspace.floats(0, 0, packedLength(g));
        pack(g, w, wOffset, packed);
        run(g, x, xOffset, packed, y, yOffset, epilogue, workspace);
    }

    @Override
    public Conv2dWeights prepare(Conv2dGeometry prepared, float[] w, int wOffset, Workspace workspace) {
        float[] packed = new float[packedLength(prepared)];
        pack(prepared, w, wOffset, packed);
        return (g, x, xOffset, y, yOffset, epilogue, scratch) ->
                run(g, x, xOffset, packed, y, yOffset, epilogue, scratch);
    }

    /** Tells whether lanes are channels: where not too many of the last tile's are idle. */
    private static boolean alongChannels(Conv2dGeometry g) {
        int width = Panels.width(g.outC());
        return 3 * Math.ceilDiv(g.outC(), width) * width <= 4 * g.outC();
    }

    /** Returns the channels of output of a tile. */
    private static int channels(Conv2dGeometry g) {
        return alongChannels(g) ? Panels.width(g.outC()) : PixelTiles.channels(g.outC());
    }

    private static int paddedChannels(Conv2dGeometry g) {
        int channels = channels(g);
        return Math.ceilDiv(g.outC(), channels) * channels;
    }

    /** Returns the length of the packed weights: {@code [tile][k][channels of a tile]}. */
    static int packedLength(Conv2dGeometry g) {
        return g.reductionLength() * paddedChannels(g);
    }

    private static void pack(Conv2dGeometry g, float[] w, int wOffset, float[] packed) {
        int channels = channels(g);
        int k = g.reductionLength();
        int to = 0;
        for (int first = 0; first < g.outC(); first += channels) {
            for (int p = 0; p < k; p++) {
                int from = wOffset + p * g.outC() + first;
                for (int i = 0; i < channels; i++) {
                    packed[to++] = first + i < g.outC() ? w[from + i] : 0f;
                }
            }
        }
    }

    /** Convolves with weights that are packed. */
    static void run(
            Conv2dGeometry g,
            float[] x,
            int xOffset,
            float[] packed,
            float[] y,
            int yOffset,
            Epilogue epilogue,
            Workspace workspace) {
        Job job = workspace.job(Job.class, Job::new);
        job.g = g;
        job.x = x;
        job.xOffset = xOffset;
        job.packed = packed;
        job.y = y;
        job.yOffset = yOffset;
        job.epilogue = epilogue;
        job.workspace = workspace;
        try {
            job.run();
        } finally {
            job.x = null;
            job.packed = null;
            job.y = null;
            job.epilogue = null;
            job.workspace = null;
        }
    }

    /** One convolution under way; kept by the workspace, so that a call allocates nothing. */
    private static final class Job {
        private final Parallel.Task lines = this::lines;
        private final PixelPlanes layout = new PixelPlanes();
        private int[] taps;
        private Conv2dGeometry g;
        private float[] x;
        private int xOffset;
        private float[] packed;
        private float[] bias;
        private float[] y;
        private int yOffset;
        private Epilogue epilogue;
        private boolean ends;
        private Workspace workspace;
        /** Channels of output of a tile, and of all of them. */
        private int channels;

        private int allChannels;
        /** Channels that are turned together: a vector, as long as the tiles end where it does. */
        private int turned;
        /** Pixels of a tile. */
        private int pixels;

        private int pitch;
        private int outW;
        private int outC;
        private int linesAChunk;
        private int chunksAnImage;

        void run() {
            outW = g.outW();
            outC = g.outC();
            channels = channels(g);
            allChannels = paddedChannels(g);
            turned = LANES % channels == 0 ? LANES : allChannels;
            pixels = alongChannels(g)
                    ? ChannelTiles.pixels(outW, channels == ChannelTiles.NR)
                    : PixelTiles.pixels(channels);
            layout.prepare(g, 1, false);
            int fitting = PLANES / layout.length(); // more, since lines share what they see
            int most = Math.clamp(Math.min(fitting, Math.ceilDiv(PIXELS, outW)), 1, g.outH());
            chunksAnImage = Math.ceilDiv(g.outH(), most);
            linesAChunk = Math.ceilDiv(g.outH(), chunksAnImage);
            chunksAnImage = Math.ceilDiv(g.outH(), linesAChunk);
            layout.prepare(g, linesAChunk, false);
            taps = layout.taps();
            pitch = layout.pitch();
            bias = workspace.floats(0, 3, allChannels);
            epilogue.begin(1, outC, 0f, bias, 0, 0, 0);
            ends = epilogue.residual() != null || epilogue.clamps();
            workspace.run(g.batch() * chunksAnImage, g.flops(), lines);
        }

        private void lines(int chunk, int worker) {
            int b = chunk / chunksAnImage;
            int first = chunk % chunksAnImage * linesAChunk;
            int count = Math.min(linesAChunk, g.outH() - first);
            int image = xOffset + b * g.inH() * g.inW() * g.inC();
            int at = yOffset + (b * g.outH() + first) * outW * outC;
            float[] planes = workspace.floats(worker, 1, layout.length() + pixels);
            layout.copy(x, image, first, planes, 0);
            if (alongChannels(g)) {
                panels(planes, count, at, worker);
            } else {
                pixels(planes, count, at, worker);
            }
        }

        /** Computes some lines panel by panel; where a tile does not fit it is computed in scratch. */
        private void panels(float[] planes, int count, int yAt, int worker) {
            int k = g.reductionLength();
            float[] edge = workspace.floats(worker, 2, channels * pixels);
            for (int j = 0; j < outC; j += channels) {
                int n = Math.min(channels, outC - j);
                for (int oh = 0; oh < count; oh++) {
                    int at = yAt + oh * outW * outC + j;
                    if (n < channels || outW < pixels) {
                        for (int ow = 0; ow < outW; ow += pixels) {
                            ChannelTiles.run(
                                    pixels,
                                    k,
                                    packed,
                                    j * k,
                                    planes,
                                    oh * pitch + ow,
                                    taps,
                                    bias,
                                    j,
                                    edge,
                                    0,
                                    channels);
                            int some = Math.min(pixels, outW - ow);
                            for (int i = 0; i < some; i++) {
                                System.arraycopy(edge, i * channels, y, at + (ow + i) * outC, n);
                            }
                        }
                    } else {
                        line(j, oh * pitch, planes, at);
                    }
                    if (ends) {
                        Endings.end(epilogue, outW, n, y, at, outC);
                    }
                }
            }
        }

        /** Computes a panel of one line; its last tile begins earlier, and gives some pixels a second time. */
        private void line(int j, int i, float[] planes, int yAt) {
            int k = g.reductionLength();
            int last = outW - pixels;
            for (int ow = 0; ow <= last; ow += ow < last ? Math.min(pixels, last - ow) : 1) {
                ChannelTiles.run(pixels, k, packed, j * k, planes, i + ow, taps, bias, j, y, yAt + ow * outC, outC);
            }
        }

        /** Computes some lines a tile of pixels after the other, as if they were one. */
        private void pixels(float[] planes, int count, int yAt, int worker) {
            int k = g.reductionLength();
            float[] sums = workspace.floats(worker, 2, turned * pixels);
            int end = (count - 1) * pitch + outW;
            for (int i = 0; i < end; i += pixels) {
                int next = Math.min(i + pixels, end);
                for (int j = 0; j < outC; j += turned) {
                    int n = Math.min(turned, outC - j);
                    for (int c = 0; c < n; c += channels) {
                        PixelTiles.run(
                                channels, k, packed, (j + c) * k, planes, i, taps, bias, j + c, sums, c * pixels);
                    }
                    store(sums, n, i, next, yAt + j);
                }
            }
        }

        /** Writes n channels of the results {@code begin} to {@code end} to their pixels, but not those between the lines. */
        private void store(float[] sums, int n, int begin, int end, int yAt) {
            for (int i = begin; i < end; i += pitch - i % pitch) {
                int ow = i % pitch;
                int count = Math.min(end - i, outW - ow);
                if (count > 0) {
                    int at = yAt + (i / pitch * outW + ow) * outC;
                    Transpose.run(n, count, 1f, sums, i - begin, pixels, y, at, outC);
                    if (ends) {
                        Endings.end(epilogue, count, n, y, at, outC);
                    }
                }
            }
        }
    }
}
