package dev.lanes.numerics;

import static dev.lanes.numerics.ShapeTest.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TensorTest {
    @Test
    void should_hold_values_in_row_major_order() {
        Tensor a = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
        assertEquals(3, a.get(0, 2));
        assertEquals(4, a.get(1, 0));
        a.set(9, 1, 2);
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 9}, a.toArray());
        assertEquals(6, a.elements());
        assertEquals(Shape.of(2, 3), a.shape());
    }

    @Test
    void should_copy_the_values_it_is_made_of() {
        float[] values = {1, 2};
        Tensor a = Tensor.of(Shape.of(2), values);
        values[0] = 9;
        assertEquals(1, a.get(0));
        assertMessage(
                ShapeMismatchException.class,
                "tensor: there are 3 values, shape [2, 2] needs 4",
                () -> Tensor.of(Shape.of(2, 2), 1, 2, 3));
    }

    @Test
    void should_make_zeros_scalars_and_generated_values() {
        assertArrayEquals(new float[4], Tensor.zeros(2, 2).toArray());
        assertEquals(0, Tensor.zeros(3, 0).elements());
        assertEquals(7.5f, Tensor.scalar(7.5f).item());
        assertEquals(7.5f, Tensor.scalar(7.5f).get());
        assertArrayEquals(
                new float[] {0, 0.5f, 1},
                Tensor.generate(Shape.of(3), i -> i / 2.0).toArray());
    }

    @Test
    void should_wrap_a_window_of_an_array_without_copying() {
        float[] array = {0, 1, 2, 3, 4, 5};
        Tensor a = Tensor.wrap(array, 1, Shape.of(2, 2));
        assertSame(array, a.array());
        assertEquals(1, a.offset());
        assertEquals(4, a.get(1, 1));
        a.fill(-1);
        assertArrayEquals(new float[] {0, -1, -1, -1, -1, 5}, array);
        assertEquals(0, Tensor.wrap(array, 6, Shape.of(0)).elements());
    }

    @Test
    void should_refuse_a_window_outside_the_array() {
        float[] array = new float[5];
        assertThrows(IndexOutOfBoundsException.class, () -> Tensor.wrap(array, 2, Shape.of(2, 2)));
        assertThrows(IndexOutOfBoundsException.class, () -> Tensor.wrap(array, -1, Shape.of(2)));
        assertThrows(
                IndexOutOfBoundsException.class, () -> Tensor.wrap(array, Integer.MAX_VALUE, Shape.of(2147483639)));
    }

    @Test
    void should_reshape_and_slice_on_the_same_values() {
        Tensor a = Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
        Tensor rows = a.slice(1, 3);
        assertEquals(Shape.of(2, 2), rows.shape());
        rows.set(-3, 0, 0);
        assertEquals(-3, a.get(1, 0));
        a.reshape(Shape.of(6)).set(-6, 5);
        assertEquals(-6, rows.get(1, 1));
        assertEquals(-6, rows.slice(1, 2).reshape(Shape.of(2)).get(1));
        assertEquals(Shape.of(0, 2), a.slice(3, 3).shape());
        assertEquals(Shape.of(0, 0), Tensor.zeros(0, 0).slice(0, 0).shape());
    }

    @Test
    void should_refuse_a_slice_or_reshape_that_does_not_fit() {
        Tensor a = Tensor.zeros(3, 2);
        assertThrows(IndexOutOfBoundsException.class, () -> a.slice(2, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> a.slice(2, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> Tensor.scalar(1).slice(0, 1));
        assertMessage(
                ShapeMismatchException.class,
                "reshape: [3, 2] has 6 elements, [4] has 4",
                () -> a.reshape(Shape.of(4)));
    }

    @Test
    void should_hold_the_same_values_wherever_a_large_one_begins() {
        Shape shape = Shape.of(2, 100_000);
        Tensor a = Tensor.generate(shape, i -> i);
        Tensor copy = a.copy();
        assertEquals(12, a.offset());
        assertEquals(12, copy.offset());
        assertEquals(12 + shape.elements(), a.array().length);
        for (Tensor t : new Tensor[] {a, copy, Tensor.of(shape, a.toArray())}) {
            assertEquals(0, t.get(0, 0));
            assertEquals(199_999, t.get(1, 99_999));
        }
        assertEquals(100_000, a.slice(1, 2).get(0, 0));
    }

    @Test
    void should_copy_into_an_array_of_its_own() {
        Tensor part = Tensor.wrap(new float[] {0, 1, 2, 3}, 1, Shape.of(2));
        Tensor copy = part.copy();
        assertNotSame(part.array(), copy.array());
        assertEquals(0, copy.offset());
        copy.set(9, 0);
        assertArrayEquals(new float[] {1, 2}, part.toArray());
        assertSame(part, part.copyFrom(copy));
        assertArrayEquals(new float[] {0, 9, 2, 3}, part.array());
        assertMessage(
                ShapeMismatchException.class,
                "copyFrom: source is [2, 1], needs [2]",
                () -> part.copyFrom(Tensor.zeros(2, 1)));
    }

    @Test
    void should_refuse_indices_outside_the_shape() {
        Tensor a = Tensor.zeros(2, 3);
        assertMessage(
                IndexOutOfBoundsException.class, "index [0, 3] outside a tensor of shape [2, 3]", () -> a.get(0, 3));
        assertMessage(
                IndexOutOfBoundsException.class,
                "index [-1, 0] outside a tensor of shape [2, 3]",
                () -> a.set(1, -1, 0));
        assertMessage(IndexOutOfBoundsException.class, "1 indices [4] for a tensor of shape [2, 3]", () -> a.get(4));
    }

    @Test
    void should_give_its_item_only_where_it_has_one() {
        assertEquals(3, Tensor.of(Shape.of(1, 1), 3).item());
        assertMessage(
                ShapeMismatchException.class,
                "item: a tensor of shape [2] has no single value",
                () -> Tensor.zeros(2).item());
        assertEquals(
                "item",
                assertThrows(ShapeMismatchException.class, () -> Tensor.zeros(0).item())
                        .operation());
    }

    @Test
    void should_print_its_shape_and_first_values() {
        assertEquals("Tensor[2] {1.0, 2.5}", Tensor.of(Shape.of(2), 1, 2.5f).toString());
        assertEquals("Tensor[0] {}", Tensor.zeros(0).toString());
        assertEquals(
                "Tensor[9] {0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, ...}",
                Tensor.zeros(9).toString());
    }
}
