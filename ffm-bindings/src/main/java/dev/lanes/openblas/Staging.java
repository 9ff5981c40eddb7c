package dev.lanes.openblas;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The off-heap memory of one engine: buffers that large operands are copied through, kept from call to call, which grow
 * to the largest product that was asked for; and operands that were prepared once. All of it is given back to the system
 * when the engine is closed, or where a call is under way then, at its end.
 */
final class Staging {
    /** A line of the caches, and the widest vector. */
    private static final long ALIGNMENT = 64;

    private final ConcurrentLinkedQueue<Buffers> spares = new ConcurrentLinkedQueue<>();
    private final Object lock = new Object();
    /** Of operands that were prepared; null before the first. Guarded by the lock, as is the number of calls that use it. */
    private Arena kept;

    private int users;
    private volatile boolean closed;

    /** Takes the buffers of one call. */
    Buffers take() {
        Buffers buffers = spares.poll();
        return buffers == null ? new Buffers() : buffers;
    }

    /** Gives them back; a call that was under way when the engine was closed frees its own. */
    void giveBack(Buffers buffers) {
        spares.offer(buffers);
        if (closed) {
            close();
        }
    }

    /** Returns a copy of some floats that stays until the engine is closed. */
    MemorySegment keep(float[] from, int at, int count) {
        synchronized (lock) {
            requireOpen();
            if (kept == null) {
                kept = Arena.ofShared();
            }
            MemorySegment copy = kept.allocate(Math.max(1L, (long) Float.BYTES * count), ALIGNMENT);
            MemorySegment.copy(from, at, copy, ValueLayout.JAVA_FLOAT, 0, count);
            return copy;
        }
    }

    /**
     * Begins a call that uses what was kept.
     *
     * @throws IllegalStateException if the engine that it was prepared with is closed; another one may be calling
     */
    void enter() {
        synchronized (lock) {
            requireOpen();
            users++;
        }
    }

    /** Ends what {@link #enter} began. */
    void leave() {
        synchronized (lock) {
            users--;
            freeKept();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the engine that prepared this operand is closed");
        }
    }

    private void freeKept() {
        if (closed && users == 0 && kept != null) {
            kept.close();
            kept = null;
        }
    }

    /** Frees what is not in use, and what is in use as soon as it is given back. */
    void close() {
        synchronized (lock) {
            closed = true;
            freeKept();
        }
        for (Buffers buffers = spares.poll(); buffers != null; buffers = spares.poll()) {
            buffers.free();
        }
    }

    /** Three buffers: for A, B and C. */
    static final class Buffers {
        private final Arena[] arenas = new Arena[3];
        private final MemorySegment[] segments = new MemorySegment[3];

        private Buffers() {}

        /** Returns one of the buffers with room for so many floats; its contents are whatever was in it. */
        MemorySegment floats(int which, long count) {
            long bytes = Float.BYTES * count;
            if (segments[which] == null || segments[which].byteSize() < bytes) {
                free(which);
                arenas[which] = Arena.ofShared(); // the next call may be another thread's
                segments[which] = arenas[which].allocate(bytes, ALIGNMENT);
            }
            return segments[which];
        }

        /** Returns rows of a matrix without gaps in one of the buffers; what lies off the heap already, as it is. */
        MemorySegment stage(int which, MemorySegment from, int at, int rows, int columns, int stride) {
            if (from.isNative()) {
                return HeapProduct.segment(from, at);
            }
            MemorySegment buffer = floats(which, (long) rows * columns);
            copyIn(from, at, rows, columns, stride, buffer);
            return buffer;
        }

        private void free() {
            for (int which = 0; which < arenas.length; which++) {
                free(which);
            }
        }

        private void free(int which) {
            if (arenas[which] != null) {
                arenas[which].close();
                arenas[which] = null;
                segments[which] = null;
            }
        }
    }

    /** Copies rows, {@code stride} apart, into a buffer without gaps. */
    static void copyIn(MemorySegment from, int at, int rows, int columns, int stride, MemorySegment to) {
        long row = (long) Float.BYTES * columns;
        if (stride == columns) {
            MemorySegment.copy(from, 4L * at, to, 0, rows * row);
        } else {
            for (int i = 0; i < rows; i++) {
                MemorySegment.copy(from, 4L * at + 4L * i * stride, to, i * row, row);
            }
        }
    }

    /** Copies a buffer without gaps into rows of an array, {@code stride} apart; what lies between them is kept. */
    static void copyOut(MemorySegment from, float[] to, int at, int rows, int columns, int stride) {
        if (stride == columns) {
            MemorySegment.copy(from, ValueLayout.JAVA_FLOAT, 0, to, at, rows * columns);
        } else {
            for (int i = 0; i < rows; i++) {
                long row = (long) Float.BYTES * i * columns;
                MemorySegment.copy(from, ValueLayout.JAVA_FLOAT, row, to, at + i * stride, columns);
            }
        }
    }
}
