package dev.lanes.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
    private static final Map<String, String> XTERM = Map.of("TERM", "xterm");

    @Test
    void should_print_one_plain_line_where_nobody_is_watching() {
        String printed = run(0, 100, StandardCharsets.UTF_8);

        assertTrue(printed.matches("epoch 1/3  \\d+\\.\\d s  loss 0\\.5\\R"), printed);
    }

    @Test
    void should_print_nothing_of_work_that_was_broken_off() {
        assertEquals("", run(0, 99, StandardCharsets.UTF_8));
    }

    @Test
    void should_take_the_bar_away_and_leave_the_same_line_on_a_terminal() {
        String printed = run(60, 100, StandardCharsets.UTF_8);

        String left = printed.substring(
                printed.lastIndexOf('\r', printed.stripTrailing().length() - 1) + 1);
        assertTrue(left.matches("epoch 1/3  \\d+\\.\\d s  loss 0\\.5\\R"), left);
        assertTrue(printed.contains("100%"), printed);
        for (String line : printed.split("[\r\n]")) {
            assertTrue(line.length() < 60, line);
        }
    }

    @Test
    void should_draw_with_what_the_terminal_can_show() {
        String printed = run(60, 100, StandardCharsets.US_ASCII);

        assertTrue(printed.contains("[==") && !printed.contains("?%"), printed);
    }

    @Test
    void should_know_the_width_of_the_terminal() {
        assertEquals(80, Terminal.columns(true, XTERM));
        assertEquals(132, Terminal.columns(true, Map.of("TERM", "xterm", "COLUMNS", "132")));
        assertEquals(40, Terminal.columns(true, Map.of("TERM", "xterm", "COLUMNS", "3")));
        assertEquals(80, Terminal.columns(true, Map.of("TERM", "xterm", "COLUMNS", "wide")));
    }

    @ParameterizedTest
    @CsvSource({"NO_COLOR,1", "CI,true", "TERM,dumb"})
    void should_show_nothing_that_moves_where_it_is_not_wanted(String name, String value) {
        assertEquals(
                0,
                Terminal.columns(
                        true, name.equals("TERM") ? Map.of(name, value) : Map.of("TERM", "xterm", name, value)));
        assertEquals(0, Terminal.columns(false, XTERM));
        assertEquals(0, Terminal.columns(true, Map.of()));
    }

    private static String run(int columns, int steps, Charset charset) {
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, true, charset);
        try (var progress = new Progress("epoch 1/3", 100, out, columns)) {
            progress.step(steps - 1).message("loss 0.7").step(1).message("loss 0.5");
        }
        return bytes.toString(charset);
    }
}
