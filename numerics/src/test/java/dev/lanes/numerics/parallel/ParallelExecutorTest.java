package dev.lanes.numerics.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A team that borrows its helpers from an executor. */
@Timeout(60)
class ParallelExecutorTest {
    @Test
    void should_run_every_chunk_exactly_once_on_a_pool() {
        try (ExecutorService pool = Executors.newFixedThreadPool(3);
                Parallel team = Parallel.ofExecutor(3, pool)) {
            exactlyOnce(team, 50_000);
        }
    }

    @Test
    void should_run_every_chunk_exactly_once_on_a_single_thread() {
        try (ExecutorService pool = Executors.newSingleThreadExecutor();
                Parallel team = Parallel.ofExecutor(4, pool)) {
            exactlyOnce(team, 50_000);
        }
    }

    @Test
    void should_run_every_chunk_exactly_once_on_virtual_threads() {
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor();
                Parallel team = Parallel.ofExecutor(3, pool)) {
            exactlyOnce(team, 20_000);
        }
    }

    @Test
    void should_run_every_chunk_exactly_once_on_an_executor_that_runs_in_the_caller() {
        try (Parallel team = Parallel.ofExecutor(3, Runnable::run)) {
            exactlyOnce(team, 20_000);
        }
    }

    @Test
    void should_do_without_an_executor_that_refuses() {
        AtomicInteger asked = new AtomicInteger();
        Executor refusing = turn -> {
            asked.incrementAndGet();
            throw new RejectedExecutionException("full");
        };
        try (Parallel team = Parallel.ofExecutor(3, refusing)) {
            exactlyOnce(team, 1000);
        }
        assertTrue(asked.get() >= 1000, "asked again for each job");
    }

    @Test
    void should_do_without_an_executor_that_has_been_shut_down() {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try (Parallel team = Parallel.ofExecutor(2, pool)) {
            exactlyOnce(team, 1000);
            pool.close();
            exactlyOnce(team, 1000);
        }
    }

    @Test
    void should_end_the_job_before_an_exception_of_the_executor_reaches_the_caller() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        IllegalStateException broken = new IllegalStateException("broken executor");
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger running = new AtomicInteger();
        CountDownLatch helperIn = new CountDownLatch(1);
        Executor secondFails = turn -> {
            if (asked.incrementAndGet() == 2) {
                ParallelTest.await(helperIn); // the first helper holds a chunk when the second cannot be had
                throw broken;
            }
            pool.execute(turn);
        };
        try (pool;
                Parallel team = Parallel.ofExecutor(3, secondFails)) {
            assertSame(
                    broken,
                    assertThrows(
                            IllegalStateException.class,
                            () -> team.run(4, (chunk, worker) -> {
                                running.incrementAndGet();
                                helperIn.countDown();
                                for (int i = 0; i < 10_000; i++) {
                                    Thread.yield();
                                }
                                running.decrementAndGet();
                            })));
            assertEquals(0, running.get(), "a chunk was still running when the caller had its exception");
            exactlyOnce(team, 1000);
        }
    }

    @Test
    void should_keep_at_most_one_turn_a_helper_in_the_queue_of_a_busy_executor() {
        Deque<Runnable> queue = new ArrayDeque<>();
        try (Parallel team = Parallel.ofExecutor(3, queue::add)) {
            exactlyOnce(team, 10_000);
            assertEquals(2, queue.size());
        }
        queue.forEach(Runnable::run); // late turns of a closed team find nothing to do
    }

    @Test
    void should_take_the_help_of_a_turn_that_starts_late() {
        Deque<Runnable> queue = new ArrayDeque<>();
        AtomicIntegerArray workers = new AtomicIntegerArray(2);
        try (Parallel team = Parallel.ofExecutor(2, queue::add)) {
            team.run(4, (chunk, worker) -> workers.incrementAndGet(worker));
            assertEquals("[4, 0]", workers.toString());
            team.run(4, (chunk, worker) -> {
                if (worker == 0 && chunk == 0) {
                    queue.poll().run(); // the turn of the first job does the rest of the second
                }
                workers.incrementAndGet(worker);
            });
            assertEquals("[5, 3]", workers.toString());
            team.run(4, (chunk, worker) -> workers.incrementAndGet(worker));
            assertEquals(1, queue.size(), "a turn that has ended is asked for again");
        }
    }

    @Test
    void should_never_give_one_number_to_two_chunks_at_a_time() {
        AtomicIntegerArray taken = new AtomicIntegerArray(3);
        AtomicInteger shared = new AtomicInteger();
        try (ExecutorService pool = Executors.newCachedThreadPool();
                Parallel team = Parallel.ofExecutor(3, pool)) {
            for (int job = 0; job < 5000; job++) {
                team.run(9, (chunk, worker) -> {
                    if (!taken.compareAndSet(worker, 0, 1)) {
                        shared.incrementAndGet();
                    }
                    Thread.yield();
                    taken.set(worker, 0);
                });
            }
        }
        assertEquals(0, shared.get());
    }

    @Test
    void should_start_no_threads_and_leave_the_executor_open() {
        ExecutorService pool = Executors.newFixedThreadPool(1);
        Parallel team = Parallel.ofExecutor(2, pool);
        exactlyOnce(team, 10);
        assertEquals(List.of(), ParallelTest.liveWorkers());
        team.close();
        assertEquals(false, pool.isShutdown());
        pool.close();
    }

    private static void exactlyOnce(Parallel team, int jobs) {
        int[] marks = new int[8];
        Parallel.Task task = (chunk, worker) -> marks[chunk]++;
        for (int job = 1; job <= jobs; job++) {
            team.run(8, task);
            for (int mark : marks) {
                if (mark != job) {
                    assertEquals(job, mark, "job " + job);
                }
            }
        }
    }
}
