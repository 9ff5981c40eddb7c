package dev.lanes.bench.run;

import dev.lanes.bench.problems.LanesNetwork;
import dev.lanes.bench.problems.NetworkProblem;
import dev.lanes.bench.problems.Problem;
import dev.lanes.numerics.Engine;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.Arrays;

/**
 * A fresh JVM that computes one thing as soon as it can, says so, and goes on until its speed has settled.
 *
 * <p>It prints two lines: {@code first} at the first result, and {@code steady TAB nanos}, the time from then to the
 * first of ten calls of which eight, and the first, are within 10 % of the final speed: where the system's clock ticks within
 * each ten calls, they never all are.
 */
public final class FirstResult {
    /** Begins the lines. */
    static final String FIRST = "@first";

    /** Begins the second line. */
    static final String STEADY = "@steady\t";

    private static final long NANOS = 3_000_000_000L;
    private static final int MOST_CALLS = 2_000_000;
    private static final int IN_A_ROW = 10;
    private static final int NEARLY_ALL = 8;
    private static final double NEAR = 1.1;

    private FirstResult() {}

    /**
     * Computes.
     *
     * @param args a network and its step, or {@code sgemm} and the length of the square; then the number of threads
     */
    public static void main(String[] args) {
        try (Engine engine = Engine.builder().threads(Integer.parseInt(args[2])).build()) {
            Runnable work = work(engine, args[0], args[1]);
            work.run();
            long first = System.nanoTime();
            System.out.println(FIRST);
            long[] ends = new long[MOST_CALLS];
            int calls = 0;
            while (calls < MOST_CALLS && System.nanoTime() - first < NANOS) {
                work.run();
                ends[calls++] = System.nanoTime();
            }
            System.out.println(STEADY + (steady(ends, calls, first) - first));
        }
    }

    private static Runnable work(Engine engine, String what, String size) {
        if (what.equals("sgemm")) {
            int n = Integer.parseInt(size);
            Tensor a = Tensor.generate(Shape.of(n, n), i -> i % 7 - 3);
            Tensor b = Tensor.generate(Shape.of(n, n), i -> i % 5 - 2);
            Tensor c = Tensor.zeros(n, n);
            return () -> engine.matrix().gemm(false, false, 1f, a, b, 0f, c);
        }
        NetworkProblem problem = (NetworkProblem) Problem.of(what, size);
        LanesNetwork network = new LanesNetwork(problem, engine, problem.batch());
        return network::infer;
    }

    /** Returns when the first of ten calls began that were nearly all nearly as fast as the last quarter. */
    static long steady(long[] ends, int calls, long first) {
        long[] times = new long[calls];
        for (int i = 0; i < calls; i++) {
            times[i] = ends[i] - (i == 0 ? first : ends[i - 1]);
        }
        long[] last = Arrays.copyOfRange(times, calls - Math.max(1, calls / 4), calls);
        Arrays.sort(last);
        double limit = NEAR * last[last.length / 2];
        for (int i = 0; i <= calls - IN_A_ROW; i++) {
            long near = Arrays.stream(times, i, i + IN_A_ROW)
                    .filter(time -> time <= limit)
                    .count();
            if (times[i] <= limit && near >= NEARLY_ALL) {
                return i == 0 ? first : ends[i - 1];
            }
        }
        return ends[calls - 1];
    }
}
