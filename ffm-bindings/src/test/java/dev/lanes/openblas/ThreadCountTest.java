package dev.lanes.openblas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One number for the process, and who gets it. */
@RequiresOpenBlas
class ThreadCountTest {
    @Test
    void should_tell_openblas_what_the_call_has() {
        for (int threads : new int[] {2, 1, 3}) {
            assertEquals(threads, ThreadCount.enter(threads));
            assertEquals(threads, Cblas.threads());
            ThreadCount.leave();
        }
    }

    @Test
    void should_tell_again_when_another_has_changed_it() {
        ThreadCount.enter(1);
        ThreadCount.leave();
        Cblas.threads(3);
        assertEquals(1, ThreadCount.enter(1));
        assertEquals(1, Cblas.threads());
        ThreadCount.leave();
    }

    @Test
    void should_give_one_thread_beside_others() {
        ThreadCount.enter(1);
        assertEquals(1, ThreadCount.enter(3));
        assertEquals(1, Cblas.threads());
        ThreadCount.leave();
        assertEquals(1, ThreadCount.enter(2));
        ThreadCount.leave();
        ThreadCount.leave();
        assertEquals(2, ThreadCount.enter(2));
        ThreadCount.leave();
    }

    @Test
    void should_wait_for_a_call_on_several_threads() throws InterruptedException {
        ThreadCount.enter(2);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger had = new AtomicInteger();
        Thread other = Thread.ofPlatform().start(() -> {
            begun.countDown();
            had.set(ThreadCount.enter(1));
            ThreadCount.leave();
        });
        assertTrue(begun.await(10, TimeUnit.SECONDS));
        while (other.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        assertEquals(0, had.get(), "entered beside a call on several threads");
        ThreadCount.leave();
        other.join();
        assertEquals(1, had.get());
    }
}
