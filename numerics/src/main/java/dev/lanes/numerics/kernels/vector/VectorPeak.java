package dev.lanes.numerics.kernels.vector;

import dev.lanes.numerics.parallel.Parallel;
import java.util.Arrays;
import java.util.OptionalDouble;

/** Runs {@link FmaLoop} on several threads and takes the best of several turns; safe where there are no vectors. */
public final class VectorPeak {
    private static final int STEPS = 20_000;
    private static final int TURNS = 300;

    private VectorPeak() {}

    /** Returns the sum of the threads' rates in GFLOP/s; empty where the vector backend is unavailable. */
    public static OptionalDouble measure(int threads) {
        if (!VectorProbe.answer().available()) {
            return OptionalDouble.empty();
        }
        double[] rates = new double[threads];
        try (Parallel team = Parallel.ofThreads(threads, Parallel.DEFAULT_SPIN)) {
            team.run(threads, (chunk, worker) -> rates[chunk] = best());
        }
        return OptionalDouble.of(Arrays.stream(rates).sum());
    }

    private static double best() {
        float[] chains = new float[16 * 16];
        for (int i = 0; i < 2_000; i++) {
            FmaLoop.run(1_000, chains); // many short calls, so that the compiled method is entered at its beginning
        }
        double best = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            long start = System.nanoTime();
            FmaLoop.run(STEPS, chains);
            best = Math.max(best, FmaLoop.flops(STEPS) / (System.nanoTime() - start));
        }
        return best;
    }
}
