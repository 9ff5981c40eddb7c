package dev.lanes.bench.run;

import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Times a piece of work by batches of many calls.
 *
 * <p>On one thread it reads the processor time of the thread, so that what other programs take does not count; on more
 * the clock on the wall.
 */
public final class Stopwatch {
    private static final long BATCH_NANOS = 1_000_000;
    private static final int MOST_BATCHES = 4096;
    private static final double STEADY = 0.02;
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    private final double[] samples = new double[MOST_BATCHES];
    private final boolean cpuTime;
    private long callsPerBatch = 1;

    /** Makes one that reads the processor time of the thread, where that can be read and is wanted. */
    public Stopwatch(boolean cpuTime) {
        this.cpuTime = cpuTime && threads.isCurrentThreadCpuTimeSupported();
    }

    /**
     * Calls until the time is over and for half of it nothing was compiled and the work did not become faster, eight
     * times the time at most; finds how many calls make a batch.
     *
     * @param allocation bytes that a call takes at most once it is compiled; it is called for seconds until that is so,
     *     because large methods take a second and more to compile, during which nothing seems to happen
     */
    public void warmUp(Runnable work, long nanos, long allocation) {
        long begin = System.nanoTime();
        work.run();
        long now = System.nanoTime();
        long first = now - begin;
        double best = first;
        long changed = now;
        long compiled = compiler == null ? 0 : compiler.getTotalCompilationTime();
        callsPerBatch = 1;
        while (now - begin < 8 * nanos && (now - begin < nanos || now - changed < nanos / 2)) {
            long start = now;
            for (long i = 0; i < callsPerBatch; i++) {
                work.run();
            }
            now = System.nanoTime();
            double each = (now - start) / (double) callsPerBatch;
            long compiledNow = compiler == null ? 0 : compiler.getTotalCompilationTime();
            if (each < best * (1 - STEADY) || compiledNow != compiled) {
                changed = now;
            }
            best = Math.min(best, each);
            compiled = compiledNow;
            callsPerBatch = Math.max(1, (long) (BATCH_NANOS / Math.max(best, 1)));
        }
        if (allocatedByCall(work) > allocation) {
            long end = System.nanoTime() + PATIENCE_NANOS;
            do {
                for (long i = 0; i < callsPerBatch; i++) {
                    work.run();
                }
            } while (allocatedByCall(work) > allocation && System.nanoTime() < end);
            warmUp(work, nanos, Long.MAX_VALUE);
        }
    }

    private long allocatedByCall(Runnable work) {
        long before = threads.getTotalThreadAllocatedBytes();
        work.run();
        return threads.getTotalThreadAllocatedBytes() - before;
    }

    /** Calls for about the time, at least once. */
    Reply round(Runnable work, long nanos) {
        long allocatedBefore = threads.getTotalThreadAllocatedBytes();
        long begin = System.nanoTime();
        long cpuBegin = cpuTime ? threads.getCurrentThreadCpuTime() : 0;
        long now = begin;
        long cpuNow = cpuBegin;
        int count = 0;
        long calls = 0;
        while (count == 0 || (count < MOST_BATCHES && now - begin < nanos)) {
            long start = cpuTime ? cpuNow : now;
            for (long i = 0; i < callsPerBatch; i++) {
                work.run();
            }
            now = System.nanoTime();
            cpuNow = cpuTime ? threads.getCurrentThreadCpuTime() : 0;
            samples[count++] = ((cpuTime ? cpuNow : now) - start) / (double) callsPerBatch;
            calls += callsPerBatch;
        }
        long allocated = threads.getTotalThreadAllocatedBytes() - allocatedBefore;
        double wallOverCpu = cpuTime ? (now - begin) / (double) Math.max(1, cpuNow - cpuBegin) : 0;
        double median = Statistics.median(Arrays.copyOf(samples, count));
        return new Reply(null, null, null, null, median, wallOverCpu, calls, allocated / (double) calls, null);
    }
}
