package dev.lanes.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void should_describe_its_axes() {
        Shape shape = Shape.of(64, 28, 14, 3);
        assertEquals(4, shape.rank());
        assertEquals(64 * 28 * 14 * 3, shape.elements());
        assertEquals(64, shape.dim(0));
        assertEquals(3, shape.dim(3));
        assertEquals(3, shape.dim(-1));
        assertEquals(64, shape.dim(-4));
        assertEquals("[64, 28, 14, 3]", shape.toString());
    }

    @Test
    void should_count_one_element_in_a_scalar_and_none_where_an_extent_is_zero() {
        assertEquals(1, Shape.of().elements());
        assertEquals(0, Shape.of().rank());
        assertEquals("[]", Shape.of().toString());
        assertEquals(0, Shape.of(3, 0, 5).elements());
        assertEquals(0, Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 0).elements());
    }

    @Test
    void should_be_a_value() {
        assertEquals(Shape.of(2, 3), Shape.of(2, 3));
        assertEquals(Shape.of(2, 3).hashCode(), Shape.of(2, 3).hashCode());
        assertNotEquals(Shape.of(2, 3), Shape.of(3, 2));
        assertNotEquals(Shape.of(6), Shape.of(6, 1));
        assertNotEquals(Shape.of(6), "[6]");
    }

    @Test
    void should_not_change_when_an_array_of_its_extents_does() {
        int[] dims = {2, 3};
        Shape shape = Shape.of(dims);
        dims[0] = 9;
        shape.toArray()[1] = 9;
        assertArrayEquals(new int[] {2, 3}, shape.toArray());
    }

    @Test
    void should_replace_one_extent() {
        Shape shape = Shape.of(64, 28, 28, 1);
        assertEquals(Shape.of(32, 28, 28, 1), shape.withDim(0, 32));
        assertEquals(Shape.of(64, 28, 28, 8), shape.withDim(-1, 8));
        assertEquals(Shape.of(64, 28, 28, 1), shape);
        assertMessage(
                IllegalArgumentException.class,
                "shape [-1, 28, 28, 1] has a negative extent",
                () -> shape.withDim(0, -1));
    }

    @Test
    void should_refuse_an_axis_that_is_not_there() {
        Shape shape = Shape.of(2, 3);
        assertMessage(IndexOutOfBoundsException.class, "axis 2 of shape [2, 3]", () -> shape.dim(2));
        assertMessage(IndexOutOfBoundsException.class, "axis -3 of shape [2, 3]", () -> shape.dim(-3));
        assertMessage(
                IndexOutOfBoundsException.class,
                "axis 0 of shape []",
                () -> Shape.of().dim(0));
    }

    @Test
    void should_refuse_a_negative_extent_even_beside_a_zero() {
        assertMessage(IllegalArgumentException.class, "shape [0, -2] has a negative extent", () -> Shape.of(0, -2));
        assertMessage(
                IllegalArgumentException.class,
                "shape [-2147483648] has a negative extent",
                () -> Shape.of(Integer.MIN_VALUE));
    }

    @Test
    void should_refuse_more_elements_than_an_array_can_hold() {
        assertEquals(Integer.MAX_VALUE - 8, Shape.of(Integer.MAX_VALUE - 8).elements());
        String text = " has more elements than one Java array can hold (2147483639)";
        assertMessage(IllegalArgumentException.class, "shape [2147483640]" + text, () -> Shape.of(2147483640));
        assertMessage(IllegalArgumentException.class, "shape [65536, 65536]" + text, () -> Shape.of(65536, 65536));
        int max = Integer.MAX_VALUE;
        assertMessage(
                IllegalArgumentException.class,
                "shape [2147483647, 2147483647, 2147483647]" + text,
                () -> Shape.of(max, max, max));
    }

    static void assertMessage(
            Class<? extends Throwable> type, String message, org.junit.jupiter.api.function.Executable code) {
        assertEquals(message, assertThrows(type, code).getMessage());
    }
}
