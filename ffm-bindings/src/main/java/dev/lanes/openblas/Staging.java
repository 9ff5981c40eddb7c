package dev.lanes.openblas;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The off-heap memory of one engine: buffers that large operands are copied through, kept from call to call and given
 * back to the system when the engine is closed. They grow to the largest product that was asked for.
 *
 * <p>When weights can be prepared once and used many times, their off-heap copy belongs here too, with the life of the
 * engine; the engine has no such operation yet.
 */
final class Staging {
    /** A line of the caches, and the widest vector. */
    private static final long ALIGNMENT = 64;

    private final ConcurrentLinkedQueue<Buffers> spares = new ConcurrentLinkedQueue<>();
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

    /** Frees what is not in use, and what is in use as soon as it is given back. */
    void close() {
        closed = true;
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

    /** Copies rows of an array, {@code stride} apart, into a buffer without gaps. */
    static void copyIn(float[] from, int at, int rows, int columns, int stride, MemorySegment to) {
        if (stride == columns) {
            MemorySegment.copy(from, at, to, ValueLayout.JAVA_FLOAT, 0, rows * columns);
        } else {
            for (int i = 0; i < rows; i++) {
                long row = (long) Float.BYTES * i * columns;
                MemorySegment.copy(from, at + i * stride, to, ValueLayout.JAVA_FLOAT, row, columns);
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
