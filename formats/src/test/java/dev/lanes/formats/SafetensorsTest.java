package dev.lanes.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name_a_file() {
        file = folder.resolve("w.safetensors");
    }

    private static Map<String, Tensor> tensors(Object... namesAndTensors) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTensors.length; i += 2) {
            tensors.put((String) namesAndTensors[i], (Tensor) namesAndTensors[i + 1]);
        }
        return tensors;
    }

    @Test
    void should_write_the_bytes_of_the_format() throws IOException {
        Safetensors.write(
                file, tensors("w", Tensor.of(Shape.of(1, 2), 1, -2), "b", Tensor.scalar(0.5f)), Map.of("k", "v"));

        String header = "{\"__metadata__\":{\"k\":\"v\"},"
                + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]}}"
                + "  "; // to a multiple of eight
        assertEquals(136, header.length());
        byte[] data = {
            0, 0, (byte) 0x80, 0x3f, // 1
            0, 0, 0, (byte) 0xc0, // -2
            0, 0, 0, 0x3f // 0.5
        };
        byte[] golden = new byte[8 + 136 + 12];
        golden[0] = (byte) 136;
        System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, golden, 8, 136);
        System.arraycopy(data, 0, golden, 144, 12);
        assertArrayEquals(golden, Files.readAllBytes(file));
        WeightsFile read = Safetensors.read(Files.write(folder.resolve("golden"), golden));
        assertEquals(List.of("w", "b"), List.copyOf(read.tensors().keySet()));
        assertEquals(Map.of("k", "v"), read.metadata());
        assertEquals(Shape.of(1, 2), read.tensors().get("w").shape());
        assertArrayEquals(new float[] {1, -2}, read.tensors().get("w").toArray());
        assertEquals(0.5f, read.tensors().get("b").item());
    }

    @Test
    void should_pad_the_header_to_eight_bytes() throws IOException {
        for (int length = 1; length <= 16; length++) {
            Safetensors.write(file, tensors("n".repeat(length), Tensor.scalar(1)), Map.of());
            byte[] bytes = Files.readAllBytes(file);
            assertEquals(0, bytes[0] % 8);
            assertEquals(8 + bytes[0] + 4, bytes.length);
            assertEquals(
                    1, Safetensors.read(file).tensors().get("n".repeat(length)).item());
        }
    }

    @Test
    void should_keep_every_bit() throws IOException {
        int[] bits = {
            0, 0x80000000, 1, 0x007fffff, 0x7f800000, 0xff800000, 0x7fc00000, 0x7f800001, 0xffffffff, 0x7fa5a5a5
        };
        Tensor strange = Tensor.zeros(bits.length);
        for (int i = 0; i < bits.length; i++) {
            strange.array()[strange.offset() + i] = Float.intBitsToFloat(bits[i]);
        }

        Safetensors.write(file, tensors("strange", strange), Map.of());

        Tensor read = Safetensors.read(file).tensors().get("strange");
        for (int i = 0; i < bits.length; i++) {
            assertEquals(bits[i], Float.floatToRawIntBits(read.array()[read.offset() + i]));
        }
    }

    @Test
    void should_read_back_what_it_wrote() throws IOException {
        Map<String, Tensor> tensors = tensors(
                "", Tensor.of(Shape.of(2), 1, 2),
                "conv1.weight", Tensor.generate(Shape.of(3, 3, 8, 64), i -> i * 0.5),
                "empty", Tensor.zeros(0, 5),
                "naïve \"quoted\" \u0001 \uD83D\uDE00", Tensor.generate(Shape.of(100_003), i -> -i),
                "scalar", Tensor.scalar(7),
                "window", Tensor.generate(Shape.of(4, 2), i -> i).slice(1, 3));
        Map<String, String> metadata = Map.of("arch", "line\nline", "µ", "\uD83D\uDE00", "", "");

        Safetensors.write(file, tensors, metadata);
        WeightsFile read = Safetensors.read(file);

        assertEquals(metadata, read.metadata());
        assertEquals(List.copyOf(tensors.keySet()), List.copyOf(read.tensors().keySet()));
        tensors.forEach((name, tensor) -> {
            assertEquals(tensor.shape(), read.tensors().get(name).shape());
            assertArrayEquals(tensor.toArray(), read.tensors().get(name).toArray());
        });
        byte[] once = Files.readAllBytes(file);
        Safetensors.write(file, read.tensors(), read.metadata());
        assertArrayEquals(once, Files.readAllBytes(file));
    }

    @Test
    void should_not_depend_on_the_order_of_metadata() throws IOException {
        Map<String, String> up = new LinkedHashMap<>();
        Map<String, String> down = new LinkedHashMap<>();
        for (int i = 0; i < 50; i++) {
            up.put("k" + i, "v" + i);
            down.put("k" + (49 - i), "v" + (49 - i));
        }
        Safetensors.write(file, Map.of(), up);
        byte[] first = Files.readAllBytes(file);
        Safetensors.write(file, Map.of(), down);

        assertArrayEquals(first, Files.readAllBytes(file));
        assertEquals(up, Safetensors.read(file).metadata());
    }

    @Test
    void should_read_a_file_of_nothing() throws IOException {
        Safetensors.write(file, Map.of(), Map.of());

        assertEquals(16, Files.size(file));
        assertEquals(new WeightsFile(Map.of(), Map.of()), Safetensors.read(file));
    }

    @Test
    void should_refuse_to_write_what_it_would_not_read() throws IOException {
        assertRefused("safetensors: __metadata__ is not a name for a tensor", "__metadata__", Tensor.scalar(1));
        assertRefused("safetensors: a name or text is no valid Unicode", "\uD800", Tensor.scalar(1));
        assertRefused("safetensors: tensor \"deep\" shape has more than 16 numbers", "deep", Tensor.zeros(new int[17]));
        Map<String, String> large = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            large.put("k" + i, "x".repeat(1 << 22));
        }
        String message = assertThrows(IllegalArgumentException.class, () -> Safetensors.write(file, Map.of(), large))
                .getMessage();
        assertEquals("safetensors: the header would take 20971584 bytes, at most 16777216 can be read", message);
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    private void assertRefused(String message, String name, Tensor tensor) {
        String actual = assertThrows(
                        IllegalArgumentException.class, () -> Safetensors.write(file, tensors(name, tensor), Map.of()))
                .getMessage();
        assertTrue(actual.startsWith(message), actual);
    }
}
