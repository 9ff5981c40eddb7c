package dev.lanes.numerics.geometry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowsGeometryTest {
    @ParameterizedTest
    @ValueSource(strings = {"r64 c1000", "r0 c5", "r5 c0", "r1 c2147483639"})
    void should_read_back_what_it_prints(String text) {
        assertEquals(text, RowsGeometry.parse(text).toString());
    }

    @Test
    void should_count_its_elements() {
        assertEquals(64_000, RowsGeometry.parse("r64 c1000").elements());
        assertEquals(0, new RowsGeometry(Integer.MAX_VALUE, 0).elements());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "64x1000 | geometry \"64x1000\" is not of the form \"r64 c1000\"",
                "r-1 c2 | geometry \"r-1 c2\" is not of the form \"r64 c1000\"",
                "r1 c99999999999 | geometry \"r1 c99999999999\": 99999999999 is too large",
                "r65536 c65536 | rows 65536 and columns 65536 must not be negative and their product must fit one Java"
                        + " array"
            })
    void should_name_what_does_not_fit(String text, String message) {
        Exception thrown = assertThrows(IllegalArgumentException.class, () -> RowsGeometry.parse(text));
        assertEquals(message, thrown.getMessage());
    }

    @Test
    void should_refuse_negative_sizes() {
        assertThrows(IllegalArgumentException.class, () -> new RowsGeometry(-1, 2));
        assertThrows(IllegalArgumentException.class, () -> new RowsGeometry(2, -1));
    }
}
