package dev.lanes.numerics.kernels;

import dev.lanes.numerics.parallel.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * What one call of an operation may use while it runs: scratch memory, reusable job objects and the threads.
 *
 * <p>A workspace belongs to one call at a time and is handed from call to call by the engine, so steady use allocates
 * nothing. Scratch arrays only grow, and hold whatever the last user left in them.
 */
public final class Workspace {
    /** Below this many operations a job is finished before a second thread would have begun: about 10 us of work. */
    public static final long SERIAL_BELOW = 200_000;

    private final Parallel parallel;
    private final float[][][] scratch;
    private final double[][][] doubleScratch;
    private final List<Object> jobs = new ArrayList<>();

    /** Makes a workspace over the given threads, with no scratch yet. */
    public Workspace(Parallel parallel) {
        this.parallel = parallel;
        this.scratch = new float[parallel.threads()][0][];
        this.doubleScratch = new double[parallel.threads()][0][];
    }

    /** Returns the number of threads that {@link #run} may use. */
    public int threads() {
        return parallel.threads();
    }

    /**
     * Runs {@code task} once for each chunk below {@code chunks}, on all threads if the whole is worth it.
     *
     * @param operations how much work the chunks are together, in floating-point operations or bytes moved
     */
    public void run(int chunks, long operations, Parallel.Task task) {
        if (operations < SERIAL_BELOW) {
            for (int chunk = 0; chunk < chunks; chunk++) {
                task.run(chunk, 0);
            }
        } else {
            parallel.run(chunks, task);
        }
    }

    /**
     * Returns a scratch array of at least {@code length} values, the same one for the same worker and index.
     *
     * @param worker the worker that asks, as given to the task; 0 outside a task
     * @param index which of the worker's arrays, from 0
     */
    public float[] floats(int worker, int index, int length) {
        float[][] mine = scratch[worker];
        if (index >= mine.length) {
            mine = Arrays.copyOf(mine, index + 1);
            scratch[worker] = mine;
        }
        float[] array = mine[index];
        if (array == null || array.length < length) {
            array = new float[length];
            mine[index] = array;
        }
        return array;
    }

    /** Returns a scratch array of doubles, apart from those of {@link #floats}; else as there. */
    public double[] doubles(int worker, int index, int length) {
        double[][] mine = doubleScratch[worker];
        if (index >= mine.length) {
            mine = Arrays.copyOf(mine, index + 1);
            doubleScratch[worker] = mine;
        }
        double[] array = mine[index];
        if (array == null || array.length < length) {
            array = new double[length];
            mine[index] = array;
        }
        return array;
    }

    /**
     * Returns this workspace's one job object of a class, making it on first use: a task with fields for the operands,
     * so that a call need not allocate a closure. The user clears the fields when the call is over.
     */
    public <J> J job(Class<J> type, Supplier<J> maker) {
        for (int i = 0; i < jobs.size(); i++) {
            Object job = jobs.get(i);
            if (job.getClass() == type) {
                return type.cast(job);
            }
        }
        J job = maker.get();
        jobs.add(job);
        return job;
    }
}
