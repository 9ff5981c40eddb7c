package dev.lanes.numerics.kernels.vector.elementwise;

import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;

/**
 * A {@link LaneLoop} over arrays of any length, cut into ranges of a fixed length that the threads share.
 */
final class LaneJob implements Parallel.Task {
    /** Elements of a range: 64 KiB an operand, some microseconds of work. */
    private static final int LENGTH = 1 << 14;

    private Workspace workspace;
    private LaneLoop loop;
    private float first;
    private float second;
    private float[] a;
    private int aOffset;
    private float[] b;
    private int bOffset;
    private float[] c;
    private int cOffset;
    private float[] y;
    private int yOffset;
    private int elements;

    /** Returns the workspace's job for a function with these parameters. */
    static LaneJob of(Workspace workspace, LaneLoop loop, float first, float second) {
        LaneJob job = workspace.job(LaneJob.class, LaneJob::new);
        job.workspace = workspace;
        job.loop = loop;
        job.first = first;
        job.second = second;
        return job;
    }

    /** Computes {@code y = f(a)}. */
    void run(int count, float[] a, int aOffset, float[] y, int yOffset, Workspace workspace) {
        run(count, a, aOffset, a, aOffset, a, aOffset, y, yOffset, workspace);
    }

    /** Computes {@code y = f(a, b)}. */
    void run(int count, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, Workspace workspace) {
        run(count, a, aOffset, b, bOffset, a, aOffset, y, yOffset, workspace);
    }

    /** Computes {@code y = f(a, b, c)}. */
    void run(
            int count,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            float[] c,
            int cOffset,
            float[] y,
            int yOffset,
            Workspace workspace) {
        this.elements = count;
        this.a = a;
        this.aOffset = aOffset;
        this.b = b;
        this.bOffset = bOffset;
        this.c = c;
        this.cOffset = cOffset;
        this.y = y;
        this.yOffset = yOffset;
        try {
            workspace.run(Math.ceilDiv(count, LENGTH), 4L * count, this);
        } finally {
            this.a = null;
            this.b = null;
            this.c = null;
            this.y = null;
        }
    }

    @Override
    public void run(int chunk, int worker) {
        int from = chunk * LENGTH;
        int length = Math.min(LENGTH, elements - from);
        loop.run(
                a,
                aOffset + from,
                b,
                bOffset + from,
                c,
                cOffset + from,
                y,
                yOffset + from,
                length,
                first,
                second,
                workspace.floats(worker, 0, LaneLoop.SCRATCH));
    }
}
