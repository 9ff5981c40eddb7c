package dev.lanes.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WeightsDigestTest {
    private static Map<String, Tensor> two(String first, Tensor a, String second, Tensor b) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(first, a);
        tensors.put(second, b);
        return tensors;
    }

    @Test
    void should_hash_names_shapes_and_bits() throws Exception {
        byte[] hashed = HexFormat.of()
                .parseHex("02000000" + "c3bc" // the name ü
                        + "02000000" + "02000000" + "01000000" // rank 2, 2 x 1
                        + "0000803f" + "00000080" // 1, -0
                        + "01000000" + "62" // the name b
                        + "00000000" // rank 0
                        + "0100a07f"); // a NaN

        String digest = WeightsDigest.sha256(
                two("ü", Tensor.of(Shape.of(2, 1), 1, -0f), "b", Tensor.scalar(Float.intBitsToFloat(0x7fa00001))));

        assertEquals(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(hashed)), digest);
    }

    @Test
    void should_tell_apart_what_differs() {
        Tensor one = Tensor.of(Shape.of(2), 1, 2);
        Tensor other = Tensor.of(Shape.of(2), 1, Math.nextUp(2f));
        String digest = WeightsDigest.sha256(two("a", one, "b", other));

        Stream.of(
                        two("b", other, "a", one),
                        two("a", other, "b", one),
                        two("a", one, "c", other),
                        two("a", one.reshape(Shape.of(1, 2)), "b", other),
                        two("a", one, "b", one),
                        Map.of("a", one))
                .forEach(tensors -> assertNotEquals(digest, WeightsDigest.sha256(tensors)));
        assertEquals(digest, WeightsDigest.sha256(two("a", one.copy(), "b", other.copy())));
    }

    @Test
    void should_hash_only_the_window_of_a_tensor() {
        Tensor window = Tensor.of(Shape.of(4), 9, 1, 2, 9).slice(1, 3);

        assertEquals(
                WeightsDigest.sha256(Map.of("a", Tensor.of(Shape.of(2), 1, 2))),
                WeightsDigest.sha256(Map.of("a", window)));
    }
}
