package dev.lanes.tests.kit;

import dev.lanes.numerics.UnaryFunction;
import dev.lanes.numerics.geometry.AxisGeometry;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.FunctionGeometry;
import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.geometry.Pool2dGeometry;
import dev.lanes.numerics.geometry.RowsGeometry;
import dev.lanes.numerics.geometry.Window2d;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Sizes that straddle what kernels are cut into: vectors of 4, 8 and 16 lanes and pairs of them, tiles of 6, 12 and 14
 * rows, blocks of 48 and 96, slabs of 256 to 1,024; with primes, 1, nothing at all, and seeded random ones.
 *
 * <p>Convolutions and poolings are drawn from lists of properties; what is impossible is known from the exception of
 * the geometry's constructor and from nothing else. Sizes stay small, because the first calls of a kernel are
 * interpreted; a few large ones per operation occupy all threads.
 */
public final class Geometries {
    /** Around the lanes, pairs of vectors, and tiles. */
    private static final int[] EDGES = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 21, 23, 24, 25, 27, 28, 29, 31, 32, 33, 41, 42, 43, 47,
        48, 49, 63, 64, 65, 95, 96, 97
    };
    /** Around the blocks along the sum. */
    private static final int[] LONG = {127, 128, 129, 255, 256, 257, 383, 384, 385, 511, 512, 513, 1024, 1025};

    /** Every function, those with parameters with several. */
    public static final List<UnaryFunction> FUNCTIONS = List.of(
            UnaryFunction.EXP,
            UnaryFunction.LOG,
            UnaryFunction.SQRT,
            UnaryFunction.ERF,
            UnaryFunction.TANH,
            UnaryFunction.SIGMOID,
            UnaryFunction.RELU,
            UnaryFunction.STEP,
            UnaryFunction.GELU,
            UnaryFunction.SILU,
            UnaryFunction.SOFTPLUS,
            UnaryFunction.HARD_SIGMOID,
            UnaryFunction.HARD_SWISH,
            UnaryFunction.SELU,
            UnaryFunction.leakyRelu(0.01f),
            UnaryFunction.leakyRelu(-0.3f),
            UnaryFunction.elu(1f),
            UnaryFunction.elu(0.7f),
            UnaryFunction.clamp(0f, 6f),
            UnaryFunction.clamp(-0.3f, Float.POSITIVE_INFINITY));

    private static final int[] CHANNELS = {1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 31, 32, 33};
    private static final long MOST_OPERATIONS = 600_000;

    private Geometries() {}

    /** Returns matrix products of all four transpositions, with and without gaps between rows. */
    public static Collection<GemmGeometry> gemm() {
        Set<GemmGeometry> all = new LinkedHashSet<>();
        RandomGenerator random = Seed.random("gemm");
        for (int edge : EDGES) {
            gemm(all, random, edge, 19, 7);
            gemm(all, random, 13, edge, 7);
            gemm(all, random, 13, 35, edge);
        }
        for (int k : LONG) {
            gemm(all, random, 13, 35, k);
            gemm(all, random, 1, 7, k);
        }
        for (int m : new int[] {1, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
            for (int n : new int[] {1, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33}) {
                gemm(all, random, m, n, pick(random, 1, 3, 8, 17));
            }
        }
        for (int i = 0; i < 100; i++) {
            int m = pick(random, EDGES);
            int n = pick(random, EDGES);
            gemm(all, random, m, n, Math.min(pick(random, EDGES), (int) (MOST_OPERATIONS / (2L * m * n)) + 1));
        }
        for (int some : new int[] {1, 5, 16, 33}) {
            gemm(all, random, 0, some, 3);
            gemm(all, random, some, 0, 3);
            gemm(all, random, some, 7, 0);
            gemm(all, random, 7, some, 0);
        }
        gemm(all, random, 0, 0, 0);
        for (String named : GemmList.NAMED) {
            GemmGeometry g = GemmGeometry.parse(named);
            all.add(g);
            all.add(g.leading(g.lda() + 3, g.ldb() + 5, g.ldc() + 7));
        }
        return all;
    }

    /** Adds the size in two of the four transpositions, one tight and one with gaps. */
    private static void gemm(Set<GemmGeometry> all, RandomGenerator random, int m, int n, int k) {
        GemmGeometry tight = GemmGeometry.of(random.nextBoolean(), random.nextBoolean(), m, n, k);
        all.add(tight);
        GemmGeometry other = GemmGeometry.of(random.nextBoolean(), random.nextBoolean(), m, n, k);
        all.add(other.leading(
                other.lda() + random.nextInt(4), other.ldb() + random.nextInt(4), other.ldc() + 1 + random.nextInt(3)));
    }

    /** Returns convolutions of every kind: strided, dilated, padded on one side, grouped, depthwise, pointwise. */
    public static Collection<Conv2dGeometry> conv2d() {
        Set<Conv2dGeometry> all = new LinkedHashSet<>();
        for (String named : ConvolutionList.NAMED) {
            all.add(Conv2dGeometry.parse(named));
        }
        for (int width : new int[] {1, 4, 5, 6, 7, 11, 12, 13, 14, 15, 16, 17, 23, 24, 25, 47, 48, 49, 95, 96, 97}) {
            all.add(Conv2dGeometry.of(1, 1, width, 3, 5, Window2d.of(1, 1)));
            all.add(Conv2dGeometry.of(1, 2, width, 4, 9, Window2d.of(1, 3).padding(0, 0, 1, 1)));
        }
        for (int channels : CHANNELS) {
            Window2d same = Window2d.of(3, 3).padding(1);
            all.add(Conv2dGeometry.of(1, 5, 6, channels, 6, same));
            all.add(Conv2dGeometry.of(1, 5, 6, 6, channels, same));
            all.add(new Conv2dGeometry(1, 6, 7, channels, channels, channels, same));
            all.add(new Conv2dGeometry(2, 7, 6, channels, channels, channels, same.stride(2)));
            all.add(new Conv2dGeometry(1, 5, 5, channels, 2 * channels, channels, same));
            all.add(new Conv2dGeometry(1, 4, 5, channels, 3 * channels, channels, Window2d.of(2, 2)));
        }
        RandomGenerator random = Seed.random("conv2d");
        for (int i = 0; i < 800; i++) {
            int groups = pick(random, 1, 1, 1, 2, 3, 4);
            try {
                Conv2dGeometry g = new Conv2dGeometry(
                        pick(random, 1, 1, 1, 2, 3),
                        random.nextInt(1, 15),
                        random.nextInt(1, 15),
                        groups * pick(random, CHANNELS),
                        groups * pick(random, CHANNELS),
                        groups,
                        window(random));
                if (g.flops() <= MOST_OPERATIONS / 4) {
                    all.add(g);
                }
            } catch (IllegalArgumentException impossible) {
                continue;
            }
        }
        return all;
    }

    /** Returns poolings with and without overlap, padding on one side, dilation, and the whole image as a window. */
    public static Collection<Pool2dGeometry> pool2d() {
        Set<Pool2dGeometry> all = new LinkedHashSet<>();
        for (String named : new String[] {
            "b0 4x4x3 k2x2 s2 p0 d1",
            "b1 1x1x1 k1x1 s1 p0 d1",
            "b2 7x7x19 k7x7 s1 p0 d1",
            "b1 5x6x17 k1x1 s2 p0 d1",
            "b3 1x13x4 k1x3 s1 p0x1 d1",
            "b4 28x28x33 k2x2 s2 p0 d1",
            "b3 23x25x40 k3x3 s2 p1 d1",
            // windows of 2x2 and 3x3 pixels over few and many channels, at the sides and with holes
            "b3 10x10x6 k2x2 s2 p0 d1",
            "b2 9x11x6 k3x3 s2 p1 d1",
            "b1 12x9x3 k3x3 s1x2 p1 d2",
            "b1 9x12x77 k3x3 s2 p1 d1",
            "b1 7x9x70 k2x2 s1 p0,1,0,1 d1",
            "b2 5x5x1030 k5x5 s1 p0 d1",
            // several vectors of channels, and windows of more than 128 pixels
            "b2 9x7x147 k3x3 s2 p1 d1",
            "b1 8x6x134 k2x2 s2 p0 d1",
            "b2 13x11x83 k13x11 s1 p0 d1",
            "b1 19x21x66 k17x16 s2 p1 d1"
        }) {
            all.add(Pool2dGeometry.parse(named));
        }
        for (int channels : CHANNELS) {
            all.add(new Pool2dGeometry(1, 6, 8, channels, Window2d.of(2, 2).stride(2)));
            all.add(new Pool2dGeometry(
                    2, 7, 5, channels, Window2d.of(3, 3).stride(2).padding(1)));
            all.add(new Pool2dGeometry(1, 5, 6, channels, Window2d.of(3, 3).padding(0, 1, 0, 1)));
        }
        RandomGenerator random = Seed.random("pool2d");
        for (int i = 0; i < 250; i++) {
            try {
                all.add(new Pool2dGeometry(
                        pick(random, 1, 1, 2, 3),
                        random.nextInt(1, 12),
                        random.nextInt(1, 12),
                        pick(random, CHANNELS),
                        window(random)));
            } catch (IllegalArgumentException impossible) {
                continue;
            }
        }
        return all;
    }

    /** Returns a window drawn from lists of properties; many do not fit a small image. */
    private static Window2d window(RandomGenerator random) {
        boolean even = random.nextBoolean();
        int pad = pick(random, 0, 0, 1, 1, 2, 3);
        return new Window2d(
                pick(random, 1, 2, 3, 3, 4, 5, 7),
                pick(random, 1, 2, 3, 3, 4, 5, 7),
                pick(random, 1, 1, 1, 2, 3),
                pick(random, 1, 1, 1, 2, 3),
                pad,
                even ? pad : pick(random, 0, 1, 2, 4),
                even ? pad : pick(random, 0, 1, 2),
                even ? pad : pick(random, 0, 1, 3),
                pick(random, 1, 1, 1, 2, 3),
                pick(random, 1, 1, 1, 2));
    }

    /** Returns extents of rows and columns. */
    public static Collection<RowsGeometry> rows() {
        Set<RowsGeometry> all = new LinkedHashSet<>();
        for (int columns : EDGES) {
            all.add(new RowsGeometry(1, columns));
            all.add(new RowsGeometry(columns < 34 ? 5 : 2, columns));
        }
        for (int rows : new int[] {2, 3, 4, 7, 8, 16, 17, 33, 127, 128, 129, 257}) {
            all.add(new RowsGeometry(rows, 1));
            all.add(new RowsGeometry(rows, 37));
        }
        RandomGenerator random = Seed.random("rows");
        for (int i = 0; i < 16; i++) {
            all.add(new RowsGeometry(random.nextInt(1, 40), random.nextInt(1, 200)));
        }
        all.add(new RowsGeometry(0, 0));
        all.add(new RowsGeometry(0, 9));
        all.add(new RowsGeometry(9, 0));
        all.add(new RowsGeometry(1, 60_001));
        all.add(new RowsGeometry(61, 1009));
        return all;
    }

    /** Returns axes in front of, behind and between others. */
    public static Collection<AxisGeometry> axes() {
        Set<AxisGeometry> all = new LinkedHashSet<>();
        for (RowsGeometry g : rows()) {
            all.add(new AxisGeometry(g.rows(), g.columns(), 1));
            all.add(new AxisGeometry(1, g.rows(), g.columns()));
        }
        RandomGenerator random = Seed.random("axes");
        for (int inner : CHANNELS) {
            all.add(new AxisGeometry(random.nextInt(1, 6), random.nextInt(1, 40), inner));
            all.add(new AxisGeometry(random.nextInt(1, 4), pick(random, EDGES), inner));
        }
        for (int length : LONG) {
            all.add(new AxisGeometry(2, length, 5));
            all.add(new AxisGeometry(3, length, 1));
        }
        all.add(new AxisGeometry(5, 0, 3));
        all.add(new AxisGeometry(2, 3, 0));
        all.add(new AxisGeometry(3, 700, 40));
        all.add(new AxisGeometry(1, 20_011, 3));
        all.add(new AxisGeometry(200, 37, 9));
        return all;
    }

    /** Returns every function and its derivatives, over a few sizes each. */
    public static Collection<FunctionGeometry> functions() {
        Set<FunctionGeometry> all = new LinkedHashSet<>();
        RandomGenerator random = Seed.random("functions");
        for (UnaryFunction function : FUNCTIONS) {
            for (int order = 0; order <= 2; order++) {
                for (int elements : new int[] {0, 1, 15, 16, 17, 33, 1000, 20_001}) {
                    all.add(new FunctionGeometry(function, order, elements));
                }
                all.add(new FunctionGeometry(function, order, pick(random, EDGES)));
            }
        }
        return all;
    }

    private static int pick(RandomGenerator random, int... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
