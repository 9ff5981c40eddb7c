package dev.lanes.layers.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread that makes batches ahead changes nothing but the time. */
@Timeout(60)
class PrefetchTest {
    private static final Dataset DATA =
            new Dataset("numbers", Tensor.generate(Shape.of(23, 4, 4, 1), i -> i), new int[23], List.of("one"));

    private static Batches batches() {
        return new Batches(DATA, 5, 9).augment(Augmentations.flip(), Augmentations.crop(1), Augmentations.erase(1));
    }

    private static List<float[]> rest(Iterator<Batches.Batch> batches) {
        List<float[]> all = new ArrayList<>();
        batches.forEachRemaining(batch -> all.add(batch.images().toArray()));
        return all;
    }

    private static void same(List<float[]> expected, List<float[]> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i), "batch " + i);
        }
    }

    @Test
    void should_give_the_same_batches_with_and_without_a_thread() {
        try (Batches plain = batches();
                Batches ahead = batches().prefetch()) {
            for (int epoch = 0; epoch < 3; epoch++) {
                same(
                        rest(plain.shuffle(epoch).iterator()),
                        rest(ahead.shuffle(epoch).iterator()));
            }
        }
    }

    @Test
    void should_change_every_image_in_every_epoch_anew_and_each_time_the_same() {
        try (Batches batches = batches()) {
            List<float[]> first = rest(batches.shuffle(0).iterator());
            List<float[]> second = rest(batches.shuffle(1).iterator());
            same(first, rest(batches.shuffle(0).iterator()));
            assertFalse(java.util.Arrays.equals(first.getFirst(), second.getFirst()));
        }
    }

    @Test
    void should_go_on_from_the_middle_of_an_epoch() {
        try (Batches plain = batches();
                Batches ahead = batches().prefetch()) {
            List<float[]> all = rest(plain.shuffle(4).iterator());
            assertEquals(5, all.size());
            same(all.subList(3, 5), rest(plain.from(3)));
            same(all.subList(3, 5), rest(ahead.shuffle(4).from(3)));
            same(List.of(), rest(ahead.from(5)));
            assertThrows(IndexOutOfBoundsException.class, () -> ahead.from(6));
        }
    }

    @Test
    void should_end_a_pass_when_another_begins() {
        try (Batches ahead = batches().prefetch()) {
            Iterator<Batches.Batch> first = ahead.shuffle(0).iterator();
            float[] begin = first.next().images().toArray();
            Iterator<Batches.Batch> second = ahead.shuffle(1).iterator();
            assertThrows(ConcurrentModificationException.class, first::next);
            assertNotEquals(begin[0], second.next().images().toArray()[0]);
            assertArrayEquals(begin, ahead.shuffle(0).iterator().next().images().toArray());
        }
    }

    @Test
    void should_end_its_thread() throws InterruptedException {
        batches().prefetch().close();
        for (int i = 0; i < 500 && running(); i++) {
            Thread.sleep(10);
        }
        assertFalse(running());
    }

    private static boolean running() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(t -> t.getName().equals("lanes-batches-numbers"));
    }

    @Test
    void should_hand_on_what_goes_wrong() {
        Augmentation broken = (from, fromAt, to, toAt, h, w, c, random) -> {
            throw new IllegalStateException("broken");
        };
        try (Batches ahead = new Batches(DATA, 5, 9).augment(broken).prefetch()) {
            Iterator<Batches.Batch> batches = ahead.iterator();
            assertEquals(
                    "broken",
                    assertThrows(IllegalStateException.class, batches::next).getMessage());
        }
    }

    @Test
    void should_allocate_nothing_for_a_batch() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeTrue(threads.isThreadAllocatedMemorySupported() && threads.isThreadAllocatedMemoryEnabled());
        try (Batches batches = new Batches(DATA, 1, 9).augment(Augmentations.flip(), Augmentations.crop(1))) {
            long fewest = Long.MAX_VALUE;
            for (int round = 0; round < 20; round++) {
                Iterator<Batches.Batch> pass = batches.iterator();
                long before = threads.getCurrentThreadAllocatedBytes();
                while (pass.hasNext()) {
                    pass.next();
                }
                fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertTrue(fewest < 23, "23 batches allocated " + fewest + " bytes");
        }
    }
}
