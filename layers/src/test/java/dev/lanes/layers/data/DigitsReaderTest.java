package dev.lanes.layers.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DigitsReaderTest {
    private static String row(IntFunction<String> value) {
        return IntStream.range(0, 400).mapToObj(value).collect(Collectors.joining(","));
    }

    private static final String ZEROS = row(i -> "0");

    private static Dataset read(String inputs, String outputs) throws IOException {
        return DigitsReader.read(stream(inputs), stream(outputs));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void should_stand_the_images_upright() throws IOException {
        Dataset digits = read(row(i -> "0." + (1000 + i)) + "\n" + ZEROS + "\n", "10\n3\n");

        assertEquals("digits: 2 images of [20, 20, 1] in 10 classes", digits.toString());
        assertArrayEquals(new int[] {0, 3}, digits.labels());
        for (int y = 0; y < 20; y++) {
            for (int x = 0; x < 20; x++) {
                assertEquals(
                        Float.parseFloat("0." + (1000 + x * 20 + y)),
                        digits.image(0).get(y, x, 0));
            }
        }
    }

    @Test
    void should_read_every_way_to_write_a_number() throws IOException {
        String[] numbers = {"0", "1", "-0.13", "1.13", "8.5606e-06", "1.2834e-17", "-3.7E-4", "+.5", "1."};

        Dataset digits = read(row(i -> numbers[i % numbers.length]), "1");

        for (int i = 0; i < 400; i++) {
            float expected = Float.parseFloat(numbers[i % numbers.length]);
            assertEquals(expected, digits.image(0).get(i % 20, i / 20, 0));
        }
    }

    @Test
    void should_do_without_a_last_line_end_and_with_carriage_returns() throws IOException {
        assertEquals(2, read(ZEROS + "\n" + ZEROS, "1\n2").size());
        assertEquals(2, read(ZEROS + "\r\n" + ZEROS + "\r\n", "1\r\n2\r\n").size());
    }

    @Test
    void should_read_streams_that_give_a_byte_at_a_time() throws IOException {
        InputStream slow = new InputStream() {
            private final InputStream all = stream(row(i -> i % 2 == 0 ? "0.25" : "1"));

            @Override
            public int read() throws IOException {
                return all.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return all.read(buffer, offset, 1);
            }
        };

        Dataset digits = DigitsReader.read(slow, stream("1"));

        assertEquals(0.25f, digits.image(0).get(0, 0, 0));
        assertEquals(1, digits.image(0).get(19, 19, 0));
    }

    @Test
    void should_refuse_rows_of_another_length() {
        assertFailure(
                "inputs.csv: row 2 has 399 values, needs 400 (at byte 1598)",
                ZEROS + "\n" + ZEROS.substring(2) + "\n",
                "1\n2\n");
        assertFailure("inputs.csv: row 1 has more than 400 values, needs 400 (at byte 800)", ZEROS + ",0\n", "1\n");
    }

    @Test
    void should_refuse_counts_that_differ() {
        assertFailure("inputs.csv: has 1 rows, outputs.csv has 2 labels (at byte 800)", ZEROS + "\n", "1\n2\n");
        assertFailure(
                "inputs.csv: has more rows than the 1 labels of outputs.csv (at byte 800)",
                ZEROS + "\n" + ZEROS,
                "1\n");
        assertFailure("outputs.csv: is empty (at byte 0)", ZEROS, "");
    }

    @Test
    void should_refuse_what_is_no_number() {
        assertFailure("inputs.csv: row 1, column 1 is not a number (at byte 0)", "NaN," + ZEROS, "1");
        assertFailure("inputs.csv: row 1, column 2 is not a number (at byte 2)", "0,," + ZEROS, "1");
        assertFailure("inputs.csv: row 1, column 2 is not a number: 1e (at byte 4)", "0,1e," + ZEROS, "1");
        assertFailure("inputs.csv: row 1, column 1 is not a number: 1e99 (at byte 4)", "1e99," + ZEROS, "1");
        assertFailure(
                "inputs.csv: row 1, column 1 is not followed by a comma or a line end (at byte 2)", "1f," + ZEROS, "1");
        assertFailure(
                "inputs.csv: row 1, column 1 has more than 32 characters (at byte 32)",
                "1".repeat(33) + "," + ZEROS,
                "1");
        assertFailure("inputs.csv: row 2, column 1 is not a number (at byte 800)", ZEROS + "\n\n" + ZEROS, "1\n2");
    }

    @Test
    void should_refuse_what_is_no_grey() {
        assertFailure(
                "inputs.csv: row 1, column 1 is 255.0, no shade of grey (about 0 to 1) (at byte 4)",
                "255," + ZEROS,
                "1");
    }

    @Test
    void should_refuse_what_is_no_label() {
        for (String label : new String[] {"0", "11", "-1", "1.5"}) {
            assertFailure(
                    "outputs.csv: row 2, column 1 is label " + Float.parseFloat(label)
                            + ", needs a whole number from 1 to 10 (10 stands for digit 0) (at byte "
                            + (3 + label.length()) + ")",
                    ZEROS,
                    "1\n" + label + "\n");
        }
        assertFailure("outputs.csv: row 1 has more than one label (at byte 2)", ZEROS, "1,2\n");
    }

    @Test
    void should_stop_at_a_stream_without_end() {
        assertFailure("outputs.csv: has more than 100000 rows (at byte 200002)", "", "1\n".repeat(200_000));
    }

    private static void assertFailure(String message, String inputs, String outputs) {
        assertEquals(
                message,
                assertThrows(DataFormatException.class, () -> read(inputs, outputs))
                        .getMessage());
    }
}
