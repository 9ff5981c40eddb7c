package dev.lanes.layers.data;

import dev.lanes.layers.data.Batches.Batch;

/**
 * Makes batches on a thread of its own, one ahead of the one in use. There are two slots: while the caller has one, the
 * other is filled. What a batch holds depends on its index alone, so the thread changes nothing but the time.
 */
final class Prefetcher implements AutoCloseable {
    /** Makes a batch in one of two slots. */
    interface Maker {
        Batch make(int index, int slot);
    }

    private final Maker maker;
    private final Batch[] made = new Batch[2];
    private int next;
    private int taken;
    private int end;
    private boolean busy;
    private boolean closed;
    private RuntimeException failure;

    Prefetcher(String name, Maker maker) {
        this.maker = maker;
        Thread thread = new Thread(this::work, "lanes-batches-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends what is under way and begins at a batch. */
    synchronized void begin(int first, int count) {
        stop();
        next = first;
        taken = first;
        failure = null;
        end = count;
        notifyAll();
    }

    /** Waits until nothing is being made; nothing more will be before {@link #begin}. */
    synchronized void stop() {
        end = 0;
        while (busy) {
            await();
        }
    }

    /** Returns the next batch; ends the use of the one before. */
    synchronized Batch take() {
        while (next <= taken && failure == null) {
            await();
        }
        if (failure != null) {
            throw failure;
        }
        Batch batch = made[taken & 1];
        taken++;
        notifyAll();
        return batch;
    }

    private void work() {
        while (true) {
            int index;
            synchronized (this) {
                while (!closed && (next >= end || next > taken)) {
                    await();
                }
                if (closed) {
                    return;
                }
                busy = true;
                index = next;
            }
            Batch batch = null;
            RuntimeException thrown = null;
            try {
                batch = maker.make(index, index & 1);
            } catch (RuntimeException e) {
                thrown = e;
            }
            synchronized (this) {
                made[index & 1] = batch;
                failure = thrown;
                next = index + 1;
                end = thrown == null ? end : 0;
                busy = false;
                notifyAll();
            }
        }
    }

    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("batches: interrupted while waiting for the next one", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
