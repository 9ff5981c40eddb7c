package dev.lanes.layers.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    /** Images of two pixels, the index and its negative; the label is the index modulo 3. */
    private static Dataset numbered(int n) {
        return new Dataset(
                "numbered",
                Tensor.generate(Shape.of(n, 1, 2, 1), i -> i % 2 == 0 ? i / 2 : -(i / 2)),
                IntStream.range(0, n).map(i -> i % 3).toArray(),
                List.of("a", "b", "c"));
    }

    private static int[] walk(Batches batches) {
        List<Integer> seen = new ArrayList<>();
        for (Batches.Batch batch : batches) {
            assertEquals(Shape.of(batch.size(), 1, 2, 1), batch.images().shape());
            for (int i = 0; i < batch.size(); i++) {
                int example = (int) batch.images().get(i, 0, 0, 0);
                assertEquals(-example, batch.images().get(i, 0, 1, 0));
                assertEquals(example % 3, batch.labels()[i]);
                seen.add(example);
            }
        }
        return seen.stream().mapToInt(i -> i).toArray();
    }

    @Test
    void should_follow_the_data_set_until_shuffled() {
        assertArrayEquals(IntStream.range(0, 10).toArray(), walk(new Batches(numbered(10), 4, 1)));
    }

    @Test
    void should_give_every_example_once_per_epoch() {
        Batches batches = new Batches(numbered(100), 8, 1);
        for (int epoch = 0; epoch < 5; epoch++) {
            int[] seen = walk(batches.shuffle(epoch));
            assertArrayEquals(seen, batches.order());
            Arrays.sort(seen);
            assertArrayEquals(IntStream.range(0, 100).toArray(), seen, "epoch " + epoch);
        }
    }

    @Test
    void should_order_by_seed_and_epoch_alone() {
        Batches batches = new Batches(numbered(100), 8, 1);
        int[] third = batches.shuffle(3).order();
        batches.shuffle(4);

        assertArrayEquals(third, batches.shuffle(3).order());
        assertArrayEquals(third, new Batches(numbered(100), 32, 1).shuffle(3).order());
        assertFalse(Arrays.equals(third, batches.shuffle(4).order()));
        assertFalse(
                Arrays.equals(third, new Batches(numbered(100), 8, 2).shuffle(3).order()));
    }

    @Test
    void should_give_the_same_order_on_every_jdk() {
        assertEquals(
                "[0, 3, 1, 6, 4, 5, 7, 2]",
                Arrays.toString(new Batches(numbered(8), 8, 42).shuffle(0).order()));
    }

    @Test
    void should_shuffle_evenly() {
        int[][] counts = new int[6][6];
        Batches batches = new Batches(numbered(6), 6, 5);
        int epochs = 6000;
        for (int epoch = 0; epoch < epochs; epoch++) {
            int[] order = batches.shuffle(epoch).order();
            for (int place = 0; place < 6; place++) {
                counts[place][order[place]]++;
            }
        }
        // Six standard deviations of a binomial with p = 1/6.
        double allowed = 6 * Math.sqrt(epochs * (1 / 6.0) * (5 / 6.0));
        for (int[] place : counts) {
            for (int count : place) {
                assertEquals(epochs / 6.0, count, allowed, Arrays.deepToString(counts));
            }
        }
    }

    @Test
    void should_keep_or_drop_a_smaller_last_batch() {
        Batches kept = new Batches(numbered(10), 4, 1);
        Batches dropped = new Batches(numbered(10), 4, 1, true);

        assertEquals(3, kept.count());
        assertEquals(10, kept.examples());
        assertEquals(10, walk(kept).length);
        assertEquals(2, dropped.count());
        assertEquals(8, dropped.examples());
        assertEquals(8, walk(dropped).length);
        assertEquals(2, new Batches(numbered(8), 4, 1).count());
    }

    @Test
    void should_make_one_batch_of_a_data_set_smaller_than_a_batch() {
        assertEquals(3, walk(new Batches(numbered(3), 64, 1)).length);
        assertEquals(0, new Batches(numbered(0), 64, 1).count());
    }

    @Test
    void should_reuse_its_buffers() {
        Batches batches = new Batches(numbered(10), 4, 1);
        Iterator<Batches.Batch> walk = batches.iterator();

        Batches.Batch first = walk.next();
        Batches.Batch second = walk.next();

        assertSame(first.images().array(), second.images().array());
        assertSame(first.labels(), second.labels());
    }

    @Test
    void should_allocate_nothing_per_batch() {
        Batches batches = new Batches(numbered(10_000), 4, 1);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long perWalk = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (Batches.Batch batch : batches) {
                assertEquals(4, batch.size());
            }
            perWalk = Math.min(perWalk, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(perWalk < 2500, perWalk + " bytes for 2,500 batches");
    }

    @Test
    void should_end_a_pass_when_another_begins() {
        Batches batches = new Batches(numbered(10), 4, 1);
        Iterator<Batches.Batch> walk = batches.iterator();
        walk.next();

        batches.shuffle(1);

        assertThrows(ConcurrentModificationException.class, walk::next);
        Iterator<Batches.Batch> other = batches.iterator();
        while (other.hasNext()) {
            other.next();
        }
        assertThrows(NoSuchElementException.class, other::next);
    }

    @Test
    void should_refuse_impossible_batches() {
        assertEquals(
                "batches: the batch size is 0, needs at least 1",
                assertThrows(IllegalArgumentException.class, () -> new Batches(numbered(3), 0, 1))
                        .getMessage());
        assertEquals(
                "batches: numbered has 3 examples, less than one batch of 4, and smaller ones are dropped",
                assertThrows(IllegalArgumentException.class, () -> new Batches(numbered(3), 4, 1, true))
                        .getMessage());
    }
}
