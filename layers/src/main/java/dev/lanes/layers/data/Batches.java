package dev.lanes.layers.data;

import dev.lanes.layers.random.SeededRandom;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

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
 * <p>With {@link #prefetch} a thread makes the next batch while this one is used, with the same content; {@link #close}
 * ends it.
 *
 * <pre>{@code
 * try (Batches batches = new Batches(split.train(), 64, 42).augment(Augmentations.crop(2)).prefetch()) {
 *     for (int epoch = 0; epoch < 10; epoch++) {
 *         for (Batches.Batch batch : batches.shuffle(epoch)) {
 *             step(batch.images(), batch.labels());
 *         }
 *     }
 * }
 * }</pre>
 */
public final class Batches implements Iterable<Batches.Batch>, AutoCloseable {
    /** Keeps these random numbers, of an epoch each, apart from others under the same seed. */
    private static final long FOR_ORDER = 1L << 32;

    private final Dataset data;
    private final int batchSize;
    private final long seed;
    private final int[] order;
    private final Slot[] slots = new Slot[2];
    private final int count;
    private List<Augmentation> augmentations = List.of();
    private Prefetcher prefetcher;
    private int epoch;
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
        this.slots[0] = new Slot();
        int rest = data.size() % batchSize;
        this.count = data.size() / batchSize + (rest > 0 && !dropLast ? 1 : 0);
    }

    /**
     * Changes every image at random before it is handed out, one way after the other, differently in every epoch; what
     * comes of it depends on the seed, the epoch and the example alone. Ends the pass that is under way.
     *
     * @return these batches
     */
    public Batches augment(Augmentation... ways) {
        stop();
        augmentations = List.of(ways);
        return this;
    }

    /**
     * Makes each batch on a thread of its own while the one before is used, with the same content as without. Ends the
     * pass that is under way.
     *
     * @return these batches
     */
    public Batches prefetch() {
        if (prefetcher == null) {
            passes++;
            slots[1] = new Slot();
            prefetcher = new Prefetcher(data.name(), this::fill);
        }
        return this;
    }

    /** Ends the thread of {@link #prefetch}, if there is one, and the pass that is under way. */
    @Override
    public void close() {
        stop();
        if (prefetcher != null) {
            prefetcher.close();
            prefetcher = null;
        }
    }

    private void stop() {
        passes++;
        if (prefetcher != null) {
            prefetcher.stop();
        }
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
        stop();
        this.epoch = epoch;
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
        return from(0);
    }

    /**
     * Begins a pass at a later batch, as to resume one, which ends the one before.
     *
     * @param first how many batches to leave out
     * @return the batches, as {@link #iterator} does
     * @throws IndexOutOfBoundsException if there are not so many
     */
    public Iterator<Batch> from(int first) {
        Objects.checkIndex(first, count + 1);
        passes++;
        if (prefetcher != null) {
            prefetcher.begin(first, count);
        }
        return new Walk(passes, first);
    }

    private void resetOrder() {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
    }

    private Batch fill(int index, int slot) {
        int from = index * batchSize;
        Batch batch = slots[slot].batch(order.length - from);
        int stride = data.images().elements() / order.length;
        for (int i = 0; i < batch.labels.length; i++) {
            int example = order[from + i];
            slots[slot].fill(example, i, stride);
            batch.labels[i] = data.label(example);
        }
        return batch;
    }

    /** The memory of a batch. */
    private final class Slot {
        private final Batch full;
        private final Batch last;
        private final SeededRandom random = new SeededRandom(0);
        private final float[][] between;

        Slot() {
            int largest = Math.min(batchSize, data.size());
            int rest = data.size() % batchSize;
            Tensor buffer = Tensor.zeros(data.images().shape().withDim(0, largest));
            full = new Batch(buffer, new int[largest]);
            last = rest == 0 ? full : new Batch(buffer.slice(0, rest), new int[rest]);
            between = new float[2][data.imageShape().elements()];
        }

        Batch batch(int left) {
            return left < batchSize ? last : full;
        }

        void fill(int example, int row, int stride) {
            float[] target = full.images.array();
            int at = full.images.offset() + row * stride;
            if (augmentations.isEmpty()) {
                data.copyImage(example, target, at);
                return;
            }
            random.restart(seed, ~((long) epoch << 32 | example)); // negative: none of the orders'
            Shape shape = data.images().shape();
            float[] source = data.images().array();
            int sourceAt = data.images().offset() + example * stride;
            for (int k = 0; k < augmentations.size(); k++) {
                boolean end = k == augmentations.size() - 1;
                float[] to = end ? target : between[k & 1];
                int toAt = end ? at : 0;
                augmentations
                        .get(k)
                        .apply(source, sourceAt, to, toAt, shape.dim(1), shape.dim(2), shape.dim(3), random);
                source = to;
                sourceAt = toAt;
            }
        }
    }

    private final class Walk implements Iterator<Batch> {
        private final int pass;
        private int next;

        Walk(int pass, int first) {
            this.pass = pass;
            this.next = first;
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
            int index = next++;
            return prefetcher == null ? fill(index, 0) : prefetcher.take();
        }
    }
}
