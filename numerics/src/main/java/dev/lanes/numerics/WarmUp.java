package dev.lanes.numerics;

import com.sun.management.ThreadMXBean;
import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.geometry.GemmGeometry;
import dev.lanes.numerics.kernels.FmaPeak;
import dev.lanes.numerics.kernels.Kernel;
import dev.lanes.numerics.kernels.KernelTable;
import dev.lanes.numerics.kernels.Slot;
import dev.lanes.numerics.kernels.Workspace;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Lets the compiler see the kernels that a network needs before anybody waits for them, and tells which of them are not
 * as fast as they should be; made by {@link Engine#warmUp}.
 *
 * <p>Vector code runs a thousand times slower until it is compiled, and it is compiled while it is called often. So
 * problems and {@linkplain #work work} are repeated, half a second for all of them in turns, until nothing becomes faster
 * and every kernel is {@linkplain Rate#warm warm}: three such rounds at the least, ten at the most. Work of a small batch
 * is as good as that of a large one, because the kernels cut both into the same tiles. Needs room for the largest operands
 * once more. Not for several threads; while work is given, the engine should have no other.
 *
 * <pre>{@code
 * engine.warmUp()
 *         .work(() -> network.forward(Pass.evaluation(Tape.none(engine)), image))
 *         .run()
 *         .stream()
 *         .filter(rate -> !rate.warm())
 *         .forEach(System.err::println);
 * }</pre>
 */
public final class WarmUp {
    private static final int LEAST_ROUNDS = 3;
    private static final int MOST_ROUNDS = 10;
    private static final long ROUND_NANOS = 500_000_000L;
    /** How long a problem's rate is measured. */
    private static final long RATE_NANOS = 20_000_000L;

    /** Operations a value from which on a kernel does not wait for memory. */
    private static final double BUSY = 16;
    /**
     * The share of the peak that such a kernel reaches at the least; uncompiled ones stay below a hundredth. Few channels
     * of output, as the 6 of LeNet-5, leave most of a vector empty.
     */
    private static final double EXPECTED = 0.03;
    /** Bytes of a few records; vectors that are objects take more. */
    private static final long RECORDS = 4096;

    /**
     * How fast a problem is once its kernel is warm.
     *
     * @param operation the kernel's slot, as in {@code conv2d.forward}
     * @param problem the geometry's text form
     * @param kernel the kernel that the engine chooses for it
     * @param gflops thousand millions of floating-point operations a second
     * @param shareOfPeak these as a share of what the engine's threads do at the most; NaN where that is not known
     * @param expectedShare the least share that a kernel compiled in full reaches; small for a problem that waits for memory
     * @param allocatedBytes what a call allocates on the caller's thread; vectors are objects in code that is not
     *     compiled in full. -1 where the JVM does not tell
     */
    public record Rate(
            String operation,
            String problem,
            String kernel,
            double gflops,
            double shareOfPeak,
            double expectedShare,
            long allocatedBytes) {
        /** Tells whether the kernel is compiled in full: it makes no objects of its vectors, and is as fast as expected. */
        public boolean warm() {
            return allocatedBytes < RECORDS && !(shareOfPeak < expectedShare);
        }
    }

    private final Engine engine;
    private final Set<KernelTable.Choice> choices = new LinkedHashSet<>();
    private final List<Runnable> works = new ArrayList<>();

    WarmUp(Engine engine) {
        this.engine = engine;
    }

    /** Adds a matrix product in single precision. */
    public WarmUp product(GemmGeometry g) {
        return add(Slot.GEMM, g);
    }

    /** Adds a convolution. */
    public WarmUp convolution(Conv2dGeometry g) {
        return add(Slot.CONV2D_FORWARD, g);
    }

    private <G, K extends Kernel<G>> WarmUp add(Slot<G, K> slot, G g) {
        choices.add(new KernelTable.Choice(slot, g, engine.kernels().choose(slot, g)));
        return this;
    }

    /**
     * Does some work once, a network's answer or a step of its training, and adds every product and convolution that it
     * asks this engine for, and the work as a whole. What it throws is thrown here.
     */
    public WarmUp work(Runnable work) {
        Set<KernelTable.Choice> seen = new LinkedHashSet<>();
        engine.telling(
                choice -> {
                    synchronized (seen) {
                        seen.add(choice);
                    }
                },
                work);
        choices.addAll(seen);
        works.add(work);
        return this;
    }

    /** Repeats all until they are warm, and returns how fast each problem then is, in the order of adding. */
    public List<Rate> run() {
        List<WarmUpProblem> problems = choices.stream()
                .flatMap(choice -> WarmUpProblem.of(choice).stream())
                .toList();
        float[] first = room(problems, WarmUpProblem::first);
        float[] second = room(problems, WarmUpProblem::second);
        float[] result = room(problems, WarmUpProblem::result);
        List<Runnable> calls = problems.stream()
                .<Runnable>map(problem -> () -> call(problem.call(), first, second, result))
                .toList();
        List<Runnable> all = new ArrayList<>(works);
        all.addAll(calls);
        double[] nanos = new double[all.size()];
        Arrays.fill(nanos, Double.POSITIVE_INFINITY);
        double peak = problems.isEmpty()
                ? Double.NaN
                : FmaPeak.measure(engine.threads()).orElse(Double.NaN);
        List<Rate> rates = List.of();
        for (int round = 1; round <= MOST_ROUNDS && !all.isEmpty(); round++) {
            boolean faster = round < LEAST_ROUNDS;
            for (int i = 0; i < nanos.length; i++) {
                double now = repeat(all.get(i), ROUND_NANOS / all.size());
                faster |= now < 0.9 * nanos[i];
                nanos[i] = Math.min(nanos[i], now);
            }
            if (!faster || round == MOST_ROUNDS) {
                rates = IntStream.range(0, calls.size())
                        .mapToObj(i -> rate(problems.get(i), calls.get(i), peak))
                        .toList();
                if (rates.stream().allMatch(Rate::warm)) {
                    break;
                }
            }
        }
        return rates;
    }

    private static Rate rate(WarmUpProblem problem, Runnable call, double peak) {
        double nanos = repeat(call, RATE_NANOS);
        long before = allocated();
        call.run();
        long bytes = before < 0 ? -1 : allocated() - before;
        double gflops = problem.flops() / nanos;
        KernelTable.Choice choice = problem.choice();
        return new Rate(
                choice.slot().name(),
                choice.geometry().toString(),
                choice.kernel().name(),
                gflops,
                gflops / peak,
                problem.flops() == 0 ? 0 : EXPECTED * Math.min(1, problem.intensity() / BUSY),
                bytes);
    }

    private static float[] room(List<WarmUpProblem> problems, ToIntFunction<WarmUpProblem> values) {
        return new float[problems.stream().mapToInt(values).max().orElse(0)];
    }

    /** Calls for so long, but twice at least; returns the shortest time of one. */
    private static double repeat(Runnable problem, long most) {
        long begin = System.nanoTime();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 2 || System.nanoTime() - begin < most; i++) {
            long start = System.nanoTime();
            problem.run();
            best = Math.min(best, System.nanoTime() - start);
        }
        return Math.max(1, best);
    }

    private void call(WarmUpProblem.Call call, float[] first, float[] second, float[] result) {
        Workspace workspace = engine.borrow();
        try {
            call.run(first, second, result, workspace);
        } finally {
            engine.giveBack(workspace);
        }
    }

    /** Returns what this thread has allocated so far; -1 where that cannot be asked. */
    private static long allocated() {
        try {
            return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
                    ? bean.getCurrentThreadAllocatedBytes()
                    : -1;
        } catch (LinkageError | UnsupportedOperationException absent) {
            return -1; // a runtime image without the module, or another JVM
        }
    }
}
