package dev.lanes.bench.run;

import dev.lanes.numerics.parallel.Parallel;
import java.time.Duration;
import java.util.function.IntConsumer;

/** Measures how fast memory is behind the caches, with loops that the JIT compiler turns into vectors. */
final class Bandwidth {
    private static final int LENGTH = 16 << 20; // 64 MiB an array, twice the largest common cache and more
    private static final int TURNS = 5;
    private static final int STRETCH = 1 << 16;
    private static volatile int sink;

    private Bandwidth() {}

    /** Returns GB/s of {@code a = b + s * c}, three arrays, what is read for writing not counted. */
    static double triad(int threads) {
        float[] a = new float[LENGTH];
        float[] b = new float[LENGTH];
        float[] c = new float[LENGTH];
        return best(threads, 12.0 * LENGTH, from -> triad(a, b, c, from));
    }

    /** Returns GB/s of a sum over one array. */
    static double read(int threads) {
        int[] a = new int[LENGTH];
        return best(threads, 4.0 * LENGTH, from -> sink = sum(a, from));
    }

    private static double best(int threads, double bytes, IntConsumer stretch) {
        double best = 0;
        try (Parallel team = Parallel.ofThreads(threads, Duration.ofMillis(20))) {
            for (int turn = 0; turn < TURNS; turn++) {
                long start = System.nanoTime();
                team.run(LENGTH / STRETCH, (chunk, worker) -> stretch.accept(chunk * STRETCH));
                best = Math.max(best, bytes / (System.nanoTime() - start));
            }
        }
        return best;
    }

    private static void triad(float[] a, float[] b, float[] c, int from) {
        for (int i = from; i < from + STRETCH; i++) {
            a[i] = b[i] + 3f * c[i];
        }
    }

    /** Integers, because sums of floats keep their order and are not turned into vectors. */
    private static int sum(int[] a, int from) {
        int sum = 0;
        for (int i = from; i < from + STRETCH; i++) {
            sum += a[i];
        }
        return sum;
    }
}
