package dev.lanes.numerics.geometry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LrnGeometryTest {
    @Test
    void should_read_back_what_it_prints() {
        String text = "r64 c96 n5 a1.0E-4 b0.75 k2.0";
        LrnGeometry g = LrnGeometry.parse(text);
        assertEquals(text, g.toString());
        assertEquals(new LrnGeometry(64, 96, 5, 1e-4, 0.75, 2), g);
        assertEquals(2, g.before());
        assertEquals(2, g.behind());
        assertEquals(1, new LrnGeometry(1, 4, 4, 1, 1, 1).before());
        assertEquals(2, new LrnGeometry(1, 4, 4, 1, 1, 1).behind());
        assertEquals(64 * 96, g.elements());
    }

    @Test
    void should_name_what_does_not_fit() {
        assertEquals(
                "lrn: alpha 1.0 and beta 0.75 must not be negative, k 0.0 above 0",
                assertThrows(IllegalArgumentException.class, () -> new LrnGeometry(1, 1, 5, 1, 0.75, 0))
                        .getMessage());
        assertEquals(
                "lrn: rows 1 must not be negative, channels 4 and size 0 at least 1, and the whole must fit one Java array",
                assertThrows(IllegalArgumentException.class, () -> new LrnGeometry(1, 4, 0, 1, 0.75, 1))
                        .getMessage());
    }
}
