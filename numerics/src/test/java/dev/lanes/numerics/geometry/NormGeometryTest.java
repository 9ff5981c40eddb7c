package dev.lanes.numerics.geometry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class NormGeometryTest {
    @Test
    void should_read_back_what_it_prints_and_count() {
        NormGeometry g = NormGeometry.parse("b64 r784 c32 g8");
        assertEquals("b64 r784 c32 g8", g.toString());
        assertEquals(4, g.groupColumns());
        assertEquals(784 * 4, g.count());
        assertEquals(512, g.statistics());
        assertEquals(64 * 784 * 32, g.elements());
    }

    @Test
    void should_name_what_does_not_fit() {
        assertEquals(
                "normalise: 3 groups must divide 8 columns",
                assertThrows(IllegalArgumentException.class, () -> new NormGeometry(1, 1, 8, 3))
                        .getMessage());
        assertEquals(
                "normalise: batch 1 must not be negative; rows 0 and columns 8 must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> new NormGeometry(1, 0, 8, 8))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new NormGeometry(1 << 16, 1 << 16, 8, 8));
    }
}
