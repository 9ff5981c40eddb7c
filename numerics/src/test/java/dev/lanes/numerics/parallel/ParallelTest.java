package dev.lanes.numerics.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A team with workers of its own; {@link ParallelExecutorTest} has the borrowed ones. */
@Timeout(60)
class ParallelTest {
    @ParameterizedTest
    @CsvSource({
        "1,0,100000",
        "2,0,30000",
        "3,0,15000",
        "4,0,15000",
        "1,2,100000",
        "2,2,1000000",
        "3,2,20000",
        "4,2,20000"
    })
    void should_run_every_chunk_exactly_once(int threads, int spinMillis, int jobs) {
        int[][] marks = new int[2][16];
        int[][] expected = new int[2][16];
        Parallel.Task[] tasks = {(chunk, worker) -> marks[0][chunk]++, (chunk, worker) -> marks[1][chunk]++};
        try (Parallel team = Parallel.ofThreads(threads, Duration.ofMillis(spinMillis))) {
            for (int job = 0; job < jobs; job++) {
                int chunks = 2 + job % 13;
                int which = job / 3 % 2;
                team.run(chunks, tasks[which]);
                for (int chunk = 0; chunk < 16; chunk++) {
                    expected[which][chunk] += chunk < chunks ? 1 : 0;
                    if (marks[which][chunk] != expected[which][chunk]) {
                        assertEquals(expected[which][chunk], marks[which][chunk], "job " + job + " chunk " + chunk);
                    }
                }
            }
        }
        assertEquals(List.of(), liveWorkers());
    }

    @Test
    void should_never_give_one_number_to_two_chunks_at_a_time() {
        AtomicIntegerArray taken = new AtomicIntegerArray(4);
        AtomicIntegerArray met = new AtomicIntegerArray(4);
        AtomicInteger shared = new AtomicInteger();
        try (Parallel team = Parallel.ofThreads(4, Duration.ZERO)) {
            for (int job = 0; job < 2000; job++) {
                team.run(16, (chunk, worker) -> {
                    if (!taken.compareAndSet(worker, 0, 1)) {
                        shared.incrementAndGet();
                    }
                    met.set(worker, 1);
                    Thread.yield();
                    taken.set(worker, 0);
                });
            }
        }
        assertEquals(0, shared.get());
        assertEquals("[1, 1, 1, 1]", met.toString());
    }

    @Test
    void should_let_all_threads_work_on_one_job() {
        CountDownLatch together = new CountDownLatch(3);
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        try (Parallel team = Parallel.ofThreads(3, Duration.ZERO)) {
            team.run(3, (chunk, worker) -> {
                workers.add(Thread.currentThread());
                together.countDown();
                await(together); // ends only if three threads are in here at once
            });
        }
        assertEquals(3, workers.size());
        assertTrue(workers.contains(Thread.currentThread()));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 7, 16, 1000})
    void should_begin_with_the_first_chunk_of_its_own_share(int chunks) {
        AtomicIntegerArray first = new AtomicIntegerArray(new int[] {-1, -1, -1, -1});
        CountDownLatch begun = new CountDownLatch(4); // nobody helps another before all have begun
        try (Parallel team = Parallel.ofThreads(4, Duration.ZERO)) {
            team.run(chunks, (chunk, worker) -> {
                if (first.compareAndSet(worker, -1, chunk)) {
                    begun.countDown();
                    await(begun);
                }
            });
        }
        for (int worker = 0; worker < 4; worker++) {
            assertEquals(worker * chunks / 4, first.get(worker), "worker " + worker);
        }
    }

    @Test
    void should_make_what_chunks_wrote_visible_to_the_caller() {
        long[] cells = new long[64];
        try (Parallel team = Parallel.ofThreads(2, Parallel.DEFAULT_SPIN)) {
            for (int job = 1; job <= 20_000; job++) {
                long value = job;
                team.run(64, (chunk, worker) -> cells[chunk] = value);
                for (long cell : cells) {
                    if (cell != value) {
                        assertEquals(value, cell, "a stale value after job " + job);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void should_run_a_short_job_on_the_caller(int chunks) {
        List<String> seen = new ArrayList<>();
        try (Parallel team = Parallel.ofThreads(2, Duration.ZERO)) {
            team.run(chunks, (chunk, worker) -> seen.add(chunk + " by " + worker + " on " + Thread.currentThread()));
        }
        assertEquals(chunks < 1 ? List.of() : List.of("0 by 0 on " + Thread.currentThread()), seen);
    }

    @Test
    void should_run_a_job_inside_a_chunk_on_the_thread_of_the_chunk() {
        AtomicInteger inner = new AtomicInteger();
        AtomicInteger strangers = new AtomicInteger();
        try (Parallel team = Parallel.ofThreads(3, Parallel.DEFAULT_SPIN)) {
            team.run(50, (chunk, worker) -> {
                Thread outer = Thread.currentThread();
                team.run(20, (c, w) -> {
                    inner.incrementAndGet();
                    strangers.addAndGet(outer == Thread.currentThread() && w == 0 ? 0 : 1);
                });
            });
            team.run(4, (chunk, worker) -> inner.incrementAndGet());
        }
        assertEquals(50 * 20 + 4, inner.get());
        assertEquals(0, strangers.get());
    }

    @Test
    void should_serve_many_callers_at_once() throws InterruptedException {
        AtomicReference<Throwable> wrong = new AtomicReference<>();
        List<Thread> callers = new ArrayList<>();
        try (Parallel team = Parallel.ofThreads(2, Parallel.DEFAULT_SPIN)) {
            for (int caller = 0; caller < 4; caller++) {
                int chunks = 2 + caller;
                callers.add(Thread.ofPlatform().start(() -> {
                    int[] marks = new int[chunks];
                    for (int job = 1; job <= 5000; job++) {
                        team.run(chunks, (chunk, worker) -> marks[chunk]++);
                        for (int mark : marks) {
                            if (mark != job) {
                                wrong.compareAndSet(null, new AssertionError("job " + job + " ran " + mark));
                            }
                        }
                    }
                }));
            }
            for (Thread caller : callers) {
                caller.join();
            }
        }
        assertEquals(null, wrong.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void should_carry_an_exception_to_the_caller_and_stay_usable(int threads) {
        AtomicInteger done = new AtomicInteger();
        IllegalArgumentException thrown = new IllegalArgumentException("chunk 3");
        try (Parallel team = Parallel.ofThreads(threads, Duration.ofMillis(1))) {
            for (int round = 0; round < 200; round++) {
                assertSame(
                        thrown,
                        assertThrows(
                                IllegalArgumentException.class,
                                () -> team.run(8, (chunk, worker) -> {
                                    if (chunk == 3) {
                                        throw thrown;
                                    }
                                })));
                done.set(0);
                team.run(8, (chunk, worker) -> done.incrementAndGet());
                assertEquals(8, done.get());
            }
        }
    }

    @Test
    void should_carry_an_exception_from_a_worker_thread() {
        CountDownLatch bothIn = new CountDownLatch(2);
        try (Parallel team = Parallel.ofThreads(2, Duration.ZERO)) {
            Error thrown = assertThrows(
                    StackOverflowError.class,
                    () -> team.run(2, (chunk, worker) -> {
                        bothIn.countDown();
                        await(bothIn);
                        if (worker == 1) {
                            throw new StackOverflowError("on the worker");
                        }
                    }));
            assertEquals("on the worker", thrown.getMessage());
        }
    }

    @Test
    void should_skip_the_chunks_after_a_failure_but_finish_the_running_ones() {
        AtomicInteger finished = new AtomicInteger();
        CountDownLatch bothIn = new CountDownLatch(2);
        try (Parallel team = Parallel.ofThreads(2, Duration.ZERO)) {
            assertThrows(
                    IllegalStateException.class,
                    () -> team.run(1_000_000, (chunk, worker) -> {
                        bothIn.countDown();
                        await(bothIn);
                        if (worker == 0) {
                            throw new IllegalStateException("first");
                        }
                        Thread.yield();
                        finished.incrementAndGet();
                    }));
        }
        assertTrue(finished.get() >= 1, "the worker's running chunk was not waited for");
        assertTrue(finished.get() < 999_999, "nothing was skipped");
    }

    @Test
    void should_wrap_an_undeclared_checked_exception() {
        InterruptedException checked = new InterruptedException("sneaked");
        try (Parallel team = Parallel.ofThreads(2, Duration.ZERO)) {
            IllegalStateException thrown = assertThrows(
                    IllegalStateException.class, () -> team.run(2, (chunk, worker) -> ParallelTest.sneak(checked)));
            assertSame(checked, thrown.getCause());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 60_000})
    void should_end_its_threads_on_close_whether_they_spin_or_park(int spinMillis) {
        Parallel team = Parallel.ofThreads(3, Duration.ofMillis(spinMillis));
        team.run(9, (chunk, worker) -> {});
        assertEquals(2, liveWorkers().size());
        if (spinMillis == 0) {
            eventually("all workers parked", ParallelTest::allParked);
        }
        team.close();
        assertEquals(List.of(), liveWorkers());
        team.close();
        assertEquals(
                "this engine is closed",
                assertThrows(IllegalStateException.class, () -> team.run(2, (chunk, worker) -> {}))
                        .getMessage());
    }

    @Test
    void should_finish_the_running_job_when_closed_from_another_thread() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            Parallel team = Parallel.ofThreads(2, Duration.ofMillis(1));
            CountDownLatch running = new CountDownLatch(1);
            Thread closer = Thread.ofPlatform().start(() -> {
                await(running);
                team.close();
            });
            AtomicInteger done = new AtomicInteger();
            team.run(100, (chunk, worker) -> {
                running.countDown();
                done.incrementAndGet();
            });
            assertEquals(100, done.get());
            closer.join();
        }
        assertEquals(List.of(), liveWorkers());
    }

    @Test
    void should_let_a_chunk_close_the_team() {
        Parallel team = Parallel.ofThreads(2, Duration.ZERO);
        AtomicInteger done = new AtomicInteger();
        CountDownLatch bothIn = new CountDownLatch(2);
        team.run(10, (chunk, worker) -> {
            bothIn.countDown();
            await(bothIn);
            if (worker == 1) {
                team.close();
            }
            done.incrementAndGet();
        });
        assertEquals(10, done.get());
        eventually("the worker ended", () -> liveWorkers().isEmpty());
    }

    @Test
    void should_park_again_after_a_chunk_left_the_worker_interrupted() {
        try (Parallel team = Parallel.ofThreads(2, Duration.ZERO)) {
            CountDownLatch bothIn = new CountDownLatch(2);
            team.run(2, (chunk, worker) -> {
                bothIn.countDown();
                await(bothIn);
                if (worker == 1) {
                    Thread.currentThread().interrupt();
                }
            });
            // With the flag still up no park would last, and the worker would take a whole processor.
            eventually("the flag is down", () -> liveWorkers().stream().noneMatch(Thread::isInterrupted));
            eventually("the worker parked", ParallelTest::allParked);
        }
    }

    @Test
    void should_keep_the_interrupt_of_a_thread_that_closes() {
        Parallel team = Parallel.ofThreads(2, Duration.ZERO);
        Thread.currentThread().interrupt();
        team.close();
        assertTrue(Thread.interrupted());
        assertEquals(List.of(), liveWorkers());
    }

    @Test
    void should_use_daemons_only() {
        try (Parallel team = Parallel.ofThreads(2, Duration.ZERO)) {
            assertEquals(2, team.threads());
            liveWorkers().forEach(thread -> assertTrue(thread.isDaemon()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -3})
    void should_refuse_less_than_one_thread(int threads) {
        Exception thrown =
                assertThrows(IllegalArgumentException.class, () -> Parallel.ofThreads(threads, Duration.ZERO));
        assertInstanceOf(IllegalArgumentException.class, thrown);
        assertEquals("threads must be at least 1, not " + threads, thrown.getMessage());
    }

    static List<Thread> liveWorkers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lanes-"))
                .toList();
    }

    private static boolean allParked() {
        return liveWorkers().stream().allMatch(thread -> thread.getState() == Thread.State.WAITING);
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for what must happen at some time; the class's time limit ends a wait in vain. */
    static void eventually(String what, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("waited in vain: " + what);
            }
            Thread.yield();
        }
    }

    @SuppressWarnings("unchecked") // the compiler takes T for a RuntimeException, which lets any exception out
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
