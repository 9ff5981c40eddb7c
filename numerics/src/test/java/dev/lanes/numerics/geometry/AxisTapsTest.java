package dev.lanes.numerics.geometry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.geometry.AxisTaps.Border;
import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTapsTest {
    /** Returns the map as a matrix, row by row. */
    private static double[] matrix(AxisTaps taps) {
        double[] matrix = new double[taps.out() * taps.in()];
        for (int o = 0; o < taps.out(); o++) {
            for (int t = taps.first(o); t < taps.first(o + 1); t++) {
                matrix[o * taps.in() + taps.index(t)] += taps.weight(t);
            }
        }
        return matrix;
    }

    @Test
    void should_map_as_their_names_say() {
        assertArrayEquals(new double[] {1, 0, 1, 0, 0, 1}, matrix(AxisTaps.nearest(2, 3)));
        assertArrayEquals(new double[] {1, 0, 0.75, 0.25, 0.25, 0.75, 0, 1}, matrix(AxisTaps.linear(2, 4, false)));
        assertArrayEquals(new double[] {1, 0, 0.5, 0.5, 0, 1}, matrix(AxisTaps.linear(2, 3, true)));
        assertArrayEquals(new double[] {0.5, 0.5, 0, 0, 0.5, 0.5}, matrix(AxisTaps.average(3, 2)));
        assertArrayEquals(new double[] {0, 1, 1, 0, 0, 1, 1, 0}, matrix(AxisTaps.pad(2, 1, 1, Border.REFLECT)));
        assertArrayEquals(new double[] {0, 1, 0}, matrix(AxisTaps.pad(1, 1, 1, Border.ZERO)));
    }

    @Test
    void should_keep_what_is_constant() {
        for (AxisTaps taps : List.of(
                AxisTaps.linear(5, 7, false),
                AxisTaps.cubic(5, 7, false),
                AxisTaps.cubic(3, 8, true),
                AxisTaps.average(7, 3),
                AxisTaps.pad(4, 3, 2, Border.REPLICATE))) {
            double[] matrix = matrix(taps);
            for (int o = 0; o < taps.out(); o++) {
                double sum = 0;
                for (int i = 0; i < taps.in(); i++) {
                    sum += matrix[o * taps.in() + i];
                }
                assertEquals(1, sum, 1e-6, taps + " output " + o);
            }
        }
    }

    @Test
    void should_be_turned_around() {
        AxisTaps taps = AxisTaps.cubic(3, 5, false);
        AxisTaps turned = taps.transposed();
        assertEquals(5, turned.in());
        assertEquals(3, turned.out());
        double[] there = matrix(taps);
        double[] back = matrix(turned);
        for (int o = 0; o < 5; o++) {
            for (int i = 0; i < 3; i++) {
                assertEquals(there[o * 3 + i], back[i * 5 + o], 1e-7);
            }
        }
        assertEquals("transposed cubic 3->5", turned.toString());
        Resample2dGeometry g = new Resample2dGeometry(2, 4, taps, AxisTaps.nearest(2, 2));
        assertEquals("b2 c4 cubic 3->5 | nearest 2->2", g.toString());
        assertEquals(Shape.of(2, 5, 2, 4), g.outputShape());
        assertEquals(g.inputShape(), g.transposed().outputShape());
    }

    @Test
    void should_name_what_does_not_fit() {
        assertEquals(
                "reflect 2+2+0: padding by reflection must be below the extent",
                assertThrows(IllegalArgumentException.class, () -> AxisTaps.pad(2, 2, 0, Border.REFLECT))
                        .getMessage());
        assertEquals(
                "zero -1+2+0: padding must not be negative",
                assertThrows(IllegalArgumentException.class, () -> AxisTaps.pad(2, -1, 0, Border.ZERO))
                        .getMessage());
        assertEquals(
                "nearest 0->3: both extents must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> AxisTaps.nearest(0, 3))
                        .getMessage());
        assertEquals(
                "copy: rows 2 and columns 4 must not be negative, columns at most the strides 3 and 5",
                assertThrows(IllegalArgumentException.class, () -> new CopyGeometry(2, 4, 3, 5))
                        .getMessage());
    }
}
