package dev.lanes.openblas;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells OpenBLAS how many threads a call may use. OpenBLAS keeps one number for the whole process and reads it somewhere
 * in each call, so it is changed only while no call is under way, and every call goes through here.
 *
 * <p>A call that wants several threads gets them if it is alone; beside others it runs on its caller's thread, as an
 * operation of an {@code Engine} does that finds the workers taken. A call that finds another one running on several
 * threads waits for its end: OpenBLAS itself runs one such call at a time.
 */
final class ThreadCount {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition ALL_LEFT = LOCK.newCondition();
    private static int calls;
    private static int granted = 1;

    private ThreadCount() {}

    /** Begins a call, or several calls of one job, that would like so many threads; returns how many they have. */
    static int enter(int wanted) {
        LOCK.lock();
        try {
            while (calls > 0 && granted > 1) {
                ALL_LEFT.awaitUninterruptibly();
            }
            if (calls == 0) {
                granted = wanted;
                // Asked each time, because others in this process may have set it.
                if (Cblas.threads() != wanted) {
                    Cblas.threads(wanted);
                }
            }
            calls++;
            return granted;
        } finally {
            LOCK.unlock();
        }
    }

    /** Ends what {@link #enter} began. */
    static void leave() {
        LOCK.lock();
        try {
            calls--;
            if (calls == 0) {
                ALL_LEFT.signalAll();
            }
        } finally {
            LOCK.unlock();
        }
    }
}
