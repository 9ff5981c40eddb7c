package dev.lanes.numerics.kernels.vector.conv;

import dev.lanes.numerics.geometry.Conv2dGeometry;
import dev.lanes.numerics.kernels.Workspace;
import dev.lanes.numerics.parallel.Parallel;

/**
 * What the gradients by the weights do with the parts that {@link Conv2dGeometry#gradientParts} cuts a batch into: every
 * part has sums of its own, and the first one's become the sums of all.
 */
final class GradientParts implements Parallel.Task {
    /** Sums of a chunk, which stay in the first-level cache. */
    private static final int CHUNK = 1 << 11;

    private int parts;
    private int length;
    private float[] sums;
    private int at;
    private float[] later;
    private int laterAt;

    private GradientParts() {}

    /**
     * Adds the parts behind the first to it, one after the other.
     *
     * @param length the sums of a part
     * @param sums the first part's, and what becomes of all
     * @param later the other parts', without gaps
     */
    static void add(Workspace workspace, int parts, int length, float[] sums, int at, float[] later, int laterAt) {
        GradientParts job = workspace.job(GradientParts.class, GradientParts::new);
        job.parts = parts;
        job.length = length;
        job.sums = sums;
        job.at = at;
        job.later = later;
        job.laterAt = laterAt;
        try {
            workspace.run(Math.ceilDiv(length, CHUNK), 4L * parts * length, job);
        } finally {
            job.sums = null;
            job.later = null;
        }
    }

    @Override
    public void run(int chunk, int worker) {
        int first = chunk * CHUNK;
        int count = Math.min(CHUNK, length - first);
        for (int part = 1; part < parts; part++) {
            add(count, later, laterAt + (part - 1) * length + first, sums, at + first);
        }
    }

    private static void add(int count, float[] from, int fromAt, float[] to, int toAt) {
        for (int i = 0; i < count; i++) {
            to[toAt + i] += from[fromAt + i];
        }
    }
}
