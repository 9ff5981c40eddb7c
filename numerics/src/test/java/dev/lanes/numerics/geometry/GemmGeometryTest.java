package dev.lanes.numerics.geometry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GemmGeometryTest {
    @ParameterizedTest
    @CsvSource({
        "NN m3 n5 k7, 7, 5, 21, 35",
        "NT m3 n5 k7, 7, 7, 21, 35",
        "TN m3 n5 k7, 3, 5, 21, 35",
        "TT m3 n5 k7, 3, 7, 21, 35"
    })
    void should_store_without_gaps_unless_told(String text, int lda, int ldb, int spanA, int spanB) {
        GemmGeometry g = GemmGeometry.parse(text);
        assertEquals(lda, g.lda());
        assertEquals(ldb, g.ldb());
        assertEquals(5, g.ldc());
        assertEquals(spanA, g.spanA());
        assertEquals(spanB, g.spanB());
        assertEquals(15, g.spanC());
        assertEquals(2 * 3 * 5 * 7, g.flops());
        assertEquals(4 * (21 + 35 + 15), g.bytes());
        assertEquals(text, g.toString());
    }

    @Test
    void should_not_count_the_gap_after_the_last_row() {
        GemmGeometry g = GemmGeometry.parse("TN m3 n5 k7 lda10 ldb11 ldc12");
        assertEquals(6 * 10 + 3, g.spanA());
        assertEquals(6 * 11 + 5, g.spanB());
        assertEquals(2 * 12 + 5, g.spanC());
        assertEquals(new GemmGeometry(true, false, 3, 5, 7, 10, 11, 12), g);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NN m0 n0 k0", "NT m64 n10 k128", "TN m1 n1 k0", "TT m2 n3 k4 lda2 ldb4 ldc4", "NN m0 n4 k9"})
    void should_read_back_what_it_prints(String text) {
        assertEquals(text, GemmGeometry.parse(text).toString());
    }

    @Test
    void should_need_no_memory_for_an_operand_without_elements() {
        GemmGeometry g = GemmGeometry.of(0, 5, 7);
        assertEquals(0, g.spanA());
        assertEquals(35, g.spanB());
        assertEquals(0, g.spanC());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "m3 n5 k7 | geometry \"m3 n5 k7\" is not of the form \"NN m64 n3136 k576\"",
                "NX m3 n5 k7 | geometry \"NX m3 n5 k7\" is not of the form \"NN m64 n3136 k576\"",
                "NN m3 n5 k7 lda9 | geometry \"NN m3 n5 k7 lda9\" is not of the form \"NN m64 n3136 k576\"",
                "NN m3 n5 k2147483648 | geometry \"NN m3 n5 k2147483648\": 2147483648 is too large",
                "NN m3 n5 k7 lda6 ldb5 ldc5"
                        + " | gemm: leading dimensions lda 6, ldb 5, ldc 5 must be at least 7, 5, 5",
                "TT m3 n5 k7 lda2 ldb7 ldc5"
                        + " | gemm: leading dimensions lda 2, ldb 7, ldc 5 must be at least 3, 7, 5",
                "NT m3 n5 k7 lda7 ldb6 ldc5"
                        + " | gemm: leading dimensions lda 7, ldb 6, ldc 5 must be at least 7, 7, 5",
                "NN m3 n5 k7 lda7 ldb5 ldc4"
                        + " | gemm: leading dimensions lda 7, ldb 5, ldc 4 must be at least 7, 5, 5",
                "NN m65536 n1 k65536 | gemm: m 65536, n 1, k 65536 do not fit one Java array an operand",
                "NN m1 n65536 k65536 | gemm: m 1, n 65536, k 65536 do not fit one Java array an operand",
                "NN m65536 n65536 k1 | gemm: m 65536, n 65536, k 1 do not fit one Java array an operand",
                "NN m2 n2 k2 lda2147483647 ldb2 ldc2 | gemm: m 2, n 2, k 2 do not fit one Java array an operand"
            })
    void should_name_what_does_not_fit(String text, String message) {
        Exception thrown = assertThrows(IllegalArgumentException.class, () -> GemmGeometry.parse(text));
        assertEquals(message, thrown.getMessage());
    }

    @Test
    void should_refuse_negative_sizes() {
        Exception thrown = assertThrows(IllegalArgumentException.class, () -> GemmGeometry.of(3, -1, 2));
        assertEquals("gemm: m 3, n -1 and k 2 must not be negative", thrown.getMessage());
    }
}
