package dev.lanes.layers.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import org.junit.jupiter.api.Test;

class BuffersTest {
    private final Buffers buffers = new Buffers();

    @Test
    void should_lend_the_smallest_array_that_is_large_enough() {
        Tensor large = buffers.take(Shape.of(100), null);
        Tensor small = buffers.take(Shape.of(10), null);
        assertNotSame(large.array(), small.array());
        buffers.give(large);
        buffers.give(small);
        assertSame(small.array(), buffers.take(Shape.of(2, 4), null).array());
        assertSame(large.array(), buffers.take(Shape.of(9), null).array());
    }

    @Test
    void should_give_up_the_largest_free_array_for_a_larger_one() {
        Tensor first = buffers.take(Shape.of(10), null);
        buffers.give(first);
        Tensor second = buffers.take(Shape.of(20), null);
        assertEquals(20, second.array().length);
        Tensor third = buffers.take(Shape.of(5), null);
        assertEquals(5, third.array().length, "the array of 10 should be gone");
    }

    @Test
    void should_return_the_same_tensor_where_nothing_has_changed() {
        Tensor first = buffers.take(Shape.of(4), null);
        buffers.giveAll();
        assertSame(first, buffers.take(Shape.of(4), first));
        buffers.giveAll();
        assertEquals(Shape.of(2, 2), buffers.take(Shape.of(2, 2), first).shape());
    }
}
