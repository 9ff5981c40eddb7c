package dev.lanes.layers.data;

import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Tensor;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The mini-batches of a data set, in an order that depends on a seed and the number of the epoch alone.
 *
 * <p>One pass gives every example once, in batches of the same size; a smaller last batch is kept unless told
 * otherwise. Until {@link #shuffle} is called the order is that of the data set.
 *
 * <p><b>Buffers are reused.</b> All batches of a pass share the same arrays: a batch is valid until the next one is
 * asked for, and nothing is allocated per batch. So there is one pass at a time; beginning another, or shuffling, ends
 * the one before. Not safe for use by several threads.
 *
 * <pre>{@code
 * Batches batches = new Batches(split.train(), 64, 42);
 * for (int epoch = 0; epoch < 10; epoch++) {
 *     for (Batches.Batch batch : batches.shuffle(epoch)) {
 *         step(batch.images(), batch.labels());
 *     }
 * }
 * }</pre>
 */
public final class Batches implements Iterable<Batches.Batch> {
    /** Keeps these random numbers, of an epoch each, apart from others under the same seed. */
    private static final long FOR_ORDER = 1L << 32;

    private final Dataset data;
    private final int batchSize;
    private final long seed;
    private final int[] order;
    private final Batch full;
    private final Batch last;
    private final int count;
    private int passes;

    /**
     * Some examples of the data set; valid until the next batch is asked for.
     *
     * @param images {@code [b, height, width, channels]}
     * @param labels {@code b} labels
     */
    public record Batch(Tensor images, int[] labels) {
        /** Returns the number of examples. */
        public int size() {
            return labels.length;
        }
    }

    /**
     * Makes batches of a data set and keeps a smaller last one.
     *
     * @throws IllegalArgumentException if the batch size is below 1
     */
    public Batches(Dataset data, int batchSize, long seed) {
        this(data, batchSize, seed, false);
    }

    /**
     * Makes batches of a data set.
     *
     * @param dropLast whether to leave out a last batch that would be smaller
     * @throws IllegalArgumentException if the batch size is below 1, or no batch is left because the data set is
     *     smaller than one and the last is dropped
     */
    public Batches(Dataset data, int batchSize, long seed, boolean dropLast) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batches: the batch size is " + batchSize + ", needs at least 1");
        }
        if (dropLast && data.size() < batchSize) {
            throw new IllegalArgumentException("batches: " + data.name() + " has " + data.size()
                    + " examples, less than one batch of " + batchSize + ", and smaller ones are dropped");
        }
        this.data = data;
        this.batchSize = batchSize;
        this.seed = seed;
        this.order = new int[data.size()];
        resetOrder();
        int rest = data.size() % batchSize;
        int largest = Math.min(batchSize, data.size());
        Tensor buffer = Tensor.zeros(data.images().shape().withDim(0, largest));
        this.full = new Batch(buffer, new int[largest]);
        this.last = rest == 0 ? full : new Batch(buffer.slice(0, rest), new int[rest]);
        this.count = data.size() / batchSize + (rest > 0 && !dropLast ? 1 : 0);
    }

    /** Returns the number of batches in one pass. */
    public int count() {
        return count;
    }

    /** Returns the number of examples in one pass. */
    public int examples() {
        return (int) Math.min(data.size(), (long) count * batchSize);
    }

    /**
     * Brings the examples into the order of an epoch, which depends on the seed and the epoch alone.
     *
     * @return these batches
     */
    public Batches shuffle(int epoch) {
        passes++;
        resetOrder();
        // Epochs are spread over the seeds by the golden ratio, so that neighbours share nothing.
        Shuffle.shuffle(order, SeededRandom.of(seed, FOR_ORDER + epoch));
        return this;
    }

    /** Returns the indices of the examples in the order of the pass, as a fresh array. */
    public int[] order() {
        return order.clone();
    }

    /**
     * Begins a pass, which ends the one before.
     *
     * @return the batches; {@code next} throws ConcurrentModificationException once the pass has been ended
     */
    @Override
    public Iterator<Batch> iterator() {
        return new Walk(++passes);
    }

    private void resetOrder() {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
    }

    private Batch fill(int index) {
        int from = index * batchSize;
        Batch batch = order.length - from < batchSize ? last : full;
        int stride = data.images().elements() / order.length;
        float[] target = batch.images.array();
        for (int i = 0; i < batch.labels.length; i++) {
            int example = order[from + i];
            data.copyImage(example, target, i * stride);
            batch.labels[i] = data.label(example);
        }
        return batch;
    }

    private final class Walk implements Iterator<Batch> {
        private final int pass;
        private int next;

        Walk(int pass) {
            this.pass = pass;
        }

        @Override
        public boolean hasNext() {
            return next < count;
        }

        @Override
        public Batch next() {
            if (pass != passes) {
                throw new ConcurrentModificationException("batches: another pass has begun, or the order has changed");
            }
            if (next >= count) {
                throw new NoSuchElementException("batches: the pass has ended after " + count + " batches");
            }
            return fill(next++);
        }
    }
}
