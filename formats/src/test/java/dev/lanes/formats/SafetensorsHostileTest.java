package dev.lanes.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanes.numerics.Shape;
import dev.lanes.numerics.Tensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are broken, or made to break the reader. */
class SafetensorsHostileTest {
    @TempDir
    private Path folder;

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("w"), bytes);
    }

    /** Returns a file with any header and so many bytes of data. */
    private static byte[] file(long headerLength, byte[] header, int dataBytes) {
        return ByteBuffer.allocate(8 + header.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(headerLength)
                .put(header)
                .array();
    }

    private static byte[] file(String header, int dataBytes) {
        byte[] utf8 = header.getBytes(StandardCharsets.UTF_8);
        return file(utf8.length, utf8, dataBytes);
    }

    private void assertFailure(String reason, byte[] bytes) throws IOException {
        Path file = write(bytes);
        String message = assertThrows(WeightsFormatException.class, () -> Safetensors.read(file))
                .getMessage();
        assertTrue(message.startsWith(file + ": " + reason), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void should_refuse_what_is_no_file() {
        assertEquals(
                folder + ": is not a file",
                assertThrows(WeightsFormatException.class, () -> Safetensors.read(folder))
                        .getMessage());
        Path missing = folder.resolve("missing");
        assertEquals(
                missing + ": there is no such file",
                assertThrows(WeightsFormatException.class, () -> Safetensors.read(missing))
                        .getMessage());
    }

    @Test
    void should_refuse_lengths_of_the_header_that_cannot_be() throws IOException {
        assertFailure("is cut short: it has 0 bytes, the length of the header takes 8 (at byte 0)", new byte[0]);
        assertFailure("is cut short: it has 7 bytes, the length of the header takes 8 (at byte 7)", new byte[7]);
        assertFailure("the length of the header is 0, needs 2 to 16777216 (at byte 0)", new byte[8]);
        assertFailure(
                "the length of the header is 18446744073709551615, needs 2 to 16777216 (at byte 0)",
                file(-1, new byte[0], 0));
        assertFailure(
                "the length of the header is 16777217, needs 2 to 16777216 (at byte 0)",
                file(16_777_217, new byte[0], 0));
        assertFailure(
                "is cut short: the header takes 16777216 bytes, the file has 3 (at byte 11)",
                file(16_777_216, new byte[3], 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                          | the header does not begin with '{' (at byte 8)",
                "` {}`                       | the header does not begin with '{' (at byte 8)",
                "{} {}                       | the header goes on after its end (at byte 11)",
                "{}x                         | the header is not the JSON it should be: Unrecognized token 'x'",
                "{\"a\":                     | the header is not the JSON it should be: Unexpected end-of-input",
                "{\"a\":1}                   | tensor \"a\" is not an object (at byte 13)",
                "{\"a\":null}                | tensor \"a\" is not an object (at byte 13)",
                "{\"a\":{}}                  | tensor \"a\" has no dtype (at byte 14)",
                "{\"a\":{\"x\":1}}           | tensor \"a\" has an unknown property \"x\" (at byte 18)",
                "{\"a\":{\"dtype\":32}}      | tensor \"a\" dtype is not a text",
                "{\"a\":{\"dtype\":\"F32\"}} | tensor \"a\" has no shape",
                "{\"a\":{\"shape\":1}}       | tensor \"a\" shape is not an array of whole numbers",
                "{\"a\":{\"shape\":[\"1\"]}} | tensor \"a\" shape is not an array of whole numbers",
                "{\"a\":{\"shape\":[1.0]}}   | tensor \"a\" shape is not an array of whole numbers",
                "{\"a\":{\"shape\":[-1]}}    | tensor \"a\" shape has a negative number, -1 (at byte 23)",
                "{\"a\":{\"shape\":[[1]]}}   | the header is not the JSON it should be: Document nesting depth",
                "{\"a\":{\"shape\":[9223372036854775808]}} | the header is not the JSON it should be: Numeric value",
                "{\"a\":{\"shape\":[111111111111111111111]}} | the header is not the JSON it should be: Number value length",
                "{\"a\":[[[[1]]]]}           | tensor \"a\" is not an object",
                "{\"__metadata__\":1}        | __metadata__ is not an object of texts",
                "{\"__metadata__\":{\"a\":1}} | metadata \"a\" is not a text",
                "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}} | the header is not the JSON it should be: Duplicate Object property \"dtype\"",
                "{\"__metadata__\":{},\"__metadata__\":{}} | the header is not the JSON it should be: Duplicate Object property",
                "{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}} | the header is not the JSON it should be: Duplicate Object property",
                "{\"__metadata__\":{\"a\":\"\\ud800\"}} | a name or text is no valid Unicode: \"\\ud800\"",
                "{\"__metadata__\":{\"\\udc00\":\"\"}} | the header is not the JSON it should be: Unexpected low surrogate",
            })
    void should_refuse_headers_that_are_wrong(String header, String reason) throws IOException {
        assertFailure(reason, file(header, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "F16 | [2]      | [0,4]    | 4 | tensor \"a\" has dtype F16, only F32 can be read",
                "I64 | [1]      | [0,8]    | 8 | tensor \"a\" has dtype I64, only F32 can be read",
                "F32 | [2]      | [0,4]    | 4 | tensor \"a\" has 2 values in 4 bytes, needs 8",
                "F32 | [1]      | [4,0]    | 4 | tensor \"a\" has data_offsets that are not a begin and an end",
                "F32 | [1]      | [0,4,8]  | 4 | tensor \"a\" has data_offsets that are not a begin and an end",
                "F32 | [1]      | [0]      | 4 | tensor \"a\" has data_offsets that are not a begin and an end",
                "F32 | [1]      | [0,4]    | 3 | is cut short: the tensors take 4 bytes, the file has 3",
                "F32 | [1]      | [0,4]    | 5 | goes on after its end: the tensors take 4 bytes, the file has 5",
                "F32 | [1]      | [4,8]    | 8 | tensor \"a\" begins at byte 4 of the data, but the one before ends at 0",
                "F32 | [65536,65536] | [0,0] | 0 | tensor \"a\" has more than 2147483639 values",
                "F32 | [4294967296,4294967296] | [0,0] | 0 | tensor \"a\" has more than 2147483639 values",
                "F32 | [9223372036854775807,9223372036854775807] | [0,4] | 4 | tensor \"a\" has more than 2147483639 values",
                "F32 | [2147483639] | [0,8589934556] | 0 | is cut short: the tensors take 8589934556 bytes, the file has 0",
                "F32 | [1] | [9223372036854775803,9223372036854775807] | 0 | tensor \"a\" begins at byte 9223372036854775803",
                "F32 | [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1] | [0,4] | 4 | tensor \"a\" shape has more than 16 numbers",
            })
    void should_refuse_tensors_that_do_not_add_up(
            String dtype, String shape, String offsets, int dataBytes, String reason) throws IOException {
        assertFailure(reason, file("{" + tensor("a", dtype, shape, offsets) + "}", dataBytes));
    }

    private static String tensor(String name, String dtype, String shape, String offsets) {
        return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets
                + "}";
    }

    @Test
    void should_refuse_tensors_that_overlap_or_leave_gaps() throws IOException {
        String a = tensor("a", "F32", "[2]", "[0,8]");
        assertFailure(
                "tensor \"b\" begins at byte 4 of the data, inside another, which ends at 8",
                file("{" + a + "," + tensor("b", "F32", "[2]", "[4,12]") + "}", 12));
        assertFailure(
                "tensor \"b\" begins at byte 0 of the data, inside another, which ends at 8",
                file("{" + a + "," + tensor("b", "F32", "[2]", "[0,8]") + "}", 8));
        assertFailure(
                "tensor \"b\" begins at byte 12 of the data, but the one before ends at 8",
                file("{" + a + "," + tensor("b", "F32", "[2]", "[12,20]") + "}", 20));
        assertFailure(
                "tensor \"b\" begins at byte 4 of the data, inside another, which ends at 8",
                file("{" + a + "," + tensor("b", "F32", "[0]", "[4,4]") + "}", 8));
    }

    @Test
    void should_order_tensors_by_their_data() throws IOException {
        byte[] bytes = file(
                "{" + tensor("late", "F32", "[1]", "[4,8]") + "," + tensor("early", "F32", "[1]", "[0,4]") + "}", 8);
        bytes[bytes.length - 1] = 0x40;

        WeightsFile read = Safetensors.read(write(bytes));

        assertEquals("[early, late]", read.tensors().keySet().toString());
        assertEquals(0, read.tensors().get("early").item());
        assertEquals(2, read.tensors().get("late").item());
    }

    @Test
    void should_refuse_bytes_that_are_not_utf8() throws IOException {
        byte[] header = "{\"__metadata__\":{\"a\":\"??\"}}".getBytes(StandardCharsets.US_ASCII);
        for (int[] pair : new int[][] {{0xff, 'x'}, {0xc0, 0x80}, {0xc3, '"'}}) {
            header[22] = (byte) pair[0];
            header[23] = (byte) pair[1];
            assertFailure("the header is not valid UTF-8 (at byte 30)", file(header.length, header, 0));
        }
        assertFailure("the header does not begin with '{'", file("{}".length() * 2L, new byte[] {0, '{', 0, '}'}, 0));
    }

    @Test
    void should_stay_on_one_line_whatever_a_name_holds() throws IOException {
        assertFailure(
                "tensor \"a\\u000a\\u001b[31m\\u202e\" is not an object", file("{\"a\\n\\u001b[31m\\u202e\":1}", 0));
        Path file = write(file("{\"" + "x".repeat(4000) + "\":1}", 0));
        String message = assertThrows(WeightsFormatException.class, () -> Safetensors.read(file))
                .getMessage();
        assertTrue(message.length() < file.toString().length() + 350, message);
    }

    @Test
    void should_limit_names_and_their_number() throws IOException {
        assertFailure(
                "the header is not the JSON it should be: Name length", file("{\"" + "x".repeat(70_000) + "\":1}", 0));
        String many = IntStream.rangeClosed(0, Safetensors.MOST_ENTRIES)
                .mapToObj(i -> tensor("t" + i, "F32", "[0]", "[0,0]"))
                .collect(Collectors.joining(",", "{", "}"));
        assertFailure("there are more than 65536 tensors", file(many, 0));
        String metadata = IntStream.rangeClosed(0, Safetensors.MOST_ENTRIES)
                .mapToObj(i -> "\"" + i + "\":\"\"")
                .collect(Collectors.joining(",", "{\"__metadata__\":{", "}}"));
        assertFailure("there are more than 65536 metadata", file(metadata, 0));
    }

    @Test
    void should_withstand_random_damage() throws IOException {
        long seed = Long.getLong("lanes.tests.seed", 20261123);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("conv1.weight", Tensor.generate(Shape.of(3, 3, 1, 2), i -> i));
        tensors.put("conv1.bias", Tensor.generate(Shape.of(2), i -> i));
        tensors.put("empty", Tensor.zeros(0));
        Path path = folder.resolve("w");
        Safetensors.write(path, tensors, Map.of("arch", "small", "naïve", "ü"));
        byte[] good = Files.readAllBytes(path);
        int headerEnd = 8 + (good[0] & 0xff) + 256 * good[1];
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (int i = 0; i < 6000; i++) {
            byte[] bad = damage(good, headerEnd, random);
            Files.write(path, bad);
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                WeightsFile read = Safetensors.read(path);
                assertTrue(read.tensors().size() <= 4);
            } catch (WeightsFormatException e) {
                refused++;
                assertTrue(e.getMessage().startsWith(path + ": "), e.getMessage());
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ", file " + i + ": " + Arrays.toString(bad), e);
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < 4_000_000, allocated + " bytes allocated; seed " + seed + ", file " + i);
        }
        assertTrue(refused > 3000, refused + " of 6000 refused");
    }

    /** Flips bits, replaces bytes by others of the header, cuts, lengthens or doubles a stretch. */
    private static byte[] damage(byte[] good, int headerEnd, SplittableRandom random) {
        byte[] bad = good.clone();
        switch (random.nextInt(6)) {
            case 0 -> bad = Arrays.copyOf(good, random.nextInt(good.length));
            case 1 -> bad = Arrays.copyOf(good, good.length + 1 + random.nextInt(64));
            case 2 -> bad[random.nextInt(8)] = (byte) random.nextInt();
            case 3 -> {
                int from = random.nextInt(8, headerEnd);
                int length = random.nextInt(headerEnd - from);
                System.arraycopy(good, from, bad, random.nextInt(8, headerEnd - length), length);
            }
            default -> {
                for (int n = random.nextInt(4); n >= 0; n--) {
                    int at = random.nextInt(8, headerEnd);
                    bad[at] = random.nextBoolean()
                            ? (byte) (bad[at] ^ 1 << random.nextInt(8))
                            : good[random.nextInt(8, headerEnd)];
                }
            }
        }
        return bad;
    }
}
