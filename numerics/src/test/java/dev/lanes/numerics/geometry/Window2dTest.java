package dev.lanes.numerics.geometry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Window2dTest {
    /** Worked out on paper: extent of the image, window, stride, padding before and after, dilation, positions. */
    @ParameterizedTest
    @CsvSource({
        "5,3,1,0,0,1,3",
        "5,3,2,0,0,1,2",
        "6,3,2,0,0,1,2",
        "7,3,2,1,1,1,4",
        "224,7,2,3,3,1,112",
        "112,3,2,1,1,1,56",
        "1,1,1,0,0,1,1",
        "1,1,9,0,0,1,1",
        "5,3,1,0,0,2,1",
        "4,3,1,0,0,2,0",
        "2,3,1,0,0,1,0",
        "2,3,1,0,1,1,1",
        "1,5,1,2,2,1,1",
        "10,2,3,1,0,4,3",
        "3,2,1,5,0,1,7"
    })
    void should_count_positions(int in, int k, int stride, int before, int after, int dilation, int positions) {
        Window2d tall = new Window2d(k, 1, stride, 1, before, after, 0, 0, dilation, 1);
        Window2d wide = new Window2d(1, k, 1, stride, 0, 0, before, after, 1, dilation);
        assertEquals(positions, tall.outH(in));
        assertEquals(positions, wide.outW(in));
        assertEquals(in, tall.outW(in));
        assertEquals(in, wide.outH(in));
    }

    /** Extent of the image, window, stride, dilation; the padding before and after that keeps ceil(in / stride). */
    @ParameterizedTest
    @CsvSource({
        "5,3,1,1,1,1",
        "5,3,2,1,1,1",
        "6,3,2,1,0,1",
        "224,7,2,1,2,3",
        "224,3,2,1,0,1",
        "4,2,1,1,0,1",
        "5,1,2,1,0,0",
        "7,2,3,1,0,1",
        "9,3,1,2,2,2",
        "1,5,1,1,2,2"
    })
    void should_pad_to_the_same_size(int in, int k, int stride, int dilation, int before, int after) {
        Window2d window = Window2d.of(k, k).stride(stride).dilation(dilation);
        Window2d same = window.samePadding(in, in);
        assertEquals(window.padding(before, after, before, after), same);
        assertEquals(Math.ceilDiv(in, stride), same.outH(in));
        assertEquals(Math.ceilDiv(in, stride), same.outW(in));
    }

    @Test
    void should_replace_one_property_and_keep_the_others() {
        Window2d window = Window2d.of(3, 5).stride(2, 4).padding(1, 2, 3, 4).dilation(6, 7);
        assertEquals(new Window2d(3, 5, 2, 4, 1, 2, 3, 4, 6, 7), window);
        assertEquals(
                new Window2d(3, 5, 8, 8, 9, 9, 9, 9, 10, 10),
                window.stride(8).padding(9).dilation(10));
        assertEquals(13, window.extentH());
        assertEquals(29, window.extentW());
    }

    @Test
    void should_know_a_matrix_product_in_disguise() {
        Window2d pointwise = Window2d.of(1, 1);
        assertTrue(pointwise.isPointwise());
        assertTrue(pointwise.dilation(3).isPointwise());
        assertFalse(pointwise.stride(1, 2).isPointwise());
        assertFalse(pointwise.stride(2, 1).isPointwise());
        assertFalse(pointwise.padding(0, 0, 0, 1).isPointwise());
        assertFalse(pointwise.padding(1, 0, 0, 0).isPointwise());
        assertFalse(Window2d.of(1, 2).isPointwise());
        assertFalse(Window2d.of(2, 1).isPointwise());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3,3,1,1,0,0,0,0,1,1 | k3x3 s1 p0 d1",
                "3,5,2,1,1,1,2,2,1,4 | k3x5 s2x1 p1x2 d1x4",
                "2,2,2,2,0,1,0,1,3,3 | k2x2 s2 p0,1,0,1 d3",
                "1,7,1,1,3,3,0,1,1,1 | k1x7 s1 p3,3,0,1 d1"
            })
    void should_print_itself(String values, String text) {
        assertEquals(text, of(values).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0,3,1,1,0,0,0,0,1,1 | window: size 0x3, stride 1x1 and dilation 1x1 must be at least 1",
                "3,3,1,-1,0,0,0,0,1,1 | window: size 3x3, stride 1x-1 and dilation 1x1 must be at least 1",
                "3,3,1,1,0,0,0,0,0,1 | window: size 3x3, stride 1x1 and dilation 0x1 must be at least 1",
                "3,3,1,1,0,0,-1,0,1,1 | window: padding 0,0,-1,0 (top, bottom, left, right) must not be negative",
                "2147483647,1,1,1,0,0,0,0,2,1"
                        + " | window: size 2147483647x1 with dilation 2x1 is larger than any image",
                "1,3,1,1,0,0,0,0,1,2147483647 | window: size 1x3 with dilation 1x2147483647 is larger than any image"
            })
    void should_refuse_impossible_values(String values, String message) {
        Exception thrown = assertThrows(IllegalArgumentException.class, () -> of(values));
        assertEquals(message, thrown.getMessage());
    }

    @Test
    void should_not_overflow_on_hostile_numbers() {
        int max = Integer.MAX_VALUE;
        assertEquals(max, Window2d.of(1, 1).padding(max).outH(max));
        assertEquals(0, Window2d.of(max, 1).outH(max - 1));
        assertEquals(1, Window2d.of(max, 1).outH(max));
        assertEquals(2, Window2d.of(1, 1).stride(max).padding(0, 1, 0, 0).outH(max));
        Window2d same = Window2d.of(2_000_000_001, 1).samePadding(2_000_000_000, 1);
        assertEquals(1_000_000_000, same.padTop());
        assertEquals(1_000_000_000, same.padBottom());
        assertEquals(2_000_000_000, same.outH(2_000_000_000));
    }

    private static Window2d of(String values) {
        int[] v = java.util.stream.Stream.of(values.split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        return new Window2d(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9]);
    }
}
