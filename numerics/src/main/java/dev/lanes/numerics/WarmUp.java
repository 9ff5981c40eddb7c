package dev.lanes.numerics;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.Conv2dForwardKernel;
import dev.lanes.numerics.kernels.Epilogue;
import dev.lanes.numerics.kernels.FmaPeak;
import dev.lanes.numerics.kernels.GemmKernel;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lets the compiler see the kernels that given problems need before anybody waits for them, and tells how fast each then
 * is; made by {@link Engine#warmUp}.
 *
 * <p>Vector code runs a thousand times slower until it is compiled, and is compiled well only if it is called often: one
 * long call is compiled while it runs, with its accumulators boxed. So each kernel first gets many short calls of a smaller
 * problem of its kind, then some of the problem itself. Goes on as long as they
 * become faster, up to two seconds a problem. Not for several threads.
 *
 * <pre>{@code
 * engine.warmUp()
 *         .product(GemmGeometry.of(1, 1000, 2048))
 *         .convolution(Conv2dGeometry.parse("b1 56x56x64 -> 64 k3x3 s1 p1 d1 g1"))
 *         .run()
 *         .forEach(System.out::println);
 * }</pre>
 */
public final class WarmUp {
    /** How long the short calls of a problem last at the most. */
    private static final long SHORT_NANOS = 200_000_000L;

    private static final int SHORT_CALLS = 12_000;
    private static final int MOST_ROUNDS = 6;
    /** How long the problem itself is repeated at the most, and how often. */
    private static final long WHOLE_NANOS = 100_000_000L;

    private static final int WHOLE_CALLS = 200;

    /**
     * How fast a problem is once its kernel is warm.
     *
     * @param problem the geometry's text form
     * @param kernel the kernel that the engine chooses for it
     * @param gflops thousand millions of floating-point operations a second
     * @param shareOfPeak these as a share of what the engine's threads do at the most; NaN where that is not known.
     *     A product of matrices below a tenth was probably not compiled as it should be; one with a vector waits for memory
     */
    public record Rate(String problem, String kernel, double gflops, double shareOfPeak) {}

    private final Engine engine;
    private final List<Problem> problems = new ArrayList<>();

    WarmUp(Engine engine) {
        this.engine = engine;
    }

    /** One problem: how to run it, and a smaller one of its kind for the same kernel. */
    private record Problem(String text, String kernel, long flops, Runnable whole, Runnable small) {}

    /** Adds a matrix product in single precision. */
    public WarmUp product(GemmGeometry g) {
        GemmKernel kernel = engine.kernels().choose(Slot.GEMM, g);
        GemmGeometry small = new GemmGeometry(
                g.transA(),
                g.transB(),
                small(g.m(), 84),
                small(g.n(), 64),
                small(g.k(), 64),
                g.lda(),
                g.ldb(),
                g.ldc());
        boolean same = engine.kernels().choose(Slot.GEMM, small) == kernel;
        float[] a = new float[g.spanA()];
        float[] b = new float[g.spanB()];
        float[] c = new float[g.spanC()];
        Runnable whole = () -> multiply(kernel, g, a, b, c);
        problems.add(new Problem(
                g.toString(), kernel.name(), g.flops(), whole, same ? () -> multiply(kernel, small, a, b, c) : whole));
        return this;
    }

    /** Adds a convolution. */
    public WarmUp convolution(Conv2dGeometry g) {
        Conv2dForwardKernel kernel = engine.kernels().choose(Slot.CONV2D_FORWARD, g);
        int inH = Math.min(g.inH(), g.window().extentH() + 2 * g.window().strideH());
        Conv2dGeometry small =
                new Conv2dGeometry(Math.min(g.batch(), 1), inH, g.inW(), g.inC(), g.outC(), g.groups(), g.window());
        boolean same = engine.kernels().choose(Slot.CONV2D_FORWARD, small) == kernel;
        float[] x = new float[g.inputShape().elements()];
        float[] w = new float[g.weightShape().elements()];
        float[] y = new float
                [Math.max(g.outputShape().elements(), small.outputShape().elements())];
        Runnable whole = () -> convolve(kernel, g, x, w, y);
        problems.add(new Problem(
                g.toString(), kernel.name(), g.flops(), whole, same ? () -> convolve(kernel, small, x, w, y) : whole));
        return this;
    }

    /** Runs the problems until their kernels are compiled, and returns how fast each then is, in the order of adding. */
    public List<Rate> run() {
        double[] nanos = new double[problems.size()];
        Arrays.fill(nanos, Double.POSITIVE_INFINITY);
        boolean faster = true;
        for (int round = 0;
                round < MOST_ROUNDS && faster;
                round++) { // the compiler works beside us, and takes its time
            problems.forEach(problem -> repeat(problem.small(), SHORT_CALLS, SHORT_NANOS));
            faster = false;
            for (int i = 0; i < nanos.length; i++) {
                double now = repeat(problems.get(i).whole(), WHOLE_CALLS, WHOLE_NANOS);
                faster |= now < 0.8 * nanos[i];
                nanos[i] = Math.min(nanos[i], now);
            }
        }
        double peak = FmaPeak.measure(engine.threads()).orElse(Double.NaN);
        List<Rate> rates = new ArrayList<>();
        for (int i = 0; i < problems.size(); i++) {
            Problem problem = problems.get(i);
            double gflops = problem.flops() / nanos[i];
            rates.add(new Rate(problem.text(), problem.kernel(), gflops, gflops / peak));
        }
        return List.copyOf(rates);
    }

    /** Keeps what a size leaves over of whole blocks, which decides the kernel's tiles. */
    private static int small(int size, int block) {
        return size <= 2 * block ? size : block + size % block;
    }

    /** Calls up to {@code calls} times, or for so long but three times at least; returns the shortest time of one. */
    private static double repeat(Runnable problem, int calls, long most) {
        long begin = System.nanoTime();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < calls && (i < 3 || System.nanoTime() - begin < most); i++) {
            long start = System.nanoTime();
            problem.run();
            best = Math.min(best, System.nanoTime() - start);
        }
        return Math.max(1, best);
    }

    private void multiply(GemmKernel kernel, GemmGeometry g, float[] a, float[] b, float[] c) {
        Workspace workspace = engine.borrow();
        try {
            kernel.run(g, 1f, a, 0, b, 0, 0f, c, 0, Epilogue.NONE, workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    private void convolve(Conv2dForwardKernel kernel, Conv2dGeometry g, float[] x, float[] w, float[] y) {
        Workspace workspace = engine.borrow();
        try {
            kernel.run(g, x, 0, w, 0, y, 0, Epilogue.NONE, workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }
}
