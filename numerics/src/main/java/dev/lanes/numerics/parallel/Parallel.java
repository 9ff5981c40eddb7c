package dev.lanes.numerics.parallel;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the chunks of a job on a fixed number of threads, the caller being one of them.
 *
 * <p>A layer of a network is often 50 microseconds of work, which is what waking a pool thread costs. So workers spin
 * for a bounded time after a job before they park, chunks are claimed one by one, and everybody works through whatever
 * nobody else has claimed: a worker that the operating system has put aside delays nothing but its own chunk. Chunks must
 * not depend on the order in which they run, nor on which worker runs them.
 *
 * <p>Each worker begins with a share of its own, neighbouring chunks, the same in every job of so many chunks, and helps the others when that is
 * done. So what a thread wrote in one job it mostly finds in its own cache in the next: a line that another
 * core has written takes as long to fetch as a hundred multiply-adds.
 *
 * <p>One job runs at a time; a second caller, or a job started from inside a chunk, runs its chunks on its own thread.
 * An exception from a chunk reaches the caller after all running chunks have ended; the remaining chunks are skipped.
 * Worker threads are daemons, and {@link #close} leaves none.
 */
public final class Parallel implements AutoCloseable {
    /** A piece of work that can be done chunk by chunk in any order. */
    @FunctionalInterface
    public interface Task {
        /**
         * Does one chunk.
         *
         * @param chunk which, from 0
         * @param worker who does it, from 0 (the caller) to below {@link Parallel#threads()}; no two chunks of one job
         *     run at the same time under the same number (those of a job started from inside a chunk all run under 0)
         */
        void run(int chunk, int worker);
    }

    /** The workers' spin after a job where nothing else is said: 2 ms, a few layers' distance. */
    public static final Duration DEFAULT_SPIN = Duration.ofMillis(2);

    /** Distance between tickets: two cache lines, which some processors fetch together. */
    private static final int APART = 16;

    private final int threads;
    private final Helper[] helpers;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    /**
     * For each worker's share the running job's number in the upper half, its unclaimed chunks in the lower: both are
     * claimed in one step. Each stands on cache lines of its own.
     */
    private final AtomicLongArray tickets;

    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile boolean closed;
    private Task task;
    private int chunks;
    private int job;

    private Parallel(int threads, Helper[] helpers) {
        this.threads = threads;
        this.helpers = helpers;
        this.tickets = new AtomicLongArray(threads * APART);
    }

    /**
     * Makes a team with workers of its own.
     *
     * @param threads how many threads work on a job, the caller included; 1 starts none
     * @param spin how long a worker looks for the next job before it parks
     */
    public static Parallel ofThreads(int threads, Duration spin) {
        Worker[] workers = new Worker[checked(threads) - 1];
        Parallel parallel = new Parallel(threads, workers);
        for (int i = 0; i < workers.length; i++) {
            workers[i] = parallel.new Worker(i + 1, spin.toNanos());
        }
        try {
            for (Worker worker : workers) {
                worker.thread.start();
            }
        } catch (Throwable t) {
            parallel.close(); // the system gave some threads and then no more
            throw t;
        }
        return parallel;
    }

    /**
     * Makes a team that borrows its helpers from an executor, at most one task a helper at a time; the executor is not
     * closed with it. Slower to start a job than workers that spin, but no thread stands idle. An executor that refuses
     * costs help for one job; one that drops a task silently costs that helper for good.
     */
    public static Parallel ofExecutor(int threads, Executor executor) {
        Parallel parallel = new Parallel(checked(threads), new Helper[threads - 1]);
        for (int i = 0; i < parallel.helpers.length; i++) {
            parallel.helpers[i] = parallel.new Borrowed(i + 1, executor);
        }
        return parallel;
    }

    private static int checked(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
        return threads;
    }

    /** Returns how many threads work on a job, the caller included. */
    public int threads() {
        return threads;
    }

    /**
     * Runs {@code task} once for each chunk from 0 to below {@code chunks} and returns when all are done.
     *
     * @throws IllegalStateException if this team is closed
     */
    public void run(int chunks, Task task) {
        if (closed) {
            throw new IllegalStateException("this engine is closed");
        }
        if (chunks <= 1 || threads == 1 || !busy.compareAndSet(false, true)) {
            for (int chunk = 0; chunk < chunks; chunk++) {
                task.run(chunk, 0);
            }
            return;
        }
        try {
            runTogether(chunks, task);
        } finally {
            busy.set(false);
        }
    }

    private void runTogether(int chunkCount, Task newTask) {
        task = newTask;
        chunks = chunkCount;
        unfinished.set(chunkCount);
        job++;
        for (int share = threads - 1; share >= 0; share--) { // who looks for work finds its own share first
            int count = shareStart(share + 1) - shareStart(share);
            tickets.set(share * APART, (long) job << 32 | count); // publishes the fields above
        }
        try {
            for (int i = 0; i < Math.min(helpers.length, chunkCount - 1); i++) {
                helpers[i].wake();
            }
        } catch (Throwable t) {
            failure.compareAndSet(null, t); // the job is published: it has to end before the caller hears of this
        }
        work(0);
        for (int spins = 0; unfinished.get() != 0; spins++) {
            if (spins < 10_000) {
                Thread.onSpinWait();
            } else {
                Thread.yield(); // the helper that holds the last chunk may need this core
            }
        }
        task = null;
        Throwable thrown = failure.getAndSet(null);
        if (thrown != null) {
            rethrow(thrown);
        }
    }

    /** Returns the first chunk of a share, which the share before ends at. */
    private int shareStart(int share) {
        return (int) ((long) share * chunks / threads);
    }

    /** Claims and does chunks, first those of its own share, until none is left unclaimed; returns whether there was any. */
    private boolean work(int worker) {
        boolean worked = false;
        for (int i = 0; i < threads; i++) {
            worked |= work(worker, (worker + i) % threads);
        }
        return worked;
    }

    /** The finished chunks are told of together, not one by one: every thread's counts stand on one cache line. */
    private boolean work(int worker, int share) {
        int done = 0;
        while (true) {
            long claim = tickets.get(share * APART);
            int left = (int) claim;
            if (left == 0) {
                break;
            }
            // A claim that succeeds keeps its job alive until the chunk is told of, so the fields are this job's.
            if (tickets.compareAndSet(share * APART, claim, claim - 1)) {
                done++;
                try {
                    if (failure.get() == null) {
                        task.run(shareStart(share + 1) - left, worker);
                    }
                } catch (Throwable t) {
                    failure.compareAndSet(null, t);
                }
            }
        }
        if (done > 0) {
            unfinished.addAndGet(-done);
        }
        return done > 0;
    }

    private boolean hasUnclaimed() {
        for (int share = 0; share < threads; share++) {
            if ((int) tickets.get(share * APART) != 0) {
                return true;
            }
        }
        return false;
    }

    private static void rethrow(Throwable thrown) {
        switch (thrown) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(thrown);
        }
    }

    /** Stops the workers and waits for them; a job that is running is finished first. Closing twice does nothing. */
    @Override
    public void close() {
        closed = true;
        for (Helper helper : helpers) {
            helper.stop();
        }
    }

    /** Somebody who helps the caller. */
    private interface Helper {
        void wake();

        void stop();
    }

    /** A thread of our own, that spins for a while after each job and then parks. */
    private final class Worker implements Helper, Runnable {
        private final int number;
        private final long spinNanos;
        private final Thread thread;
        private volatile boolean parked;

        Worker(int number, long spinNanos) {
            this.number = number;
            this.spinNanos = spinNanos;
            this.thread = Thread.ofPlatform().name("lanes-" + number).daemon().unstarted(this);
        }

        @Override
        public void run() {
            long idleSince = System.nanoTime();
            while (!closed) {
                if (work(number)) {
                    idleSince = System.nanoTime();
                } else if (System.nanoTime() - idleSince < spinNanos) {
                    Thread.onSpinWait();
                } else {
                    park();
                    idleSince = System.nanoTime();
                }
            }
        }

        /** Parks unless a job came between the last look and the flag: the caller reads the flag after publishing. */
        private void park() {
            parked = true;
            while (!hasUnclaimed() && !closed && parked) {
                LockSupport.park(this);
                Thread.interrupted(); // a chunk may have left the flag up, and then no park would last
            }
            parked = false;
        }

        @Override
        public void wake() {
            if (parked) {
                parked = false;
                LockSupport.unpark(thread);
            }
        }

        @Override
        public void stop() {
            LockSupport.unpark(thread);
            boolean interrupted = false;
            while (thread != Thread.currentThread() && thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A turn on somebody else's executor. */
    private final class Borrowed implements Helper, Runnable {
        private final int number;
        private final Executor executor;
        /** Up from the moment a turn is handed to the executor until it ends: there is never a second one. */
        private final AtomicBoolean engaged = new AtomicBoolean();

        Borrowed(int number, Executor executor) {
            this.number = number;
            this.executor = executor;
        }

        @Override
        public void run() {
            do {
                work(number);
                engaged.set(false);
                // A job published after that last look found the flag up and handed out no turn: look once more.
            } while (hasUnclaimed() && engaged.compareAndSet(false, true));
        }

        @Override
        public void wake() {
            if (engaged.compareAndSet(false, true)) {
                try {
                    executor.execute(this);
                } catch (RejectedExecutionException e) {
                    engaged.set(false); // only costs help: the caller does every chunk that nobody claims
                }
            }
        }

        @Override
        public void stop() {}
    }
}
