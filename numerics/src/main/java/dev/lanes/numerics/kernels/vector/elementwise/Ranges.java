package dev.lanes.numerics.kernels.vector.elementwise;

import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;

/**
 * An elementwise job, cut into ranges of a fixed length that the threads share. The loop itself is the subclass's, so
 * that every kernel's hot code is its own.
 */
abstract class Ranges implements Parallel.Task {
    /** Elements of a range: 64 KiB an operand, some microseconds of work. */
    private static final int LENGTH = 1 << 14;

    private float[] a;
    private int aOffset;
    private float[] b;
    private int bOffset;
    private float[] y;
    private int yOffset;
    private int elements;

    /** Runs the whole; b may be null where the function has one operand. */
    final void run(
            int count, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, Workspace workspace) {
        this.elements = count;
        this.a = a;
        this.aOffset = aOffset;
        this.b = b;
        this.bOffset = bOffset;
        this.y = y;
        this.yOffset = yOffset;
        try {
            workspace.run(Math.ceilDiv(count, LENGTH), 4L * count, this);
        } finally {
            this.a = null;
            this.b = null;
            this.y = null;
        }
    }

    @Override
    public final void run(int chunk, int worker) {
        int from = chunk * LENGTH;
        int length = Math.min(LENGTH, elements - from);
        range(a, aOffset + from, b, bOffset + from, y, yOffset + from, length);
    }

    /** Computes one range. */
    abstract void range(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int length);
}
